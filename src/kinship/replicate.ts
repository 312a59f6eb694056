import { type AlleleLabel, isDropOut, isOnLadder, mayBeSame } from './allele.ts';
import type { Locus } from './locus.ts';
import type { Genotype, Profile } from './profile.ts';

/** What typing a sample again brings to the profile that is kept of it. */
export type Replicate = {
  /** The kept profile with what is new; no more than the kept one where the two disagree. */
  readonly profile: Profile;
  /** Loci that the kept profile lacked. */
  readonly added: readonly Locus[];
  /** Loci that were not exactly typed, and are now. */
  readonly resolved: readonly Locus[];
  /** Loci at which the two cannot be of one person. */
  readonly disagreeing: readonly Locus[];
};

/**
 * Merges two typings of one sample, locus by locus. What is exactly typed, every allele on the ladder, stays;
 * where only the later typing is, it takes the place of a kept one that it agrees with.
 */
export function mergeReplicate(kept: Profile, again: Profile): Replicate {
  const profile = new Map(kept);
  const added: Locus[] = [];
  const resolved: Locus[] = [];
  const disagreeing: Locus[] = [];
  for (const [locus, genotype] of again) {
    const before = kept.get(locus);
    if (before && !mayBeOneGenotype(before, genotype)) {
      disagreeing.push(locus);
    } else if (!before) {
      profile.set(locus, genotype);
      added.push(locus);
    } else if (!isExact(before) && isExact(genotype)) {
      profile.set(locus, genotype);
      resolved.push(locus);
    }
  }
  return disagreeing.length > 0
    ? { profile: kept, added: [], resolved: [], disagreeing }
    : { profile, added, resolved, disagreeing };
}

/**
 * Whether one person may show both genotypes: the same alleles where both are exact. A label off the ladder
 * may stand for several alleles that it fits (`<8` for `6` and `7`), one on the ladder for itself alone.
 */
export function mayBeOneGenotype(a: Genotype, b: Genotype): boolean {
  const [ofA, ofB] = [sortOut(a, b), sortOut(b, a)];
  return explains(ofA, ofB) && explains(ofB, ofA);
}

type Labels = {
  /** On the ladder, without those that the other genotype shows as well. */
  readonly exact: readonly AlleleLabel[];
  readonly inexact: readonly AlleleLabel[];
};

function sortOut(genotype: Genotype, other: Genotype): Labels {
  const labels = [...new Set(genotype)];
  return {
    exact: labels.filter((label) => isOnLadder(label) && !other.includes(label)),
    inexact: labels.filter((label) => !isOnLadder(label)),
  };
}

/** Whether every label of one side has what the other may have called so. */
function explains(one: Labels, other: Labels): boolean {
  const hasInexact = (label: AlleleLabel): boolean =>
    other.inexact.some((candidate) => mayBeSame(label, candidate));
  // What dropped out may be the same allele again: it needs none of its own.
  const alone = one.inexact.filter((label) => !isDropOut(label) && !hasInexact(label));
  return one.exact.every(hasInexact) && findOneEach(alone, other.exact);
}

/** Whether each label can have an allele of its own: one allele is not called by two names. */
function findOneEach(labels: readonly AlleleLabel[], alleles: readonly AlleleLabel[]): boolean {
  const [label, ...others] = labels;
  if (label === undefined) return true;
  return alleles.some(
    (allele) =>
      mayBeSame(label, allele) &&
      findOneEach(
        others,
        alleles.filter((one) => one !== allele),
      ),
  );
}

function isExact(genotype: Genotype): boolean {
  return genotype.every(isOnLadder);
}
