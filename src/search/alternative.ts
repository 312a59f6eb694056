import type { ParentRole } from '../kinship/index.ts';

/**
 * One way in which a family can be the child's: through both parents, or through one of them.
 * A couple that fails together is still tried one by one, because stepfathers happen.
 */
export type Alternative = readonly [ParentRole] | readonly ['father', 'mother'];

/** What can be tried with the typed parents of a family, the strongest statement first. */
export function alternativesOf(typed: Readonly<Record<ParentRole, unknown>>): Alternative[] {
  const has = (role: ParentRole): boolean => typed[role] !== null && typed[role] !== undefined;
  const singles = (['father', 'mother', 'parent'] as const)
    .filter(has)
    .map((role): Alternative => [role]);
  return has('father') && has('mother') ? [['father', 'mother'], ...singles] : singles;
}
