import { combineLoci, type LikelihoodRatio, likelihoodRatio } from './likelihood-ratio.ts';
import type { Locus } from './locus.ts';
import type { LocusModels } from './locus-model.ts';
import type { ParentRole } from './parent-role.ts';
import { checkClosedForm, isMendelian, parentageLikelihoods } from './parentage.ts';
import type { TypedParent } from './pass-on.ts';
import {
  type AllelePair,
  type Genotype,
  type GenotypeFault,
  type Profile,
  readGenotype,
} from './profile.ts';

/** An alleged parent with everything typed of them. */
export type AllegedParent = { readonly role: ParentRole; readonly profile: Profile };

/** One parent, or father and mother together. */
export type AllegedParents = readonly [AllegedParent] | readonly [AllegedParent, AllegedParent];

/** A locus that entered the likelihood ratio. */
export type ComparedLocus = {
  readonly locus: Locus;
  readonly lr: LikelihoodRatio;
  /** Whether the genotypes fit without mutation, silent allele or drop-out. */
  readonly mendelian: boolean;
  /** Which of the parents were typed here: the order of the alleged parents. */
  readonly parentsTyped: readonly boolean[];
};

/** A locus that was typed in somebody and does not count, and why. */
export type OmittedLocus = {
  readonly locus: Locus;
  readonly reason: GenotypeFault | 'child-not-typed' | 'no-parent-typed' | 'not-in-table';
};

/** The result of one parentage comparison, locus by locus. */
export type ParentageComparison = {
  readonly lr: LikelihoodRatio;
  readonly compared: readonly ComparedLocus[];
  readonly omitted: readonly OmittedLocus[];
  /** Number of compared loci that do not fit without mutation, silent allele or drop-out. */
  readonly lociInconsistent: number;
};

/**
 * LR of «these are the child's parents» against «all unrelated», over the loci that child and at
 * least one parent share. A locus that either side lacks counts nothing for or against; a locus
 * typed in one of two parents counts as a comparison with that parent alone.
 * @throws KinshipError when the parameters do not fit the table; PARAMETER_INVALID for theta together
 *   with silent alleles or drop-out
 */
export function compareParentage(
  models: LocusModels,
  child: Profile,
  parents: AllegedParents,
): ParentageComparison {
  checkClosedForm(models.theta, models.hidesAlleles);
  const compared: ComparedLocus[] = [];
  const omitted: OmittedLocus[] = [];
  for (const locus of typedLoci([child, ...parents.map(({ profile }) => profile)])) {
    const outcome = compareLocus(models, locus, child.get(locus), parents);
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

/** The loci of several profiles, each once, in a fixed order. */
export function typedLoci(profiles: readonly Profile[]): Locus[] {
  return [...new Set(profiles.flatMap((profile) => [...profile.keys()]))].sort();
}

function compareLocus(
  models: LocusModels,
  locus: Locus,
  childGenotype: Genotype | undefined,
  parents: AllegedParents,
): ComparedLocus | OmittedLocus {
  if (!childGenotype) return { locus, reason: 'child-not-typed' };
  const child = readGenotype(childGenotype);
  if (isFault(child)) return { locus, reason: child };

  const readings = parents.map(({ role, profile }) => {
    const genotype = profile.get(locus);
    return { role, genotype: genotype && readGenotype(genotype) };
  });
  const typed = readings.filter((reading): reading is TypedParent => isPair(reading.genotype));
  const [first, second] = typed;
  if (!first) {
    const fault = readings.map(({ genotype }) => genotype).find(isFault);
    return { locus, reason: fault ?? 'no-parent-typed' };
  }
  const observed = [child, ...typed.map(({ genotype }) => genotype)].flat();
  const model = models.for(locus, observed);
  if (!model) return { locus, reason: 'not-in-table' };

  const known = second ? ([first, second] as const) : ([first] as const);
  const { numerator, denominator } = parentageLikelihoods(
    model,
    child,
    known,
    parents.length === 2 ? 'elsewhere' : 'nowhere',
  );
  return {
    locus,
    lr: likelihoodRatio(numerator, denominator),
    mendelian: isMendelian(child, known),
    parentsTyped: readings.map(({ genotype }) => isPair(genotype)),
  };
}

function isPair(reading: AllelePair | GenotypeFault | undefined): reading is AllelePair {
  return typeof reading === 'object';
}

function isFault(reading: AllelePair | GenotypeFault | undefined): reading is GenotypeFault {
  return typeof reading === 'string';
}
