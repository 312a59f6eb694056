import { findLocus, type Genotype, type Locus, type Profile } from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import { readTyping } from '../../formats/person-row.ts';
import type { Relation } from '../../formats/relation.ts';
import type { ReportPerson, ReportSource } from './report.schema.ts';

/** A person of a report with the profile that the numbers were computed from. */
export type ReadPerson = ReportPerson & { readonly profile: Profile };

/** The people of a report as they are compared, with the order that it gives them. */
export type ReadPeople = {
  readonly child: ReadPerson;
  readonly members: readonly ReadMember[];
  /** The members whom the LR rests on. */
  readonly counted: readonly ReadMember[];
};

type ReadMember = ReadPerson & { readonly relation: Relation };

/**
 * Reads the genotypes of a report.
 * @throws HomewardError CALCULATION_INVALID with the person and the locus that cannot be read
 */
export function readPeople({ people }: Pick<ReportSource, 'people'>): ReadPeople {
  const [child, ...others] = people.map((person) => ({ ...person, profile: readProfile(person) }));
  const members = others.filter(
    (person): person is ReadMember => person.relation !== 'unknown-origin',
  );
  if (child?.relation !== 'unknown-origin' || members.length < others.length) {
    throw new HomewardError(
      'CALCULATION_INVALID',
      'The people of the report are not one person of unknown origin, first, and a family.',
    );
  }
  return { child, members, counted: members.filter(({ counts }) => counts) };
}

/** The genotypes of a profile as a report holds them. */
export function writeGenotypes(profile: Profile): ReportPerson['genotypes'] {
  return Object.fromEntries([...profile].map(([locus, genotype]) => [locus, [...genotype]]));
}

/** The genotype of a person at a locus, by the locus' name. */
export function genotypeAt({ profile }: ReadPerson, name: string): Genotype | undefined {
  const locus = findLocus(name);
  return locus && profile.get(locus);
}

function readProfile({ name, genotypes }: ReportPerson): ReadonlyMap<Locus, Genotype> {
  const row = readTyping(genotypes);
  if ('profile' in row) return row.profile;
  throw new HomewardError(
    'CALCULATION_INVALID',
    `The genotypes of ${name} cannot be read.`,
    row.map(({ field, message }) => ({ field: field ?? name, message })),
  );
}
