import type { PersonRow } from '../../formats/row.ts';
import { HomewardError } from '../../platform/errors.ts';
import { readPeople } from '../input.ts';

/** Everybody in the files, by sample id. */
export type People = ReadonlyMap<string, PersonRow>;

export async function readFiles(
  files: readonly string[],
): Promise<{ people: People; refused: number }> {
  const all = new Map<string, PersonRow>();
  let refused = 0;
  for (const file of files) {
    const read = await readPeople(file);
    refused += read.refused;
    for (const person of read.people) {
      const { sampleId } = person;
      if (all.has(sampleId)) {
        throw new HomewardError(
          'ARGUMENT_INVALID',
          `Sample ${sampleId} stands twice in the files.`,
        );
      }
      all.set(sampleId, person);
    }
  }
  return { people: all, refused };
}

/** Somebody of the files as a calculation states them. */
export function describePerson(people: People, sample: string): object {
  const person = people.get(sample);
  if (!person) {
    throw new HomewardError('ARGUMENT_INVALID', `No readable row has the sample id ${sample}.`);
  }
  const { sampleId: id, sex, profile } = person;
  const genotypes = [...profile].map(([locus, alleles]) => [locus, [...alleles]] as const);
  return { id, sex, genotypes: Object.fromEntries(genotypes) };
}
