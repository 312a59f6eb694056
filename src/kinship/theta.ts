import type { AlleleIndex } from './allele.ts';
import { KinshipError } from './error.ts';

/** @throws KinshipError PARAMETER_INVALID unless theta is at least 0 and below 1 */
export function checkTheta(theta: number): void {
  if (theta >= 0 && theta < 1) return;
  throw new KinshipError(
    'PARAMETER_INVALID',
    `theta ${theta} must be at least 0 and below 1, such as 0.01`,
  );
}

/**
 * The founder alleles of one population that were drawn so far. With coancestry θ in [0, 1) the
 * next one is v with (m·θ + (1−θ)·p(v)) / (1 + (n−1)·θ), where m of the n before were v
 * (Balding & Nichols 1994, doi:10.1016/0379-0738(94)90222-4). See docs/math/theta.md.
 */
export type Urn = { readonly theta: number; readonly drawn: readonly AlleleIndex[] };

/**
 * Mean over the next founder allele of a quantity that depends on it: the draw is linear, with
 * probability (1−θ)/(1+(n−1)θ) from the population and θ/(1+(n−1)θ) a copy of each one before.
 * @param inPopulation mean of the quantity over the population's frequencies
 * @param ofCopy the quantity itself
 */
export function meanOverDraw(
  { theta, drawn }: Urn,
  inPopulation: number,
  ofCopy: (allele: AlleleIndex) => number,
): number {
  let copied = 0;
  for (const allele of drawn) copied += ofCopy(allele);
  return ((1 - theta) * inPopulation + theta * copied) / (1 + (drawn.length - 1) * theta);
}

/** P(the next founder has alleles a and b, in either order). */
export function drawGenotype(
  { theta, drawn }: Urn,
  frequencies: Float64Array,
  a: AlleleIndex,
  b: AlleleIndex,
): number {
  const n = drawn.length;
  let [ofA, ofB] = [0, a === b ? 1 : 0];
  for (const allele of drawn) {
    if (allele === a) ofA++;
    if (allele === b) ofB++;
  }
  const weightOfA = ofA * theta + (1 - theta) * frequencies[a]!;
  const weightOfB = ofB * theta + (1 - theta) * frequencies[b]!;
  const total = (1 + (n - 1) * theta) * (1 + n * theta);
  return ((a === b ? 1 : 2) * weightOfA * weightOfB) / total;
}
