import type { Arena } from './arena.ts';
import type { Kernel } from './kernel/kernel.ts';
import { ENTRY, MOST_CROSSWISE, PLANE_BYTES, QUERY } from './kernel/layout.ts';
import { leastScore } from './score.ts';
import type { SharedMemory } from './shared-memory.ts';
import { largestLimit, type Workspace } from './shared-query.ts';
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

/** A child, ready to be compared with blocks of couples. */
export type CoupleQuery = {
  readonly at: number;
  /** Whether so many inconsistencies are tolerated that counting them would spare nothing. */
  readonly isUnscreened: boolean;
};

/** Terms are rounded to 32 bits: a couple this near below the threshold is left to the judge. */
const MARGIN = 1e-4;

/** @returns null when no couple can reach the threshold */
export function makeCoupleQuery(
  memory: SharedMemory,
  arena: Arena,
  loci: readonly CoupleLocus[],
  threshold: number,
): CoupleQuery | null {
  const losses = Float64Array.from(
    loci,
    ({ consistent, inconsistent }) => consistent - inconsistent,
  );
  let sum = 0;
  for (const { consistent } of loci) sum += consistent;
  const limit = largestLimit(sum, losses, leastScore(threshold * (1 - MARGIN)));
  if (limit < 0) return null;

  const at = arena.allocate(QUERY.entries + loci.length * ENTRY.size);
  memory.reach();
  const { words, doubles } = memory;
  words[(at + QUERY.loci) / 4] = loci.length;
  words[(at + QUERY.limit) / 4] = Math.min(limit, MOST_CROSSWISE);
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
  return { at, isUnscreened: limit > MOST_CROSSWISE };
}

/**
 * Scans a block of couples for those who may reach the query's threshold.
 * @returns how many places stand in the list
 */
export function scanCouples(
  kernel: Kernel,
  { scratch, list }: Workspace,
  { at, isUnscreened }: CoupleQuery,
  fathers: number,
  mothers: number,
  bytes: number,
): number {
  const passed = isUnscreened
    ? kernel.listAll(fathers, bytes, list)
    : kernel.screenCouples(fathers, mothers, bytes, at, scratch, list);
  if (passed === 0) return 0;
  return kernel.scoreCouples(fathers, mothers, at, scratch, list, passed, list);
}
