import fc from 'fast-check';
import { type FileHints, openPersonFile } from '../../src/formats/person-file.ts';
import { RELATIONS, type Relation, sexOf } from '../../src/formats/relation.ts';
import type { PersonRow, RowOutcome } from '../../src/formats/row.ts';
import { type AlleleLabel, LOCI, makeGenotype, repeatLength, type Locus } from '../../src/kinship/index.ts'; // prettier-ignore

/** The outcome of every row of a file. */
export async function readFile(
  content: string | Uint8Array,
  hints: FileHints = {},
): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for await (const outcome of openPersonFile(bytes, hints).rows) outcomes.push(outcome);
  return outcomes;
}

/** The people of a file of which every row is good, each profile a Map, without the notes on it. */
export async function peopleOf(
  content: string | Uint8Array,
  hints: FileHints = {},
): Promise<PersonRow[]> {
  return (await readFile(content, hints)).map((outcome) => {
    if (!('person' in outcome)) throw new Error(`row ${outcome.row}: ${JSON.stringify(outcome.faults)}`); // prettier-ignore
    return plain(outcome.person);
  });
}

/** A person as it is compared: the loci in their order, and nothing that only tells of the reading. */
export function plain(person: PersonRow): PersonRow {
  const profile = new Map(
    LOCI.flatMap((locus) => {
      const genotype = person.profile.get(locus);
      return genotype ? [[locus, [...genotype]] as const] : [];
    }),
  );
  return { ...person, profile, notes: [] };
}

/** What refused rows are refused for: `row field code`. */
export function faultsIn(outcomes: readonly RowOutcome[]): string[] {
  return outcomes.flatMap((outcome) =>
    'person' in outcome
      ? []
      : outcome.faults.map(({ field, code }) => `${outcome.row} ${field ?? 'row'} ${code}`),
  );
}

const code = fc.stringMatching(/^[A-Za-z0-9样本][A-Za-z0-9._/样-]{0,20}$/);

function alleleOf(locus: Locus): fc.Arbitrary<string> {
  const whole = fc.integer({ min: 1, max: 60 });
  const bases = fc.integer({ min: 1, max: repeatLength(locus) - 1 });
  return fc.oneof(
    { weight: 6, arbitrary: whole.map(String) },
    { weight: 2, arbitrary: fc.tuple(whole, bases).map(([size, more]) => `${size}.${more}`) },
    fc.constantFrom('OL', 'F', '<8', '>25', '12.X'),
  );
}

const typed = fc.constantFrom(...LOCI).chain((locus) =>
  fc.tuple(
    fc.constant(locus),
    fc
      .array(alleleOf(locus), { minLength: 1, maxLength: 4 })
      // Of which nothing was seen, nothing is written.
      .filter((alleles) => alleles.some((allele) => allele !== 'F')),
  ),
);

const profiles = fc
  .uniqueArray(typed, { minLength: 1, maxLength: 8, selector: ([locus]) => locus })
  .map((loci) => new Map(loci.map(([locus, alleles]) => [locus, makeGenotype(alleles as AlleleLabel[])]))); // prettier-ignore

/** Lists of people with ids of their own, of relations of a kind; families of relatives only. */
export function peopleWith(
  relations: readonly (Relation | null)[] = [null, ...RELATIONS],
): fc.Arbitrary<PersonRow[]> {
  const person = fc
    .record({
      sampleId: code,
      relation: fc.constantFrom(...relations),
      family: code,
      profile: profiles,
    })
    .map(({ relation, family, ...rest }): PersonRow => ({
      ...rest,
      relation,
      sex: relation === null ? 'unknown' : sexOf(relation),
      family: relation === null ? null : family,
      amelogenin: null,
      notes: [],
    }));
  return fc.uniqueArray(person, {
    minLength: 1,
    maxLength: 6,
    selector: ({ sampleId }) => sampleId,
  });
}
