/**
 * P(genotypes | H1) / P(genotypes | H2). Four different things, never folded into a number:
 * `finite`; `excluded` (impossible under H1), `infinite` (impossible under H2), `undefined` (under both).
 */
export type LikelihoodRatio =
  | { readonly kind: 'finite'; readonly log10Lr: number }
  | { readonly kind: 'excluded' }
  | { readonly kind: 'infinite' }
  | { readonly kind: 'undefined' };

/** The ratio of two likelihoods of one locus, each at or above 0. */
export function likelihoodRatio(numerator: number, denominator: number): LikelihoodRatio {
  if (numerator === 0 && denominator === 0) return { kind: 'undefined' };
  if (numerator === 0) return { kind: 'excluded' };
  if (denominator === 0) return { kind: 'infinite' };
  return { kind: 'finite', log10Lr: Math.log10(numerator / denominator) };
}

/**
 * The product over independent loci. An excluded locus excludes, an infinite one makes the whole
 * infinite; both together, or an undefined locus, leave it undefined. No locus at all: LR 1.
 * The sum is compensated (Neumaier 1974, doi:10.1002/zamm.19740540106), so that the order of the
 * loci moves no digit that is stored.
 */
export function combineLoci(ratios: Iterable<LikelihoodRatio>): LikelihoodRatio {
  let sum = 0;
  let lost = 0;
  let excluded = false;
  let infinite = false;
  for (const ratio of ratios) {
    if (ratio.kind === 'undefined') return ratio;
    if (ratio.kind === 'excluded') excluded = true;
    else if (ratio.kind === 'infinite') infinite = true;
    else {
      const next = sum + ratio.log10Lr;
      const larger = Math.abs(sum) >= Math.abs(ratio.log10Lr) ? sum : ratio.log10Lr;
      lost += larger - next + (larger === sum ? ratio.log10Lr : sum);
      sum = next;
    }
  }
  if (excluded && infinite) return { kind: 'undefined' };
  if (excluded) return { kind: 'excluded' };
  if (infinite) return { kind: 'infinite' };
  return { kind: 'finite', log10Lr: sum + lost };
}

/**
 * Whether the ratio supports H1 at least as strongly as a threshold (an LR, not a logarithm).
 * Excluded and undefined never do.
 */
export function reaches(ratio: LikelihoodRatio, threshold: number): boolean {
  if (ratio.kind === 'finite') return ratio.log10Lr >= Math.log10(threshold);
  return ratio.kind === 'infinite';
}
