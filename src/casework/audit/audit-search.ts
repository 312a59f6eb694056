import type { Database } from '../../platform/database.ts';
import type { AuditEntry } from './audit-entry.ts';
import { type AuditFilter, findEntries, findEntryFrom, findHead } from './audit.repository.ts';

/** Entries that a search looks through before it answers, whatever it has found by then. */
const ENTRIES_A_LOOK = 100_000;
/**
 * An entry is written after its moment, and services have clocks of their own: how far the order of
 * moments may be from that of the chain.
 */
const SLACK_MS = 10 * 60_000;

/** A page of a search. */
export type AuditPage = {
  readonly entries: readonly AuditEntry[];
  /** Entries before this one were not looked through; null: there are none. */
  readonly next: number | null;
};

/**
 * Looks for entries, the newest first. It ends at `limit` entries found, or at some number looked through:
 * a search for what is rare answers in time as well, and is asked again for the rest.
 * @param before the place at which the page before ended
 */
export async function searchEntries(
  db: Database,
  filter: AuditFilter,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
): Promise<AuditPage> {
  const head = (await findHead(db))?.seq ?? 0;
  const oldest = filter.from ? await placeOf(db, filter.from, -SLACK_MS, head) : 1;
  const newest = filter.to ? await placeOf(db, filter.to, SLACK_MS, head) : head;
  const last = Math.min(newest, before === undefined ? head : before - 1);
  const first = Math.max(oldest, last - ENTRIES_A_LOOK + 1);
  const entries = await findEntries(db, filter, { first, last }, limit);
  const end = entries.length === limit ? (entries.at(-1)?.seq ?? first) : first;
  return { entries, next: end > oldest ? end : null };
}

/** The first entry of a moment or later, by halving: so many entries are not read one by one. */
async function placeOf(db: Database, moment: Date, slackMs: number, head: number): Promise<number> {
  const wanted = moment.getTime() + slackMs;
  let [low, high] = [1, head + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const entry = await findEntryFrom(db, middle);
    if (entry && entry.at.getTime() < wanted) low = entry.seq + 1;
    else high = middle;
  }
  return low;
}
