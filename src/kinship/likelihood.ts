import type { LikelihoodRatio } from './likelihood-ratio.ts';

/**
 * A probability that may be far smaller than a double holds: mantissa · 2^exponent. Mantissas are
 * at or above 0; 0 stands for impossible.
 */
export type Likelihood = { readonly mantissa: number; readonly exponent: number };

export const IMPOSSIBLE: Likelihood = { mantissa: 0, exponent: 0 };

export function addLikelihoods(a: Likelihood, b: Likelihood): Likelihood {
  if (a.mantissa === 0) return b;
  if (b.mantissa === 0) return a;
  const exponent = Math.max(a.exponent, b.exponent);
  const aligned = (one: Likelihood): number => one.mantissa * 2 ** (one.exponent - exponent);
  return { mantissa: aligned(a) + aligned(b), exponent };
}

/** Natural logarithm; −Infinity for the impossible. */
export function lnLikelihood({ mantissa, exponent }: Likelihood): number {
  return Math.log(mantissa) + exponent * Math.LN2;
}

/** The ratio of two likelihoods of one locus. */
export function ratioOf(numerator: Likelihood, denominator: Likelihood): LikelihoodRatio {
  if (numerator.mantissa === 0) {
    return { kind: denominator.mantissa === 0 ? 'undefined' : 'excluded' };
  }
  if (denominator.mantissa === 0) return { kind: 'infinite' };
  const powersOfTwo = numerator.exponent - denominator.exponent;
  const mantissas = Math.log10(numerator.mantissa / denominator.mantissa);
  return { kind: 'finite', log10Lr: mantissas + powersOfTwo * Math.log10(2) };
}
