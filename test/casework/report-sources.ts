import type { Relation } from '../../src/formats/relation.ts';
import { readFrequencyCsv } from '../../src/formats/frequency-csv.ts';
import { readProfileCsv } from '../../src/formats/profile-csv.ts';
import { type FrequencyTable, LocusModels, type Profile } from '../../src/kinship/index.ts';
import { contentHash } from '../../src/platform/provenance.ts';
import { judge } from '../../src/search/index.ts';
import { writeResult } from '../../src/casework/candidates/candidate-result.ts';
import { childName } from '../../src/casework/candidates/candidate-case.ts';
import { toClosedForm } from '../../src/casework/policies/policy-fit.ts';
import { readPolicyDocument } from '../../src/casework/policies/policy.schema.ts';
import type { ReportResult } from '../../src/casework/reports/report-numbers.ts';
import { writeGenotypes } from '../../src/casework/reports/report-people.ts';
import { writeTable } from '../../src/casework/reports/report-tables.ts';
import type { ReportSource } from '../../src/casework/reports/report.schema.ts';
import { readText } from '../package.ts';

/** Reports of people of the demo set, judged here as the search judges them. */

/** By sample id, everybody of the demo set. */
export async function readDemoPeople(): Promise<Map<string, Profile>> {
  const people = new Map<string, Profile>();
  for (const file of ['families', 'unknowns']) {
    const csv = Buffer.from(readText(`fixtures/demo/${file}.csv`));
    for await (const outcome of readProfileCsv([csv])) {
      if ('person' in outcome) people.set(outcome.person.sampleId, outcome.person.profile);
    }
  }
  return people;
}

const TABLES = ['nist1036_all', 'nist1036_asian', 'china59'].map((name) => {
  const csv = readText(`fixtures/frequencies/${name}.csv`);
  return { name, contentHash: contentHash(csv), table: readFrequencyCsv(csv) };
});

const POLICY = JSON.parse(readText('fixtures/demo/policy.json')) as object;

const id = (place: number): string => `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;

/** A child, its family and what the policy says otherwise. */
export type ReportCase = {
  readonly child: readonly [code: string, profile: Profile];
  readonly family: readonly (readonly [code: string, relation: Relation, profile: Profile])[];
  readonly policy?: object;
  readonly decisions?: ReportSource['decisions'];
  /** How many frequency tables are stored; default three. */
  readonly tables?: number;
};

/** The source of a report and what the search computes for it; null below the threshold. */
export function makeCase({
  child: [code, profile],
  family,
  policy = {},
  decisions = [],
  tables = TABLES.length,
}: ReportCase): { source: ReportSource; result: ReportResult } | null {
  const document = readPolicyDocument({ ...POLICY, ...policy });
  const table: FrequencyTable = TABLES[0]!.table;
  const models = new LocusModels(table, toClosedForm(document));
  const relatives = family.map(([, relation, of]) => ({ relation, profile: of }));
  const judged = judge(models, profile, relatives, document.threshold);
  if (judged?.comparison.lr.kind !== 'finite') return null;
  const { log10Lr } = judged.comparison.lr;
  const members = family.map(([of, relation, typed], place) => ({
    ...{ code: of, relation, profile: typed, profileId: id(101 + place) },
    counts: judged.members.includes(place),
  }));
  const people = [
    {
      name: childName({ unknownCode: code, members }),
      code,
      relation: 'unknown-origin' as const,
      counts: true,
      profile,
      profileId: id(100),
    },
    ...members.map((member) => ({ ...member, name: member.code })),
  ];
  if (judged.kind === 'parent') throw new Error('every relation says a sex');
  return {
    source: {
      engineVersion: 'homeward 0.0.0',
      candidate: {
        id: id(1),
        revision: 1,
        state: 'proposed',
        relationship: judged.kind,
        family: 'F1',
        computedAt: '2026-01-02T03:04:05.678Z',
        lapsedAt: null,
      },
      people: people.map(({ profile: of, ...person }) => ({
        ...person,
        genotypes: writeGenotypes(of),
      })),
      policy: { id: id(2), name: 'Demo policy', contentHash: contentHash('policy'), document },
      frequencyTables: TABLES.slice(0, tables).map((one) => writeTable(one, people)),
      tablesLeftOut: 0,
      database: {
        ...{ families: 500, unknowns: 200, pairs: 70_000, chanceProbability: 1e-9 },
        log10LrsOfPerson: [log10Lr],
      },
      decisions: [...decisions],
    },
    result: {
      ...writeResult(judged),
      log10Lr,
      lociCompared: judged.comparison.compared.length,
      lociInconsistent: judged.comparison.lociInconsistent,
    },
  };
}
