import {
  type AllegedParents,
  compareParentage,
  type LocusModels,
  type ParentageComparison,
  type Profile,
  reaches,
} from '../kinship/index.ts';
import { type Alternative, alternativesOf } from './alternative.ts';
import type { FamilyProfiles } from './family-query.ts';

/** What the exact comparison of a child with a family came to. */
export type Judgement = {
  /** The alternative that the candidate rests on. */
  readonly alternative: Alternative;
  readonly comparison: ParentageComparison;
  /** Where one parent of a typed couple is put forward: what the couple together came to. */
  readonly coupleComparison: ParentageComparison | null;
};

/**
 * The final word on a pair: the full likelihood ratio from the profiles themselves. A couple that
 * reaches the threshold stands before its single parents; otherwise the stronger single parent.
 * @param threshold an LR
 * @returns null when no alternative reaches the threshold
 */
export function judge(
  models: LocusModels,
  child: Profile,
  family: FamilyProfiles,
  threshold: number,
): Judgement | null {
  const typed = { father: null, mother: null, parent: null, ...family };
  const judged = alternativesOf(typed).map((alternative) => ({
    alternative,
    comparison: compareParentage(models, child, allegedParents(family, alternative)),
  }));
  const couple = judged.find(({ alternative }) => alternative.length === 2);
  if (couple && reaches(couple.comparison.lr, threshold)) {
    return { ...couple, coupleComparison: null };
  }
  const best = judged
    .filter(
      ({ alternative, comparison }) =>
        alternative.length === 1 && reaches(comparison.lr, threshold),
    )
    .reduce<(typeof judged)[number] | null>(strongerOf, null);
  return best && { ...best, coupleComparison: couple?.comparison ?? null };
}

/** The people that an alternative takes from a family, father first. */
export function allegedParents(family: FamilyProfiles, alternative: Alternative): AllegedParents {
  return alternative.map((role) => ({ role, profile: family[role]! })) as never as AllegedParents;
}

function strongerOf<One extends { comparison: ParentageComparison }>(
  best: One | null,
  next: One,
): One {
  return best && log10Of(best.comparison) >= log10Of(next.comparison) ? best : next;
}

function log10Of({ lr }: ParentageComparison): number {
  return lr.kind === 'finite' ? lr.log10Lr : Infinity;
}
