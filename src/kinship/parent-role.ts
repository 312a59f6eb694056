/** Whose meiosis: a father's, a mother's, or a parent's whose sex nobody stated (rates averaged). */
export type ParentRole = 'father' | 'mother' | 'parent';

/** Who the other parent is, when one is known. */
export const OTHER_PARENT: Readonly<Record<ParentRole, ParentRole>> = {
  father: 'mother',
  mother: 'father',
  parent: 'parent',
};
