import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import { formatLr } from '../common/numbers.ts';
import { Section } from '../common/section.tsx';
import type { Candidate } from './candidate-detail.ts';

const HEIGHT_PX = 220;
const SMALLEST_WIDTH_PX = 280;
/** Between two loci, below which slanted names run into each other. */
const ROOM_PX = 24;

type PlotProps = { readonly candidate: Candidate; readonly threshold: number };

/** How the LR grows locus by locus, in the order of the table. */
export function CumulativePlot({ candidate, threshold }: PlotProps) {
  const { t } = useTranslation();
  const { ref: frame, width } = useElementSize();
  const place = useRef<HTMLDivElement>(null);
  const { loci, log10Lr } = candidate;
  useEffect(() => {
    if (!place.current || width < SMALLEST_WIDTH_PX) return;
    let sum = 0;
    const sums = loci.map((locus) => (sum += locus.log10Lr ?? 0));
    const names = loci.map(({ locus }) => locus);
    const plot = new uPlot(
      optionsOf(width, names, [t('cumulative.sum'), t('cumulative.threshold')]),
      [names.map((_, at) => at), sums, names.map(() => Math.log10(threshold))],
      place.current,
    );
    return () => {
      plot.destroy();
    };
  }, [loci, threshold, width, t]);
  return (
    <Section title={t('cumulative.title')}>
      <div ref={frame}>
        <div
          ref={place}
          role="img"
          aria-label={t('cumulative.label', {
            total: log10Lr.toFixed(2),
            threshold: formatLr(Math.log10(threshold)),
          })}
        />
      </div>
    </Section>
  );
}

function optionsOf(
  width: number,
  names: readonly string[],
  [sum, limit]: readonly [string, string],
): uPlot.Options {
  return {
    width,
    height: HEIGHT_PX,
    cursor: { drag: { x: false, y: false } },
    legend: { live: false },
    scales: { x: { time: false } },
    axes: [
      {
        values: (_, splits) => splits.map((at) => names[at] ?? ''),
        splits: () => names.map((_, at) => at),
        rotate: width / names.length < ROOM_PX ? -90 : -60,
        size: 78,
        gap: 4,
      },
      { size: 44 },
    ],
    series: [
      {},
      { label: sum, stroke: '#0b7285', width: 2, points: { show: true, size: 6, fill: '#0b7285' } },
      { label: limit, stroke: '#c92a2a', width: 1.5, dash: [6, 4], points: { show: false } },
    ],
  };
}
