import { typedLoci } from './comparison.ts';
import { type FamilyMember, FamilyRatios } from './family-ratios.ts';
import { combineLoci, type LikelihoodRatio, likelihoodRatio } from './likelihood-ratio.ts';
import type { Locus } from './locus.ts';
import type { LocusModels } from './locus-model.ts';
import { type Genotype, type GenotypeFault, type Profile, readGenotype } from './profile.ts';

/** A locus of a family that entered the likelihood ratio. */
export type ComparedFamilyLocus = {
  readonly locus: Locus;
  readonly lr: LikelihoodRatio;
  /** Whether the genotypes fit without mutation, silent allele or drop-out. */
  readonly mendelian: boolean;
  /** Number of members typed here, at least 1. */
  readonly membersTyped: number;
};

/** A locus that was typed in somebody and does not count, and why. */
export type OmittedFamilyLocus = {
  readonly locus: Locus;
  readonly reason: GenotypeFault | 'child-not-typed' | 'no-member-typed' | 'not-in-table';
};

/** The result of comparing a child with a family, locus by locus. */
export type FamilyComparison = {
  readonly lr: LikelihoodRatio;
  readonly compared: readonly ComparedFamilyLocus[];
  readonly omitted: readonly OmittedFamilyLocus[];
  /** Number of compared loci that do not fit without mutation, silent allele or drop-out. */
  readonly lociInconsistent: number;
};

/**
 * LR of «this is the child that the family misses» against «unrelated», over the loci that the child
 * and at least one member share.
 * @throws KinshipError PEDIGREE_INVALID when the relations make no family; PEDIGREE_TOO_COMPLEX; and
 *   when the parameters do not fit the table
 */
export function compareFamily(
  models: LocusModels,
  child: Profile,
  members: readonly FamilyMember[],
): FamilyComparison {
  return compareWithRatios(new FamilyRatios(models, members), child);
}

/** The same for one of many children, with what was computed for the family before. */
export function compareWithRatios(ratios: FamilyRatios, child: Profile): FamilyComparison {
  const compared: ComparedFamilyLocus[] = [];
  const omitted: OmittedFamilyLocus[] = [];
  for (const locus of typedLoci([child, ...ratios.profiles])) {
    const outcome = compareLocus(ratios, locus, child.get(locus));
    if ('reason' in outcome) omitted.push(outcome);
    else compared.push(outcome);
  }
  return {
    lr: combineLoci(compared.map(({ lr }) => lr)),
    compared,
    omitted,
    lociInconsistent: compared.filter(({ mendelian }) => !mendelian).length,
  };
}

function compareLocus(
  ratios: FamilyRatios,
  locus: Locus,
  genotype: Genotype | undefined,
): ComparedFamilyLocus | OmittedFamilyLocus {
  if (!genotype) return { locus, reason: 'child-not-typed' };
  const child = readGenotype(genotype);
  if (typeof child === 'string') return { locus, reason: child };
  const membersTyped = ratios.countTyped(locus);
  if (membersTyped === 0) return { locus, reason: ratios.faultAt(locus) ?? 'no-member-typed' };
  const prepared = ratios.prepare(locus, child);
  if (!prepared) return { locus, reason: 'not-in-table' };
  const { numerator, denominator } = prepared.likelihoods(child);
  const lr = likelihoodRatio(numerator, denominator);
  return { locus, lr, mendelian: prepared.fits(child), membersTyped };
}
