import type { PersonRow } from '../../formats/row.ts';
import {
  familyHypotheses,
  type FamilyMember,
  type FamilyRelation,
  KinshipError,
  type ParentRole,
} from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';

/** A relative by sample id. */
export type SearchedRelative = FamilyMember & { readonly sampleId: string };

/** The typed relatives of one missing child, in the order of the file. */
export type SearchedFamily = readonly SearchedRelative[];

/**
 * Rows with one `family` code make one family; a row without is a family of its own.
 * @param file named in an error
 * @throws HomewardError ARGUMENT_INVALID when the relatives of one family do not fit together
 */
export function groupFamilies(file: string, people: readonly PersonRow[]): SearchedFamily[] {
  /** In the order of their first rows. */
  const all: SearchedRelative[][] = [];
  const families = new Map<string, SearchedRelative[]>();
  for (const person of people) {
    const { sampleId, family, profile } = person;
    const relative = { sampleId, relation: relationOf(person), profile };
    const known = family === null ? undefined : families.get(family);
    if (known) known.push(relative);
    else {
      const begun = [relative];
      all.push(begun);
      if (family !== null) families.set(family, begun);
    }
  }
  for (const [code, family] of families) checkFamily(file, code, family);
  return all;
}

/** A row without relation is a parent. */
function relationOf(person: PersonRow): FamilyRelation {
  return person.relation ?? parentRoleOf(person);
}

/** Which parent somebody is, by sex. */
export function parentRoleOf({ sex }: PersonRow): ParentRole {
  return ROLE_OF[sex];
}

const ROLE_OF = { male: 'father', female: 'mother', unknown: 'parent' } as const;

function checkFamily(file: string, code: string, family: SearchedFamily): void {
  if (family.length === 1) return;
  try {
    familyHypotheses('(query)', family.map(({ sampleId, relation }) => ({ id: sampleId, relation }))); // prettier-ignore
  } catch (error) {
    if (!(error instanceof KinshipError)) throw error;
    throw new HomewardError('ARGUMENT_INVALID', `${file}: family ${code}: ${error.message}`);
  }
}
