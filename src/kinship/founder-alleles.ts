import type { Likelihood } from './likelihood.ts';

/**
 * P(these founder alleles | those drawn before) under Balding and Nichols: drawn one after another,
 * an allele that was drawn m times among n comes next with (m·θ + (1−θ)·p) / (1 + (n−1)·θ). The
 * order does not matter. With θ = 0 the product of the frequencies.
 */
export function founderLikelihood(
  frequencies: Float64Array,
  alleles: readonly number[],
  theta: number,
  before: readonly number[] = [],
): Likelihood {
  const drawn = [...before];
  let [mantissa, exponent] = [1, 0];
  for (const allele of alleles) {
    let copies = 0;
    for (const one of drawn) if (one === allele) copies++;
    const weight = copies * theta + (1 - theta) * frequencies[allele]!;
    mantissa *= weight / (1 + (drawn.length - 1) * theta);
    if (mantissa < SMALL) {
      mantissa /= SMALL;
      exponent += SMALL_EXPONENT;
    }
    drawn.push(allele);
  }
  return { mantissa, exponent };
}

/** Far from the smallest double, so that no mantissa loses digits. */
const SMALL_EXPONENT = -500;
const SMALL = 2 ** SMALL_EXPONENT;

/** By allele: the numerator m·θ + (1−θ)·p of the next draw after these alleles. */
export function nextDraw(
  frequencies: Float64Array,
  drawn: readonly number[],
  theta: number,
): Float64Array {
  const next = frequencies.map((frequency) => (1 - theta) * frequency);
  for (const allele of drawn) next[allele]! += theta;
  return next;
}
