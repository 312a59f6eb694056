import {
  type BatchPlan,
  type KnownFamily,
  type KnownSample,
  planBatch,
} from '../../src/casework/intake/batch-plan.ts';
import type { PersonRow, RowOutcome } from '../../src/formats/row.ts';
import { profileOf } from '../kinship/small-table.ts';

export type Known = { readonly samples: KnownSample[]; readonly families: KnownFamily[] };

type Person = Partial<Omit<PersonRow, 'profile'>> & {
  /** At vWA. */
  readonly allele?: string;
  /** At FGA; null: not typed. */
  readonly fga?: string | null;
};

/** A person typed at vWA, and at FGA where it is named. */
export function person(
  sampleId: string,
  { allele = '15', fga = null, ...rest }: Person = {},
): PersonRow {
  const profile = profileOf({ vWA: allele, ...(fga === null ? {} : { FGA: fga }) });
  const nothing = { family: null, relation: null, amelogenin: null, notes: [] };
  return { sampleId, sex: 'unknown', profile, ...nothing, ...rest };
}

export const father = (sampleId: string, family: string, allele?: string): PersonRow =>
  person(sampleId, { sex: 'male', family, relation: 'father', ...(allele ? { allele } : {}) });
export const mother = (sampleId: string, family: string): PersonRow =>
  person(sampleId, { sex: 'female', family, relation: 'mother' });

const asOutcomes = (people: readonly PersonRow[]): RowOutcome[] =>
  people.map((one, place) => ({ row: place + 2, person: one }));

/** Plans a batch of good rows, the first in row 2. */
export function plan(
  side: 'relatives' | 'unknowns',
  people: readonly PersonRow[],
  known: Known = { samples: [], families: [] },
  withoutConsent: readonly string[] = [],
  minimumLoci = 1,
): BatchPlan {
  const whole = { withdrawn: [], withoutConsent: new Set(withoutConsent), ...known };
  return planBatch(side, '110000', asOutcomes(people), whole, { minimumLoci });
}

/** What the database holds after a plan was carried out that found nothing. */
export function whatIsThere(done: BatchPlan): Known {
  const numbers = new Map(done.cases.map(({ id, number }) => [id, number]));
  const codes = new Map(done.families.map(({ id, code }) => [id, code]));
  const samples = done.samples.map(
    ({ id, code, sex, relation, profileId, profile, familyId, caseId }): KnownSample => ({
      ...{ sampleId: id, code, sex, relation, profileId, profile, familyId },
      family: familyId === null ? null : codes.get(familyId)!,
      caseNumber: numbers.get(caseId)!,
    }),
  );
  const families = done.families.map(({ id, code, caseId }): KnownFamily => ({
    id,
    code,
    caseId,
    caseNumber: numbers.get(caseId)!,
    relations: done.samples.flatMap(({ familyId, relation }) =>
      familyId === id && relation ? [relation] : [],
    ),
  }));
  return { samples, families };
}

/** What became of each row: `accepted`, or `refused SAMPLE_CONFLICT`. */
export const outcomes = ({ rows }: BatchPlan): string[] =>
  rows.map(({ outcome, faults: [fault] }) => (fault ? `${outcome} ${fault.code}` : outcome));
