import { readFrequencyCsv } from '../../formats/frequency-csv.ts';
import { readProfileCsv } from '../../formats/profile-csv.ts';
import {
  type AllegedParent,
  compareParentage,
  LocusModels,
  type Profile,
  reaches,
} from '../../kinship/index.ts';
import { toClosedForm } from '../../casework/policies/policy-fit.ts';
import { policyDocument } from '../../casework/policies/policy.schema.ts';
import { FREQUENCIES, type PlantedReunion, readFixture, readPlanted } from './demo-set.ts';

/** A candidate as the service lists it. */
export type ListedCandidate = {
  readonly id: string;
  readonly unknown: string;
  readonly family: string;
  readonly relatives: readonly string[];
  readonly relationship: 'both-parents' | 'father' | 'mother' | 'relatives' | 'same-person';
  readonly log10Lr: number;
  readonly posterior: number;
  readonly expectedChanceCandidates: number;
  readonly lociCompared: number;
  readonly lociInconsistent: number;
  readonly wholeFails: boolean;
};

/** What the truth file says of a candidate. */
export type Truth = 'planted couple' | 'planted parent' | 'chance';

/** The candidates against the truth file. */
export type TruthComparison = {
  readonly planted: Readonly<Record<'couples' | 'parents', { total: number; found: number }>>;
  readonly missed: readonly PlantedReunion[];
  readonly chance: readonly ListedCandidate[];
  readonly truthOf: (candidate: ListedCandidate) => Truth;
};

export function compareWithTruth(candidates: readonly ListedCandidate[]): TruthComparison {
  const planted = readPlanted().filter(({ kind }) => kind !== 'none');
  const byPair = new Map(planted.map((one) => [`${one.unknown} ${one.relatives}`, one]));
  const key = ({ unknown, relatives }: ListedCandidate): string =>
    `${unknown} ${relatives.join('+')}`;
  const found = new Set(candidates.map(key));
  const count = (reunions: readonly PlantedReunion[]): { total: number; found: number } => ({
    total: reunions.length,
    found: reunions.filter((one) => found.has(`${one.unknown} ${one.relatives}`)).length,
  });
  return {
    planted: {
      couples: count(planted.filter(({ kind }) => kind === 'couple')),
      parents: count(planted.filter(({ kind }) => kind !== 'couple')),
    },
    missed: planted.filter((one) => !found.has(`${one.unknown} ${one.relatives}`)),
    chance: candidates.filter((candidate) => !byPair.has(key(candidate))),
    truthOf(candidate) {
      const kind = byPair.get(key(candidate))?.kind;
      if (kind === undefined) return 'chance';
      return kind === 'couple' ? 'planted couple' : 'planted parent';
    },
  };
}

/** The LR of planted pairs, computed here from the demo's files: why the service did not list them. */
export async function explainMissed(missed: readonly PlantedReunion[]): Promise<string[]> {
  const people = new Map<string, { role: AllegedParent['role']; profile: Profile }>();
  for (const file of ['demo/families.csv', 'demo/unknowns.csv']) {
    for await (const outcome of readProfileCsv([Buffer.from(readFixture(file))])) {
      if (!('person' in outcome)) continue;
      const { sampleId, relation, profile } = outcome.person;
      const role = relation === 'father' || relation === 'mother' ? relation : 'parent';
      people.set(sampleId, { role, profile });
    }
  }
  const document = policyDocument.parse(JSON.parse(readFixture('demo/policy.json')));
  const models = new LocusModels(
    readFrequencyCsv(readFixture(FREQUENCIES.file)),
    toClosedForm(document),
  );
  return missed.map(({ unknown, relatives }) => {
    const [first, second] = relatives.split('+').map((sample) => people.get(sample)!);
    const parents = second ? ([first!, second] as const) : ([first!] as const);
    const { lr, compared, lociInconsistent } = compareParentage(models, people.get(unknown)!.profile, parents); // prettier-ignore
    const ratio = lr.kind === 'finite' ? `LR 10^${lr.log10Lr.toFixed(2)}` : `LR ${lr.kind}`;
    const verdict = reaches(lr, document.threshold)
      ? 'REACHES the threshold: a fault'
      : 'below the threshold';
    return `${unknown} – ${relatives}: ${ratio}, ${verdict} (${compared.length} shared loci, ${lociInconsistent} inconsistent)`;
  });
}
