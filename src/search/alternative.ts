import type { ParentRole } from '../kinship/index.ts';
import { type Family, isParent } from './family.ts';

/** What a candidate rests on: both parents, one of them, or everybody typed of the family. */
export type AlternativeKind = 'relatives' | 'both-parents' | ParentRole;

/**
 * One way in which a family can be the child's. A couple that fails together is still tried one by
 * one, because stepfathers happen.
 */
export type Alternative = {
  readonly kind: AlternativeKind;
  /** Places in the family: father, mother, then the others in their order. */
  readonly members: readonly number[];
};

/** What can be tried with a family, the fullest statement first. */
export function alternativesOf(family: Family): Alternative[] {
  const placeOf = (role: ParentRole): number[] => {
    const place = family.findIndex(({ relation }) => relation === role);
    return place < 0 ? [] : [place];
  };
  const singles = (['father', 'mother', 'parent'] as const).flatMap((kind): Alternative[] => {
    const members = placeOf(kind);
    return members.length > 0 ? [{ kind, members }] : [];
  });
  const others = family.flatMap(({ relation }, place) => (isParent(relation) ? [] : [place]));
  const parents = singles.flatMap(({ members }) => members);
  const alternatives: Alternative[] = [];
  if (others.length > 0) alternatives.push({ kind: 'relatives', members: [...parents, ...others] });
  if (parents.length === 2) alternatives.push({ kind: 'both-parents', members: parents });
  return [...alternatives, ...singles];
}
