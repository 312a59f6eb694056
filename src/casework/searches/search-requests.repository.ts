import { and, asc, count, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import { type Database, isAnyOf } from '../../platform/database.ts';
import { policies, searchRequests } from '../../platform/tables.ts';

export type SearchRequestRow = typeof searchRequests.$inferSelect;

/**
 * Requests that nobody was offered yet, or long enough ago that the offer may be lost with the
 * queue. Offering one twice does no harm. None while no policy is in force.
 */
export async function claimForOffer(
  db: Database,
  limit: number,
  leaseSeconds: number,
): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    update search_requests set offered_at = now()
    where id in (
      select id from search_requests
      where state = 'pending'
        and (offered_at is null or offered_at < now() - make_interval(secs => ${leaseSeconds}))
        and exists (select 1 from ${policies} where active)
      order by id limit ${limit} for update skip locked)
    returning id`);
  return rows.map(({ id }) => Number(id)).sort((a, b) => a - b);
}

/**
 * Makes requests new again: what was put aside after failing, which may have been a passing trouble,
 * or everything that is not done, which a stopped service left in a queue that may be gone.
 */
export async function reviveRequests(db: Database, which: 'failed' | 'unfinished'): Promise<void> {
  const { state } = searchRequests;
  await db
    .update(searchRequests)
    .set({ state: 'pending', offeredAt: null, finishedAt: null, attempts: 0 })
    .where(inOrder(db, which === 'failed' ? eq(state, 'failed') : ne(state, 'done')));
}

/** Rows are locked in one order by everybody who changes several, so that none waits for another in a circle. */
function inOrder(db: Database, condition: SQL | undefined): SQL {
  const { id } = searchRequests;
  const locked = db.select({ id }).from(searchRequests).where(condition).orderBy(asc(id)).for('no key update'); // prettier-ignore
  return inArray(id, locked);
}

/** The pending ones among these, each counted as tried once more. */
export async function startAttempts(
  db: Database,
  ids: readonly number[],
): Promise<SearchRequestRow[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .update(searchRequests)
    .set({ attempts: sql`${searchRequests.attempts} + 1` })
    .where(
      inOrder(db, and(inArray(searchRequests.id, [...ids]), eq(searchRequests.state, 'pending'))),
    )
    .returning();
  return rows.sort((a, b) => a.id - b.id);
}

/** Those that somebody else has finished stay as they are. */
export async function finishRequests(
  tx: Database,
  ids: readonly number[],
  policyId: string,
): Promise<void> {
  await tx
    .update(searchRequests)
    .set({ state: 'done', finishedAt: new Date(), policyId, failure: null })
    .where(
      inOrder(tx, and(inArray(searchRequests.id, [...ids]), ne(searchRequests.state, 'done'))),
    );
}

export async function failRequest(db: Database, id: number, failure: string): Promise<void> {
  await db
    .update(searchRequests)
    .set({ state: 'failed', finishedAt: new Date(), failure })
    .where(and(eq(searchRequests.id, id), eq(searchRequests.state, 'pending')));
}

/** False once its sample, or its staff profile, was withdrawn. */
export async function isThere(db: Database, id: number): Promise<boolean> {
  const rows = await db.select({ id: searchRequests.id }).from(searchRequests).where(eq(searchRequests.id, id)); // prettier-ignore
  return rows.length > 0;
}

export type RequestCounts = { pending: number; done: number; failed: number };

export async function countRequests(db: Database): Promise<RequestCounts> {
  const states = await db
    .select({ state: searchRequests.state, requests: count() })
    .from(searchRequests)
    .groupBy(searchRequests.state);
  const requests = (state: string): number =>
    states.find((row) => row.state === state)?.requests ?? 0;
  return { pending: requests('pending'), done: requests('done'), failed: requests('failed') };
}

/** Asks for profiles to be compared with everybody, in the transaction that changed what they meet. */
export async function insertRequests(tx: Database, profileIds: readonly string[]): Promise<void> {
  if (profileIds.length === 0) return;
  await tx.insert(searchRequests).values(profileIds.map((profileId) => ({ profileId })));
}

/** Asks for a staff profile to be looked for among everybody's, in the transaction that wrote it. */
export async function insertStaffRequest(tx: Database, staffProfileId: string): Promise<void> {
  // Whoever uploads may write this column alone.
  await tx.execute(sql`insert into search_requests (staff_profile_id) values (${staffProfileId})`);
}

export async function deleteStaffRequests(tx: Database, staffProfileId: string): Promise<void> {
  await deleteInOrder(tx, eq(searchRequests.staffProfileId, staffProfileId));
}

export async function deleteRequests(tx: Database, profileIds: readonly string[]): Promise<void> {
  await deleteInOrder(tx, isAnyOf(searchRequests.profileId, profileIds, 'uuid'));
}

/** One after the other, as {@link inOrder} locks them: whoever deletes may not lock without it. */
async function deleteInOrder(tx: Database, condition: SQL): Promise<void> {
  const { id } = searchRequests;
  const rows = await tx.select({ id }).from(searchRequests).where(condition).orderBy(asc(id));
  for (const row of rows) await tx.delete(searchRequests).where(eq(id, row.id));
}
