import type { PolicyDocument } from '../../casework/policies/policy.schema.ts';
import { checkFit } from '../../casework/policies/policy-fit.ts';
import type { PersonRow } from '../../formats/row.ts';
import {
  type FrequencyTable,
  type ParentRole,
  posterior,
  type Profile,
} from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import { openScoringPool, type ThreadPool } from '../../platform/thread-pool.ts';
import {
  type IndexSnapshot,
  type JudgedPair,
  type ScoringPolicy,
  type ScoringTask,
  SearchIndex,
  type Slot,
} from '../../search/index.ts';
import { openProgress } from '../progress.ts';
import { availableParallelism } from 'node:os';

/** One candidate as the command reports it. */
export type FoundCandidate = {
  readonly query: string;
  /** Sample ids that the LR rests on, father first. */
  readonly relatives: readonly string[];
  readonly relationship: 'both-parents' | ParentRole;
  readonly log10Lr: number;
  readonly posterior: number;
  readonly lociCompared: number;
  readonly lociInconsistent: number;
  readonly expectedChanceCandidates: number;
};

type Family = Partial<Record<ParentRole, PersonRow>>;

/** For each person of unknown origin the candidates, the largest LR first. */
export async function findCandidates(
  relatives: readonly PersonRow[],
  unknowns: readonly PersonRow[],
  table: FrequencyTable,
  document: PolicyDocument,
): Promise<FoundCandidate[][]> {
  checkFit(table, document);
  const { params: parameters, threshold, priorInDatabase } = document;
  const families = groupFamilies(relatives);
  const index = new SearchIndex();
  families.forEach((family, place) => {
    for (const [role, { sampleId, profile }] of Object.entries(family)) {
      index.addParent(sampleId, String(place), role as ParentRole, profile);
    }
  });
  const policy: ScoringPolicy = { key: 'search', table, parameters, threshold };
  const pairs = countPairs(families, unknowns.length);
  const snapshot = index.snapshot();
  const pool = openScoringPool(availableParallelism());
  const progress = openProgress('searching', unknowns.length);
  let done = 0;
  try {
    return await Promise.all(
      unknowns.map(async (person) => {
        const judged = await searchOne(pool, policy, snapshot, families, new Map(person.profile));
        progress.update(++done);
        const log10Lrs = judged.map(({ judgement }) => log10Of(judgement));
        return judged
          .map(({ family, judgement }): FoundCandidate => {
            const { alternative, comparison, chanceProbability } = judgement;
            const relationship = alternative.length === 2 ? 'both-parents' : alternative[0];
            const log10Lr = log10Of(judgement);
            return {
              query: person.sampleId,
              relatives: alternative.map((role) => family[role]!.sampleId),
              relationship,
              log10Lr,
              posterior: posterior(log10Lr, log10Lrs, families.length, priorInDatabase),
              lociCompared: comparison.compared.length,
              lociInconsistent: comparison.lociInconsistent,
              expectedChanceCandidates: chanceProbability * pairs[relationship],
            };
          })
          .sort((a, b) => b.log10Lr - a.log10Lr);
      }),
    );
  } finally {
    progress.stop();
    await pool.close();
  }
}

async function searchOne(
  pool: ThreadPool,
  policy: ScoringPolicy,
  index: IndexSnapshot,
  families: readonly Family[],
  child: Profile,
): Promise<{ family: Family; judgement: JudgedPair }[]> {
  const scan: ScoringTask = { policy, kind: 'scan-families', index, child };
  const survivors = (await pool.run<Slot[]>(scan)).map((slot) => families[slot]!);
  const judging: ScoringTask = {
    policy,
    kind: 'judge',
    pairs: survivors.map((family) => ({ child, family: profilesOf(family) })),
  };
  const judgements = await pool.run<(JudgedPair | null)[]>(judging);
  return judgements.flatMap((judgement, place) =>
    judgement ? [{ family: survivors[place]!, judgement }] : [],
  );
}

/** Rows with one `family` code make one family; a row without is a family of one parent. */
function groupFamilies(relatives: readonly PersonRow[]): Family[] {
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  for (const person of relatives) {
    const { relation } = person;
    if (relation !== null && relation !== 'father' && relation !== 'mother') {
      refuse(`Sample ${person.sampleId} is a ${relation}; this command compares parents only.`);
    }
    const role = relation ?? ROLE_OF[person.sex];
    if (seen.has(person.sampleId)) refuse(`Sample ${person.sampleId} stands twice.`);
    seen.add(person.sampleId);
    const key = person.family === null ? `sample ${person.sampleId}` : `family ${person.family}`;
    const family = families.get(key) ?? {};
    if (family[role] || (role === 'parent' ? Object.keys(family).length > 0 : family.parent)) {
      refuse(`Family ${person.family} has two parents in one place; say father and mother.`);
    }
    families.set(key, { ...family, [role]: person });
  }
  return [...families.values()];
}

const ROLE_OF: Readonly<Record<PersonRow['sex'], ParentRole>> = {
  male: 'father',
  female: 'mother',
  unknown: 'parent',
};

function refuse(what: string): never {
  throw new HomewardError('ARGUMENT_INVALID', `The families file: ${what}`);
}

function profilesOf(family: Family): Partial<Record<ParentRole, Profile>> {
  return Object.fromEntries(
    Object.entries(family).map(([role, { profile }]) => [role, new Map(profile)]),
  );
}

function countPairs(
  families: readonly Family[],
  unknowns: number,
): Record<FoundCandidate['relationship'], number> {
  const having = (role: ParentRole): number => families.filter((family) => family[role]).length;
  const couples = families.filter(({ father, mother }) => father && mother).length;
  return {
    'both-parents': unknowns * couples,
    father: unknowns * having('father'),
    mother: unknowns * having('mother'),
    parent: unknowns * having('parent'),
  };
}

function log10Of({ comparison }: JudgedPair): number {
  return comparison.lr.kind === 'finite' ? comparison.lr.log10Lr : Infinity;
}
