import { type AlleleLabel, compareAlleles, isDropOut, isOnLadder } from './allele.ts';
import type { Locus } from './locus.ts';

/**
 * The alleles seen at one locus, in ladder order: two for an ordinary genotype (a homozygote
 * holds its allele twice), three or more for the rare person who has them. Nothing is dropped
 * on the way in; what a likelihood cannot use is left out of it by {@link readGenotype}.
 */
export type Genotype = readonly AlleleLabel[];

/** A person's genotypes by locus. An untyped locus is absent. */
export type Profile = ReadonlyMap<Locus, Genotype>;

/** Why a locus that was typed does not enter the likelihood ratio. */
export type GenotypeFault =
  'more-than-two-alleles' | 'off-ladder-allele' | 'allele-may-have-dropped-out';

/** A genotype that a likelihood can use. */
export type AllelePair = readonly [AlleleLabel, AlleleLabel];

/**
 * A genotype from alleles in any order; one allele alone is a homozygote.
 * @param alleles at least one
 */
export function makeGenotype(alleles: readonly AlleleLabel[]): Genotype {
  const distinct = [...new Set(alleles)].sort(compareAlleles);
  return distinct.length === 1 ? [distinct[0]!, distinct[0]!] : distinct;
}

/** The two alleles of a genotype, or the reason why a likelihood cannot use it. */
export function readGenotype(genotype: Genotype): AllelePair | GenotypeFault {
  if (genotype.some(isDropOut)) return 'allele-may-have-dropped-out';
  if (!genotype.every(isOnLadder)) return 'off-ladder-allele';
  const [first, second, ...more] = genotype;
  if (more.length > 0) return 'more-than-two-alleles';
  return [first!, second!];
}

/** How many loci a likelihood can use. */
export function countUsableLoci(profile: Profile): number {
  let count = 0;
  for (const genotype of profile.values()) {
    if (typeof readGenotype(genotype) !== 'string') count++;
  }
  return count;
}

/** Whether two profiles hold the same genotypes at the same loci. */
export function sameProfile(a: Profile, b: Profile): boolean {
  return (
    a.size === b.size &&
    [...a].every(([locus, genotype]) => String(b.get(locus)) === String(genotype))
  );
}

/**
 * Whether two samples may be of one person or of identical twins: the same genotype at every locus
 * that both have. A locus with an allele off the ladder in either says nothing.
 * @param leastLoci how many loci must be shared, at least 1
 */
export function showSameGenotypes(a: Profile, b: Profile, leastLoci: number): boolean {
  let shared = 0;
  for (const [locus, genotype] of a) {
    const other = b.get(locus);
    if (!other || ![...genotype, ...other].every(isOnLadder)) continue;
    if (String(genotype) !== String(other)) return false;
    shared++;
  }
  return shared >= leastLoci;
}
