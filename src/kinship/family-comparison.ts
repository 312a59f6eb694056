import { typedLoci } from './comparison.ts';
import { type FamilyLocus, type FamilyMember, FamilyRatios } from './family-ratios.ts';
import { combineLoci, type LikelihoodRatio, likelihoodRatio } from './likelihood-ratio.ts';
import type { Locus } from './locus.ts';
import type { LocusModels } from './locus-model.ts';
import { childLikelihood } from './parentage.ts';
import {
  type AllelePair,
  type Genotype,
  type GenotypeFault,
  type Profile,
  readGenotype,
} from './profile.ts';
import { relativeLikelihoods } from './relative-ratio.ts';

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

/**
 * LR of «both samples are of one person» against «of two unrelated people», likewise.
 * @throws KinshipError when the parameters do not fit the table
 */
export function compareIdentity(
  models: LocusModels,
  child: Profile,
  other: Profile,
): FamilyComparison {
  return compareWithRatios(new IdentityRatios(models, other), child);
}

/** What a child is compared with, locus by locus. */
type Comparable = Pick<FamilyRatios, 'profiles' | 'prepare' | 'countTyped' | 'faultAt'>;

/** One other sample, which may be the child's own. */
class IdentityRatios implements Comparable {
  readonly #models: LocusModels;
  readonly #other: Profile;

  constructor(models: LocusModels, other: Profile) {
    this.#models = models;
    this.#other = other;
  }

  get profiles(): Profile[] {
    return [this.#other];
  }

  countTyped(locus: Locus): number {
    return typeof this.#read(locus) === 'object' ? 1 : 0;
  }

  faultAt(locus: Locus): GenotypeFault | undefined {
    const reading = this.#read(locus);
    return typeof reading === 'string' ? reading : undefined;
  }

  prepare(locus: Locus, child: AllelePair): FamilyLocus | null {
    const other = this.#read(locus);
    const model = typeof other === 'object' && this.#models.for(locus, [...child, ...other]);
    if (!model) return null;
    const unrelated = childLikelihood(model, child, [], [other]);
    return {
      likelihoods: () =>
        // With coancestry nothing hides: one person shows one genotype.
        model.theta > 0
          ? { numerator: String(child) === String(other) ? 1 : 0, denominator: unrelated }
          : relativeLikelihoods(model, 'identical', child, other),
      fits: () => String(child) === String(other),
    };
  }

  #read(locus: Locus): AllelePair | GenotypeFault | undefined {
    const genotype = this.#other.get(locus);
    return genotype && readGenotype(genotype);
  }
}

/** The same for one of many children, with what was computed for the family before. */
export function compareWithRatios(ratios: Comparable, child: Profile): FamilyComparison {
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
  ratios: Comparable,
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
