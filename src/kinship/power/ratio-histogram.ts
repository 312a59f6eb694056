import type { Distribution } from '../distribution.ts';

/** P(log10 LR) under either hypothesis, by bins of equal width. LR 0 stands in none. */
export type RatioHistogram = {
  /** Where the first bin begins, in log10 LR. */
  readonly from: number;
  /** Of a bin, in log10 LR. A bin holds what it begins with, not what it ends with. */
  readonly width: number;
  readonly h1: readonly number[];
  readonly h2: readonly number[];
};

/** So many bins tell the shape. */
const MOST_BINS = 120;
/** Fine bins that one bin may hold. */
const WIDTHS = [5, 10, 25, 50, 100, 250, 500, 1000] as const;
/** What lies at either end, farther out than all the rest, stands in the last bin there. */
const LEFT_AT_AN_END = 1e-5;

/**
 * Two distributions on one grid of round numbers, wide enough to be drawn.
 * @param fine width of the bins of both, in log10 LR
 * @returns null where both are empty
 */
export function makeHistogram(
  h1: Distribution,
  h2: Distribution,
  fine: number,
): RatioHistogram | null {
  const ends = [h1, h2].flatMap((one) => endsOf(one) ?? []);
  if (ends.length === 0) return null;
  const [lowest, highest] = [Math.min(...ends), Math.max(...ends)];
  const binOf = (position: number, width: number): number => Math.floor(position / width);
  const countOf = (width: number): number => binOf(highest, width) - binOf(lowest, width) + 1;
  const width = WIDTHS.find((one) => countOf(one) <= MOST_BINS) ?? WIDTHS[WIDTHS.length - 1]!;
  const first = binOf(lowest, width);
  const gather = (distribution: Distribution): number[] => {
    const masses = new Array<number>(countOf(width)).fill(0);
    distribution.mass.forEach((mass, at) => {
      const bin = binOf(distribution.first + at, width) - first;
      masses[Math.max(0, Math.min(masses.length - 1, bin))]! += mass;
    });
    return masses;
  };
  return { from: first * width * fine, width: width * fine, h1: gather(h1), h2: gather(h2) };
}

/** The bins between which all lies but a trifle at either end; null where there is nothing. */
function endsOf({ first, mass }: Distribution): [number, number] | null {
  const total = mass.reduce((sum, one) => sum + one, 0);
  if (total === 0) return null;
  const trifle = LEFT_AT_AN_END * total;
  let [below, above] = [0, 0];
  const low = mass.findIndex((one) => (below += one) > trifle);
  const high = mass.findLastIndex((one) => (above += one) > trifle);
  return [first + low, first + high];
}
