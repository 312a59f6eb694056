import type { FamilyMember, FamilyRelation, ParentRole } from '../kinship/index.ts';

/** The typed relatives of one missing child. */
export type Family = readonly FamilyMember[];

export function isParent(relation: FamilyRelation): relation is ParentRole {
  return relation === 'father' || relation === 'mother' || relation === 'parent';
}
