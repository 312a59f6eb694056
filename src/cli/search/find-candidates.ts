import type { PersonRow } from '../../formats/row.ts';
import { openProgress } from '../progress.ts';
import { type FoundCandidate, rankCandidates } from './candidate.ts';
import type { Database } from './database.ts';
import type { Scoring } from './scoring.ts';

/** Queries that are compared with a block of the database while the block is in the cache. */
const QUERIES_AT_ONCE = 100;
/** While the pairs of some queries are judged, the next are scanned. */
const IN_FLIGHT = 2;

/**
 * For each person searched for the candidates, the largest LR first. They do not depend on how many
 * threads there are.
 */
export async function findCandidates(
  database: Database,
  queries: readonly PersonRow[],
  scoring: Scoring,
  priorInDatabase: number,
): Promise<FoundCandidate[][]> {
  const pairs = database.countPairs(queries);
  const found: FoundCandidate[][] = queries.map(() => []);
  const progress = openProgress('searching', queries.length);
  let [begun, done] = [0, 0];
  const searchOn = async (): Promise<void> => {
    while (begun < queries.length) {
      const at = begun;
      const some = queries.slice(at, (begun += QUERIES_AT_ONCE));
      const suspects = await database.scan(scoring, some);
      const judged = await scoring.judge(suspects.flat().map(({ pair }) => pair));
      let next = 0;
      some.forEach((query, place) => {
        const own = suspects[place]!;
        const judgements = judged.slice(next, (next += own.length));
        const extent = { families: database.familiesFor(query), priorInDatabase, pairs };
        found[at + place] = rankCandidates(query.sampleId, own, judgements, extent);
      });
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
