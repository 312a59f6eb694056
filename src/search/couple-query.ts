import type { Arena } from './arena.ts';
import { ENTRY, MOST_CROSSWISE, PLANE_BYTES, QUERY, UNSCREENED } from './kernel/layout.ts';
import { leastScore } from './score.ts';
import type { SharedMemory } from './shared-memory.ts';
import { largestLimit, NO_QUERY } from './shared-query.ts';
import type { CoupleTerms } from './term-table.ts';

/** What a child is to couples at one locus. */
export type CoupleLocus = {
  readonly number: number;
  /** Of the child's two alleles. */
  readonly planes: readonly [number, number];
  readonly terms: CoupleTerms;
  /** Scores of the largest LRs of couples who fit, and of those who do not. */
  readonly consistent: number;
  readonly inconsistent: number;
};

/** Terms are rounded to 32 bits: a couple this near below the threshold is left to the judge. */
const MARGIN = 1e-4;

/** @returns where the kernel finds it; 0 when no couple can reach the threshold */
export function makeCoupleQuery(
  memory: SharedMemory,
  arena: Arena,
  loci: readonly CoupleLocus[],
  threshold: number,
): number {
  const losses = Float64Array.from(
    loci,
    ({ consistent, inconsistent }) => consistent - inconsistent,
  );
  let sum = 0;
  for (const { consistent } of loci) sum += consistent;
  const limit = largestLimit(sum, losses, leastScore(threshold * (1 - MARGIN)));
  if (limit < 0) return NO_QUERY;

  const at = arena.allocate(QUERY.entries + loci.length * ENTRY.size);
  memory.reach();
  const { words, doubles } = memory;
  words[(at + QUERY.loci) / 4] = loci.length;
  words[(at + QUERY.limit) / 4] = limit > MOST_CROSSWISE ? UNSCREENED : limit;
  doubles[(at + QUERY.leastRatio) / 8] = threshold * (1 - MARGIN);
  loci.forEach(({ number, planes, terms }, place) => {
    const entry = at + QUERY.entries + place * ENTRY.size;
    words[(entry + ENTRY.locus) / 4] = 4 * number;
    words[(entry + ENTRY.planeA) / 4] = planes[0] * PLANE_BYTES;
    words[(entry + ENTRY.planeB) / 4] = planes[1] * PLANE_BYTES;
    words[(entry + ENTRY.table) / 4] = terms.father.at;
    words[(entry + ENTRY.motherTable) / 4] = terms.mother.at;
    doubles[(entry + ENTRY.bothFirst) / 8] = terms.bothFirst;
    doubles[(entry + ENTRY.crosswise) / 8] = terms.crosswise;
  });
  return at;
}
