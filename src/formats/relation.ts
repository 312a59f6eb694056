import { FAMILY_RELATIONS, type FamilyRelation, type Sex } from '../kinship/index.ts';

/** How a relative is related to the missing child; of a sample one knows whether it is a woman's. */
export type Relation = Exclude<FamilyRelation, 'parent'>;

/** In the order in which a family is written: parents, then the others. */
export const RELATIONS: readonly Relation[] = FAMILY_RELATIONS.filter(
  (relation) => relation !== 'parent',
);

/** The sex that a relation says; `unknown` where it says none. */
const SEXES: Readonly<Record<Relation, Sex>> = {
  father: 'male',
  mother: 'female',
  sibling: 'unknown',
  'paternal-half-sibling': 'unknown',
  'maternal-half-sibling': 'unknown',
  'paternal-grandfather': 'male',
  'paternal-grandmother': 'female',
  'maternal-grandfather': 'male',
  'maternal-grandmother': 'female',
  'paternal-uncle': 'male',
  'paternal-aunt': 'female',
  'maternal-uncle': 'male',
  'maternal-aunt': 'female',
};

export function sexOf(relation: Relation): Sex {
  return SEXES[relation];
}

const ANCESTORS: ReadonlySet<Relation> = new Set([
  'father',
  'mother',
  'paternal-grandfather',
  'paternal-grandmother',
  'maternal-grandfather',
  'maternal-grandmother',
]);

/** Whether a family has one of them at most. */
export function isAncestor(relation: Relation): boolean {
  return ANCESTORS.has(relation);
}
