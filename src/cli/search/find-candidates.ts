import type { PersonRow } from '../../formats/row.ts';
import { openProgress } from '../progress.ts';
import { type FoundCandidate, rankCandidates } from './candidate.ts';
import type { Database } from './database.ts';
import type { Scoring } from './scoring.ts';

/** Queries that are compared with a block of the database while the block is in the cache. */
const QUERIES_AT_ONCE = 100;
/** While the pairs of some queries are judged, the next are scanned. */
const IN_FLIGHT = 2;
/** By so much the LR asked for is lowered while too few candidates are found. */
const STEP = 10;

/** What is asked besides who is searched for in what. */
export type Question = {
  readonly scoring: Scoring;
  /** In (0, 1). */
  readonly priorInDatabase: number;
  /** So many candidates of each person are wanted, the best; Infinity: all. */
  readonly top: number;
};

/**
 * For each person searched for the candidates, the largest LR first. They do not depend on how many
 * threads there are.
 */
export async function findCandidates(
  database: Database,
  queries: readonly PersonRow[],
  question: Question,
): Promise<FoundCandidate[][]> {
  const pairs = database.countPairs(queries);
  const found: FoundCandidate[][] = queries.map(() => []);
  const progress = openProgress('searching', queries.length);
  let [begun, done] = [0, 0];
  const searchOn = async (): Promise<void> => {
    while (begun < queries.length) {
      const at = begun;
      const some = queries.slice(at, (begun += QUERIES_AT_ONCE));
      const candidates = await searchSome(database, some, pairs, question);
      candidates.forEach((own, place) => (found[at + place] = own.slice(0, question.top)));
      progress.update((done += some.length));
    }
  };
  try {
    await Promise.all(Array.from({ length: IN_FLIGHT }, searchOn));
  } finally {
    progress.stop();
  }
  return found;
}

/**
 * Where the best are wanted, large LRs are looked for first and smaller ones only for queries with too
 * few: unrelated people have an LR of 1 on average, so that of n families n/LR reach it at most.
 */
async function searchSome(
  database: Database,
  queries: readonly PersonRow[],
  pairs: ReturnType<Database['countPairs']>,
  { scoring, priorInDatabase, top }: Question,
): Promise<FoundCandidate[][]> {
  const candidates = new Map<PersonRow, FoundCandidate[]>();
  const largest = Math.max(...queries.map((query) => database.familiesFor(query))) / top;
  let threshold = Math.max(scoring.threshold, largest);
  for (
    let open = queries;
    open.length > 0;
    threshold = Math.max(scoring.threshold, threshold / STEP)
  ) {
    // prettier-ignore
    const suspects = await database.scan(scoring, open, threshold);
    const judged = await scoring.judge(suspects.flat().map(({ pair }) => pair));
    let next = 0;
    open.forEach((query, place) => {
      const own = suspects[place]!;
      const judgements = judged.slice(next, (next += own.length));
      const extent = { families: database.familiesFor(query), priorInDatabase, pairs };
      candidates.set(query, rankCandidates(query.sampleId, own, judgements, extent));
    });
    if (threshold <= scoring.threshold) break;
    // Nobody is missing among those above the threshold, whatever was found below it.
    const least = Math.log10(threshold);
    open = open.filter((query) => (candidates.get(query)![top - 1]?.log10Lr ?? -Infinity) < least);
  }
  return queries.map((query) => candidates.get(query)!);
}
