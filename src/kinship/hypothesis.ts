import { KinshipError } from './error.ts';
import type { ParentRole } from './parent-role.ts';
import type { Pedigree, PedigreeMember, Sex } from './pedigree.ts';

/** A statement about how people are related, in words and as a pedigree. */
export type Hypothesis = {
  readonly text: string;
  readonly pedigree: Pedigree;
  /** Who is the same person as somebody of the pedigree, under another name. */
  readonly sameAs?: Readonly<Record<string, string>> | undefined;
};

/** The statements that a likelihood ratio weighs against each other: LR = P(data | h1) / P(data | h2). */
export type HypothesisPair = { readonly h1: Hypothesis; readonly h2: Hypothesis };

/** An alleged parent by name. */
export type NamedParent = { readonly role: ParentRole; readonly id: string };

/** By role, the sex of a parent. */
export const SEX_OF_PARENT: Readonly<Record<ParentRole, Sex>> = {
  father: 'male',
  mother: 'female',
  parent: 'unknown',
};

/**
 * «These are the parents of the child» against «all of them are unrelated». A parent whom nobody
 * names is an untyped founder of the first pedigree; beside a parent of unknown sex, of unknown
 * sex too.
 * @throws KinshipError PEDIGREE_INVALID for two parents who are not father and mother
 */
export function parentageHypotheses(
  child: string,
  parents: readonly [NamedParent] | readonly [NamedParent, NamedParent],
): HypothesisPair {
  const [, second] = parents;
  const roles = parents.map(({ role }) => role);
  if (second && !(roles.includes('father') && roles.includes('mother'))) {
    throw new KinshipError('PEDIGREE_INVALID', 'two parents are a father and a mother');
  }
  const idOf = (...roles: ParentRole[]): string | undefined =>
    parents.find(({ role }) => roles.includes(role))?.id;
  const other = idOf('parent') === undefined ? 'mother' : 'other parent';
  const father = idOf('father', 'parent') ?? `${child}'s father`;
  const mother = idOf('mother') ?? `${child}'s ${other}`;
  const typed = parents.map(({ role, id }) => founder(id, SEX_OF_PARENT[role]));
  const untyped = [
    founder(father, 'male'),
    founder(mother, other === 'mother' ? 'female' : 'unknown'),
  ].filter(({ id }) => !parents.some((parent) => parent.id === id));
  return {
    h1: {
      text: `${parents.map(({ role, id }) => `${id} is the ${role}`).join(' and ')} of ${child}`,
      pedigree: [...typed, ...untyped, { id: child, father, mother, sex: 'unknown' }],
    },
    h2: {
      text: `${[...parents.map(({ id }) => id), child].join(', ')}: all unrelated`,
      pedigree: [...typed, founder(child, 'unknown')],
    },
  };
}

export function founder(id: string, sex: Sex): PedigreeMember {
  return { id, father: null, mother: null, sex };
}
