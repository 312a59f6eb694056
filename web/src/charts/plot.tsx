import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { formatDecade } from '../common/numbers.ts';

const HEIGHT_PX = 280;
const SMALLEST_WIDTH_PX = 260;
/** As the library numbers its scales. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- its enum is declared, and not there when it runs
const LOGARITHMIC = 3 as uPlot.Scale.Distr;
/** Told apart by their dashes as well. */
const STYLES = [
  { stroke: '#0b7285', dash: [], border: 'solid' },
  { stroke: '#c92a2a', dash: [8, 4], border: 'dashed' },
  { stroke: '#5f3dc4', dash: [2, 4], border: 'dotted' },
  { stroke: '#944b00', dash: [10, 4, 2, 4], border: 'double' },
] as const;
const LIMIT = { stroke: '#343a40', dash: [4, 4], width: 1.5 };
const MOST_DECADES = 8;

export type Line = { readonly label: string; readonly values: readonly (number | null)[] };

export type PlotProps = {
  /** What the chart shows, for those who cannot see it; its figures stand in a table beside it. */
  readonly label: string;
  readonly x: readonly number[];
  readonly xLabel: string;
  /** At most four. */
  readonly lines: readonly Line[];
  readonly logX?: boolean;
  /** From this value up, in powers of ten. */
  readonly logYFrom?: number;
  /** Each value holds until the next x. */
  readonly isStepped?: boolean;
  /** An upright line. */
  readonly limit?: { readonly label: string; readonly at: number };
};

/** A chart of lines over one axis. */
export function Plot(props: PlotProps) {
  const { ref: frame, width } = useElementSize();
  const place = useRef<HTMLDivElement>(null);
  const drawn = JSON.stringify(props);
  useEffect(() => {
    if (!place.current || width < SMALLEST_WIDTH_PX) return;
    const given = JSON.parse(drawn) as PlotProps;
    const values = given.lines.map((line) => [...line.values]);
    const limit = given.limit ? [given.x.map(() => null)] : [];
    const data = [[...given.x], ...values, ...limit] as uPlot.AlignedData;
    const plot = new uPlot(optionsOf(given, width), data, place.current);
    return () => {
      plot.destroy();
    };
  }, [drawn, width]);
  return (
    <div ref={frame}>
      <div ref={place} role="img" aria-label={props.label} />
    </div>
  );
}

function optionsOf(props: PlotProps, width: number): uPlot.Options {
  const { lines, limit, xLabel, logX, logYFrom, isStepped } = props;
  const stepped = isStepped ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
  return {
    width,
    height: HEIGHT_PX,
    cursor: { drag: { x: false, y: false } },
    legend: {
      live: false,
      markers: { width: 3, dash: (_, at) => STYLES[at - 1]?.border ?? 'dashed' },
    },
    scales: {
      x: { time: false, ...(logX && { distr: LOGARITHMIC }) },
      y: logYFrom === undefined ? { range: (_, __, most) => [0, most * 1.05] } : logScale(logYFrom),
    },
    axes: [
      { label: xLabel, labelSize: 22, ...(logX && LOGARITHMIC_AXIS) },
      { size: 56, ...(logYFrom !== undefined && LOGARITHMIC_AXIS) },
    ],
    series: [
      {},
      ...lines.map(({ label }, at): uPlot.Series => {
        const style = STYLES[at % STYLES.length];
        return {
          label,
          ...(style && { stroke: style.stroke, dash: [...style.dash] }),
          width: 2,
          points: { show: false },
          ...(stepped && { paths: stepped }),
        };
      }),
      ...(limit ? [{ label: limit.label, ...LIMIT }] : []),
    ],
    hooks: limit
      ? {
          draw: [
            (plot) => {
              drawLimit(plot, limit.at);
            },
          ],
        }
      : {},
  };
}

function logScale(from: number): uPlot.Scale {
  return { distr: LOGARITHMIC, range: (_, __, most) => [from, Math.max(most * 2, from * 10)] };
}

/** Powers of ten alone, and not too many. */
const LOGARITHMIC_AXIS: uPlot.Axis = {
  splits: (_, __, least, most) => {
    const [first, last] = [Math.ceil(Math.log10(least)), Math.floor(Math.log10(most))];
    const step = Math.ceil((last - first + 1) / MOST_DECADES);
    const count = Math.floor((last - first) / step) + 1;
    return Array.from({ length: count }, (_, place) => 10 ** (first + place * step));
  },
  filter: (_, splits) => splits,
  values: (_, splits) => splits.map(formatDecade),
};

function drawLimit(plot: uPlot, at: number): void {
  const { ctx, bbox } = plot;
  const x = plot.valToPos(at, 'x', true);
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = LIMIT.stroke;
  ctx.lineWidth = LIMIT.width * devicePixelRatio;
  ctx.setLineDash(LIMIT.dash.map((length) => length * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}
