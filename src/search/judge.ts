import {
  type AllegedParents,
  compareFamily,
  compareIdentity,
  compareParentage,
  compareRivals,
  type FamilyComparison,
  type FamilyMember,
  type LocusModels,
  type ParentageComparison,
  type ParentRole,
  type Profile,
  reaches,
  type Rival,
  showSameGenotypes,
} from '../kinship/index.ts';
import { type Alternative, type AlternativeKind, alternativesOf } from './alternative.ts';
import { type Family, isParent } from './family.ts';
import { LEAST_LOCI_ALIKE } from './one-person.ts';

/** What one member of a family may be to the child besides what they are said to be. */
export type MemberRivals = { readonly member: number; readonly rivals: readonly Rival[] };

/** What the exact comparison of a child with a family came to. */
export type Judgement = {
  /** What the candidate rests on; `same-person`: a member shows the child's own profile. */
  readonly kind: AlternativeKind | 'same-person';
  /** Places in the family: father, mother, then the others in their order. */
  readonly members: readonly number[];
  readonly comparison: ParentageComparison | FamilyComparison;
  /** Where only part of the typed family is put forward: what all of it together came to. */
  readonly wholeComparison: ParentageComparison | FamilyComparison | null;
  /** Of each member that the candidate rests on. */
  readonly rivals: readonly MemberRivals[];
};

type Judged = {
  readonly alternative: Alternative;
  readonly comparison: ParentageComparison | FamilyComparison;
};

/**
 * The final word on a pair: the full likelihood ratio from the profiles themselves. The fullest
 * alternative that reaches the threshold stands before lesser ones; of single parents the stronger.
 * @param threshold an LR
 * @returns null when no alternative reaches the threshold
 */
export function judge(
  models: LocusModels,
  child: Profile,
  family: Family,
  threshold: number,
): Judgement | null {
  const judged = alternativesOf(family).map((alternative) => ({
    alternative,
    comparison: compare(models, child, family, alternative),
  }));
  const reaching = judged.filter(({ comparison }) => reaches(comparison.lr, threshold));
  const best =
    reaching.find(({ alternative }) => alternative.members.length > 1) ?? strongest(reaching);
  if (!best) return null;
  const { alternative } = best;
  const twin = alternative.members.find((place) =>
    showSameGenotypes(child, family[place]!.profile, LEAST_LOCI_ALIKE),
  );
  const whole = judged[0]!;
  const rivalsOf = (members: readonly number[]): MemberRivals[] =>
    members.map((member) => ({ member, rivals: weighMember(models, child, family[member]!) }));
  if (twin === undefined) {
    return {
      ...alternative,
      comparison: best.comparison,
      wholeComparison: best === whole ? null : whole.comparison,
      rivals: rivalsOf(alternative.members),
    };
  }
  return {
    kind: 'same-person',
    members: [twin],
    comparison: compareIdentity(models, child, family[twin]!.profile),
    wholeComparison: whole.comparison,
    rivals: rivalsOf([twin]),
  };
}

function weighMember(
  models: LocusModels,
  child: Profile,
  { relation, profile }: FamilyMember,
): Rival[] {
  return compareRivals(models, child, { role: isParent(relation) ? relation : 'parent', profile });
}

function compare(
  models: LocusModels,
  child: Profile,
  family: Family,
  { kind, members }: Alternative,
): Judged['comparison'] {
  const chosen = members.map((place) => family[place]!);
  if (kind === 'relatives') return compareFamily(models, child, chosen);
  const parents = chosen.map(({ relation, profile }) => ({
    role: relation as ParentRole,
    profile,
  }));
  return compareParentage(models, child, parents as never as AllegedParents);
}

function strongest(judged: readonly Judged[]): Judged | null {
  return judged.reduce<Judged | null>(
    (best, next) => (best && log10Of(best) >= log10Of(next) ? best : next),
    null,
  );
}

function log10Of({ comparison: { lr } }: Judged): number {
  return lr.kind === 'finite' ? lr.log10Lr : Infinity;
}
