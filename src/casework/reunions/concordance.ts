import { mayBeOneGenotype, type Profile, readGenotype } from '../../kinship/index.ts';

/** How two typings of what should be one person compare. */
export type Concordance = {
  /** Loci that both have, exactly typed. */
  readonly compared: number;
  /** Loci at which the two cannot be of one person. */
  readonly discordant: readonly string[];
};

/**
 * Compares typings locus by locus, as intake compares a replicate: what was not exactly typed, such as `12,F`,
 * contradicts what it cannot have been, and confirms nothing.
 */
export function compareTypings(before: Profile, again: Profile): Concordance {
  const shared = [...before].flatMap(([locus, first]) => {
    const second = again.get(locus);
    return second ? [{ locus, first, second }] : [];
  });
  const isExact = (genotype: Parameters<typeof readGenotype>[0]): boolean => {
    const reading = readGenotype(genotype);
    return typeof reading !== 'string' || reading === 'more-than-two-alleles';
  };
  const differs = shared.filter(({ first, second }) => !mayBeOneGenotype(first, second));
  return {
    compared: shared.filter(({ first, second }) => isExact(first) && isExact(second)).length,
    discordant: differs.map(({ locus }) => String(locus)).sort(),
  };
}
