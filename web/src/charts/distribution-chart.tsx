import { useTranslation } from 'react-i18next';
import { DataTable } from '../common/data-table.tsx';
import { formatLr } from '../common/numbers.ts';
import { Section } from '../common/section.tsx';
import { formatProbability } from '../common/numbers.ts';
import { formatEstimate } from './figures.ts';
import { Plot } from './plot.tsx';
import type { Power, Spread } from './use-power.ts';

type Row = { readonly name: string; readonly of: (spread: Spread) => string };

/** How log10 LR is distributed among true and among unrelated pairs, against the threshold. */
export function DistributionChart({ power }: { power: Power }) {
  const { t } = useTranslation();
  const { histogram, threshold, h1, h2 } = power;
  const width = histogram ? Number(histogram.width.toFixed(2)) : 0;
  return (
    <Section title={t('charts.distribution')} text={t('charts.distributionText', { width })}>
      {histogram && (
        <Plot
          label={t('charts.distributionLabel', {
            true: medianOf(h1),
            unrelated: medianOf(h2),
            threshold: formatLr(Math.log10(threshold)),
          })}
          x={histogram.h1.map((_, bin) => histogram.from + bin * histogram.width)}
          xLabel={t('candidate.log10')}
          lines={[
            { label: t('charts.true'), values: histogram.h1 },
            { label: t('charts.unrelated'), values: histogram.h2 },
          ]}
          isStepped
          limit={{ label: t('charts.thresholdLine'), at: Math.log10(threshold) }}
        />
      )}
      <SpreadTable power={power} />
    </Section>
  );
}

function SpreadTable({ power: { h1, h2 } }: { power: Power }) {
  const { t } = useTranslation();
  const rows: Row[] = [
    {
      name: t('charts.mean'),
      of: ({ expectedLog10Lr: mean }) =>
        mean === null ? '—' : formatEstimate(mean, (value) => value.toFixed(2)),
    },
    { name: t('charts.deviation'), of: ({ deviation }) => deviation?.toFixed(2) ?? '—' },
    ...h1.quantiles.map(({ share }, place): Row => ({
      name: t('charts.quantile', { percent: share * 100 }),
      of: ({ quantiles }) => quantiles[place]?.log10Lr?.toFixed(2) ?? t('charts.excluded'),
    })),
    {
      name: t('charts.excluded'),
      of: ({ excludes }) => formatEstimate(excludes, formatProbability),
    },
  ];
  return (
    <DataTable
      label={t('charts.distribution')}
      rows={rows}
      keyOf={({ name }) => name}
      columns={[
        { title: t('charts.figure'), of: ({ name }) => name },
        { title: t('charts.true'), of: (row) => row.of(h1), as: 'number' },
        { title: t('charts.unrelated'), of: (row) => row.of(h2), as: 'number' },
      ]}
    />
  );
}

function medianOf({ quantiles }: Spread): string {
  return quantiles.find(({ share }) => share === 0.5)?.log10Lr?.toFixed(1) ?? '−∞';
}
