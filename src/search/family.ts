import type { FamilyMember, FamilyRelation, ParentRole } from '../kinship/index.ts';

/** The typed relatives of one missing child. */
export type Family = readonly FamilyMember[];

/** Those of whom a family has one, and whom the child has its alleles from. */
export const PARENTS = ['father', 'mother', 'parent'] as const satisfies readonly ParentRole[];

export function isParent(relation: FamilyRelation): relation is ParentRole {
  return relation === 'father' || relation === 'mother' || relation === 'parent';
}
