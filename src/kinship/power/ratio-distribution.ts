import { convolveAll, type Distribution, spreadOverBins } from '../distribution.ts';

/** What the LR of one locus may be under one hypothesis: outcomes with their probabilities, sum 1. */
export type LocusRatios = { readonly log10Lrs: Float64Array; readonly masses: Float64Array };

/** What the LR over all loci may be under one hypothesis. */
export type RatioSummary = {
  /** Mean and standard deviation of log10 LR; null where the LR may be 0 or infinite. */
  readonly expectedLog10Lr: number | null;
  readonly deviation: number | null;
  /** P(LR ≥ threshold). */
  readonly reaches: number;
  /** P(LR ≤ 1/threshold). */
  readonly falls: number;
  /** P(LR = 0). */
  readonly excludes: number;
};

/** What rounding may move a threshold by, in log10 LR. */
export const ROUNDING = 1e-9;

/**
 * The LR over independent loci: mean and deviation add up and are exact, the probabilities come
 * from the convolution of the loci's distributions on a grid of log10 LR.
 * @param start log10 LR of what stays as it is; a point of the grid
 * @param threshold log10 of an LR, at least 0
 * @param bin width of the grid in log10 LR
 */
export function summariseRatios(
  loci: readonly LocusRatios[],
  start: number,
  threshold: number,
  bin: number,
): RatioSummary {
  const moments = loci.map(momentsOf);
  const excludes = anyOf(moments.map(({ excluded }) => excluded));
  const infinite = anyOf(moments.map((one) => one.infinite));
  const isFinite = excludes === 0 && infinite === 0;
  const lowest = (-threshold - start + ROUNDING) / bin;
  const grids = loci.map(({ log10Lrs, masses }) =>
    spreadOverBins(
      log10Lrs.map((log10Lr) => log10Lr / bin),
      masses,
    ),
  );
  const total = convolveAll(grids, Math.floor(lowest));
  return {
    expectedLog10Lr: isFinite ? moments.reduce((sum, { mean }) => sum + mean, start) : null,
    deviation: isFinite ? Math.sqrt(moments.reduce((sum, one) => sum + one.variance, 0)) : null,
    reaches: Math.min(1, infinite + massFrom(total, (threshold - start - ROUNDING) / bin)),
    falls: Math.min(1, excludes + total.below + massUpTo(total, lowest)),
    excludes,
  };
}

/** Of one locus; mean and variance of what is finite. */
export function momentsOf({ log10Lrs, masses }: LocusRatios): {
  excluded: number;
  infinite: number;
  mean: number;
  variance: number;
} {
  let [excluded, infinite, mean, variance] = [0, 0, 0, 0];
  for (let at = 0; at < masses.length; at++) {
    const [mass, log10Lr] = [masses[at]!, log10Lrs[at]!];
    if (log10Lr === -Infinity) excluded += mass;
    else if (log10Lr === Infinity) infinite += mass;
    else mean += mass * log10Lr;
  }
  for (let at = 0; at < masses.length; at++) {
    if (Number.isFinite(log10Lrs[at])) variance += masses[at]! * (log10Lrs[at]! - mean) ** 2;
  }
  return { excluded, infinite, mean, variance };
}

/** P(one at least of independent events). */
export function anyOf(probabilities: readonly number[]): number {
  return probabilities.reduce((any, one) => any + one - any * one, 0);
}

/** The smallest first, so that nothing is lost beside what is large. */
export function massFrom({ first, mass }: Distribution, position: number): number {
  let sum = 0;
  for (let bin = mass.length - 1; bin >= 0 && first + bin >= position; bin--) sum += mass[bin]!;
  return sum;
}

function massUpTo({ first, mass }: Distribution, position: number): number {
  let sum = 0;
  for (let bin = 0; bin < mass.length && first + bin <= position; bin++) sum += mass[bin]!;
  return sum;
}
