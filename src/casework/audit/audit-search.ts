import type { Database } from '../../platform/database.ts';
import type { AuditEntry } from './audit-entry.ts';
import { type AuditFilter, findEntries, findHead } from './audit.repository.ts';

/** Entries that a search looks through before it answers, whatever it has found by then. */
const ENTRIES_A_LOOK = 100_000;
/** A page of a search. */
export type AuditPage = {
  readonly entries: readonly AuditEntry[];
  /** Entries before this one were not looked through; null: there are none. */
  readonly next: number | null;
};

/**
 * Looks for entries, the newest first. It ends at `limit` entries found, or at some number looked through:
 * a search for what is rare answers in time as well, and is asked again for the rest. Moments are compared one
 * by one: clocks that were wrong put them in another order than the chain's, and nothing may hide behind that.
 * @param before the place at which the page before ended
 */
export async function searchEntries(
  db: Database,
  filter: AuditFilter,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
): Promise<AuditPage> {
  const head = (await findHead(db))?.seq ?? 0;
  const last = before === undefined ? head : before - 1;
  const first = Math.max(1, last - ENTRIES_A_LOOK + 1);
  const entries = await findEntries(db, filter, { first, last }, limit);
  const end = entries.length === limit ? (entries.at(-1)?.seq ?? first) : first;
  return { entries, next: end > 1 ? end : null };
}
