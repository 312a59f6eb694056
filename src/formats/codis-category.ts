import type { Relation } from './relation.ts';

/** What the category of a specimen makes of it here. */
export type CodisCategory =
  | { readonly kind: 'relative'; readonly relation: Relation }
  | { readonly kind: 'unknown' }
  /** Nothing to do with crime, yet not compared. */
  | { readonly kind: 'not-taken'; readonly message: string };

const VAGUE =
  'the category does not say which relative it is; send the person as CSV with a relation such as maternal-uncle';
const NOT_COMPARED = 'a person of this category is not compared; leave the specimen out';
const CONTAMINATION =
  'staff are compared with samples to find contamination alone; leave the specimen out, and store it by PUT /v1/staff-profiles';

/**
 * The categories of CODIS that concern missing people. A specimen of any other, such as Suspect, Convicted
 * Offender, Arrestee or Forensic, has no place here.
 */
const CATEGORIES: ReadonlyMap<string, CodisCategory> = new Map<string, CodisCategory>([
  ['Biological Mother', { kind: 'relative', relation: 'mother' }],
  ['Biological Father', { kind: 'relative', relation: 'father' }],
  ['Biological Sibling', { kind: 'relative', relation: 'sibling' }],
  ['Unidentified Person', { kind: 'unknown' }],
  ['Missing Person', { kind: 'unknown' }],
  ['Maternal Relative', { kind: 'not-taken', message: VAGUE }],
  ['Paternal Relative', { kind: 'not-taken', message: VAGUE }],
  ['Biological Child', { kind: 'not-taken', message: NOT_COMPARED }],
  ['Spouse', { kind: 'not-taken', message: NOT_COMPARED }],
  ['Staff', { kind: 'not-taken', message: CONTAMINATION }],
  ['Elimination, Known', { kind: 'not-taken', message: CONTAMINATION }],
]);

/** Undefined for a category that is refused with its whole file. */
export function findCodisCategory(text: string): CodisCategory | undefined {
  return CATEGORIES.get(text.trim());
}

/** The category of a relative, or of a person of unknown origin; undefined where CODIS has none. */
export function codisCategoryOf(relation: Relation | null): string | undefined {
  if (relation === null) return 'Unidentified Person';
  for (const [name, category] of CATEGORIES) {
    if (category.kind === 'relative' && category.relation === relation) return name;
  }
  return undefined;
}
