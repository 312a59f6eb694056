/** What was seen of one person at one locus; alleles are places in the locus' model. */
export type Observation = {
  /**
   * `two`: the pair of alleles (a homozygote's twice); `one-of-two`: one allele is known and the
   * other is not.
   */
  readonly seen: 'two' | 'one-of-two';
  readonly alleles: readonly [number, number];
  /** Probability that an allele of a heterozygote is not seen; 0 for a good sample. */
  readonly dropOut: number;
};

/**
 * P(what was seen | the true alleles). With drop-out d each allele of a heterozygote drops
 * independently with probability d, and both copies of a homozygote with d²; a silent allele is
 * never seen, so that one allele alone may be a homozygote, a heterozygote with a silent allele,
 * or one whose other allele dropped (Dorum et al. 2016, relMix).
 */
export function observationProbability(
  { seen, alleles: [a, b], dropOut }: Observation,
  first: number,
  second: number,
  silent: number | null,
): number {
  if (seen === 'one-of-two') return first === a || second === a ? 1 : 0;
  if (a !== b) {
    const fits = (first === a && second === b) || (first === b && second === a);
    return fits ? (1 - dropOut) ** 2 : 0;
  }
  if (first !== a && second !== a) return 0;
  if (first === second) return 1 - dropOut ** 2;
  const other = first === a ? second : first;
  return other === silent ? 1 - dropOut : dropOut * (1 - dropOut);
}

/** The alleles that the person may carry, in ascending order. */
export function possibleAlleles(
  { seen, alleles: [a, b], dropOut }: Observation,
  size: number,
  silent: number | null,
): number[] {
  const anything = seen === 'one-of-two' || (a === b && dropOut > 0);
  if (anything) return Array.from({ length: size }, (_, allele) => allele);
  const shown = a === b && silent !== null ? [a, silent] : [a, b];
  return [...new Set(shown)].sort((x, y) => x - y);
}
