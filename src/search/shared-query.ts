import type { Arena } from './arena.ts';
import {
  ENTRY,
  MOST_PENALTY,
  MOST_SHARED,
  MOST_WEIGHED,
  PLANE_BYTES,
  QUERY,
  WEIGHED,
} from './kernel/layout.ts';
import { KINDS, type RatioTable } from './ratio-table.ts';
import type { SharedMemory } from './shared-memory.ts';

/** Stands for a query that nobody can meet. */
export const NO_QUERY = 0;

/** What is known of one person or family at one locus, against people of one kind. */
export type QueryLocus = { readonly number: number; readonly table: RatioTable };

/**
 * Writes a query for the kernel, with a certificate: the limit of its screen is the largest that
 * lets everybody pass who could reach the least score (docs/math/screen.md).
 * @param least the score of the threshold
 * @param counts whether to count inconsistent loci where that can be done, and not to weigh them
 * @returns where the kernel finds it; 0 when nobody can reach the score
 */
export function makeSharedQuery(
  memory: SharedMemory,
  arena: Arena,
  loci: readonly QueryLocus[],
  least: number,
  counts: boolean,
): number {
  let slack = -least;
  for (const { table } of loci) slack += table.most;
  if (slack < 0) return NO_QUERY;
  const limit = counts ? sharedLimit(loci, least) : null;
  if (limit !== null && limit < 0) return NO_QUERY;
  const isCounted = limit !== null && limit <= MOST_SHARED;
  const weighing = isCounted ? null : weigh(loci, slack);

  const at = arena.allocate(QUERY.entries + loci.length * ENTRY.size);
  memory.reach();
  const { numbers, words } = memory;
  words[(at + QUERY.loci) / 4] = loci.length;
  words[(at + QUERY.limit) / 4] = weighing ? weighing.limit | WEIGHED : limit!;
  numbers[(at + QUERY.leastScore) / 4] = least;
  let rest = slack + least;
  byLoss(loci).forEach(({ number, table }, place) => {
    const entry = at + QUERY.entries + place * ENTRY.size;
    rest -= table.most;
    words[(entry + ENTRY.locus) / 4] = 4 * number;
    words[(entry + ENTRY.planeA) / 4] = table.planes[0] * PLANE_BYTES;
    words[(entry + ENTRY.planeB) / 4] = table.planes[1] * PLANE_BYTES;
    words[(entry + ENTRY.table) / 4] = table.at;
    numbers[(entry + ENTRY.rest) / 4] = rest;
    if (weighing) words[(entry + ENTRY.penalties) / 4] = packPenalties(table, weighing.unit);
  });
  return at;
}

/** The loci at which most can be lost come first: who cannot reach the score is seen through soonest. */
function byLoss(loci: readonly QueryLocus[]): QueryLocus[] {
  return [...loci].sort(
    (a, b) => b.table.most - b.table.neither - (a.table.most - a.table.neither),
  );
}

/**
 * The largest number of inconsistent loci with which the score can be reached: those at which least
 * is lost. −1 when it cannot be reached at all.
 */
function sharedLimit(loci: readonly QueryLocus[], least: number): number {
  let sum = 0;
  const losses = new Float64Array(loci.length);
  loci.forEach(({ table }, place) => {
    sum += table.sharing;
    losses[place] = table.sharing - table.neither;
  });
  return largestLimit(sum, losses, least);
}

/**
 * The largest number of losses that can leave at least so much of a sum: the smallest ones. −1 when
 * there is none.
 * @param losses are put in order
 */
export function largestLimit(sum: number, losses: Float64Array, least: number): number {
  losses.sort();
  let limit = sum >= least ? 0 : -1;
  let left = sum;
  for (let place = 0; place < losses.length; place++) {
    left -= losses[place]!;
    if (left >= least) limit = place + 1;
  }
  return limit;
}

/**
 * A unit of penalty, and how many of them leave the least score in reach. The unit is large enough
 * for the sum of all penalties and, at most loci, for the largest. What a kind falls short of the
 * best is rounded down, so that no sum is too large; for the kind that most people are of, `neither`,
 * everything is shifted so that nothing need be rounded.
 */
function weigh(loci: readonly QueryLocus[], slack: number): { unit: number; limit: number } {
  let largest = 0;
  for (const { table } of loci) largest += (table.most - table.neither) / loci.length;
  // Shifts add at most a unit for each locus.
  const unit = Math.ceil(Math.max(1, slack / (MOST_WEIGHED - loci.length), largest / MOST_PENALTY));
  let shifted = slack;
  for (const { table } of loci) shifted += shiftOf(table, unit);
  return { unit, limit: Math.floor(shifted / unit) };
}

function shiftOf({ most, neither }: RatioTable, unit: number): number {
  const over = (most - neither) % unit;
  return over === 0 ? 0 : unit - over;
}

function packPenalties(table: RatioTable, unit: number): number {
  const shift = shiftOf(table, unit);
  let packed = 0;
  for (let kind = 0; kind < KINDS; kind++) {
    const short = table.most - table.best[kind]! + shift;
    packed |= Math.min(MOST_PENALTY, Math.floor(short / unit)) << (4 * kind);
  }
  return packed;
}
