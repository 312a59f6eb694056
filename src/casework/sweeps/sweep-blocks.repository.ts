import { and, count, eq, inArray, ne, sql } from 'drizzle-orm';
import { type Database, onlyRow } from '../../platform/database.ts';
import { sweepBlocks, sweeps } from '../../platform/sweep-tables.ts';
import { samples } from '../../platform/tables.ts';

export type SweepBlock = Pick<
  typeof sweepBlocks.$inferSelect,
  'id' | 'sweepId' | 'fromSampleId' | 'toSampleId' | 'familyShard' | 'attempts'
>;

/**
 * Cuts everybody of unknown origin whom this transaction sees into ranges of samples, and makes a
 * block of each range with each shard of the families.
 */
export async function insertBlocks(
  tx: Database,
  sweepId: string,
  { unknownsABlock, shards }: { unknownsABlock: number; shards: number },
): Promise<void> {
  await tx.execute(sql`
    insert into ${sweepBlocks} (sweep_id, from_sample_id, to_sample_id, family_shard)
    select ${sweepId}::uuid, cut.first, cut.next, shard
    from (
      select id as first, lead(id) over (order by id) as next
      from (
        select id, row_number() over (order by id) - 1 as place
        from ${samples} where family_id is null) as people
      where place % ${unknownsABlock}::int = 0) as cut,
      generate_series(0, ${shards}::int - 1) as shard
    order by cut.first, shard`);
}

export async function countSides(tx: Database): Promise<{ unknowns: number; families: number }> {
  return onlyRow(
    await tx.execute<{ unknowns: number; families: number }>(sql`
      select count(*) filter (where family_id is null)::int as unknowns,
        count(distinct family_id)::int as families
      from ${samples}`),
  );
}

/** Pending blocks that nobody was offered yet, or whose worker has said nothing for a lease. */
export async function claimBlocks(
  db: Database,
  engineVersion: string,
  limit: number,
  leaseSeconds: number,
): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    update ${sweepBlocks} set offered_at = now()
    where id in (
      select b.id from sweep_blocks b join sweeps s on s.id = b.sweep_id
      where b.state = 'pending' and s.state = 'running' and s.engine_version = ${engineVersion}
        and (b.offered_at is null or b.offered_at < now() - make_interval(secs => ${leaseSeconds}))
      order by b.id limit ${limit} for update of b skip locked)
    returning id`);
  return rows.map(({ id }) => Number(id)).sort((a, b) => a - b);
}

/** The block with its policy, counted as tried once more; null when it is not to be worked on. */
export async function startBlock(
  db: Database,
  id: number,
  engineVersion: string,
): Promise<(SweepBlock & { policyId: string }) | null> {
  const [block] = await db
    .update(sweepBlocks)
    .set({ attempts: sql`${sweepBlocks.attempts} + 1`, offeredAt: sql`now()` })
    .from(sweeps)
    .where(
      and(
        eq(sweepBlocks.id, id),
        eq(sweepBlocks.state, 'pending'),
        eq(sweeps.id, sweepBlocks.sweepId),
        eq(sweeps.state, 'running'),
        eq(sweeps.engineVersion, engineVersion),
      ),
    )
    .returning({
      id: sweepBlocks.id,
      sweepId: sweepBlocks.sweepId,
      fromSampleId: sweepBlocks.fromSampleId,
      toSampleId: sweepBlocks.toSampleId,
      familyShard: sweepBlocks.familyShard,
      attempts: sweepBlocks.attempts,
      policyId: sweeps.policyId,
    });
  return block ?? null;
}

/** Keeps the block from being offered to others; false when there is no reason to go on. */
export async function renewBlock(db: Database, id: number): Promise<boolean> {
  const renewed = await db
    .update(sweepBlocks)
    .set({ offeredAt: sql`now()` })
    .from(sweeps)
    .where(
      and(
        eq(sweepBlocks.id, id),
        eq(sweepBlocks.state, 'pending'),
        eq(sweeps.id, sweepBlocks.sweepId),
        eq(sweeps.state, 'running'),
      ),
    )
    .returning({ id: sweepBlocks.id });
  return renewed.length > 0;
}

/** Gives up a block that is not done: somebody else may take it at once. */
export async function releaseBlock(db: Database, id: number): Promise<void> {
  await db
    .update(sweepBlocks)
    .set({ offeredAt: null, attempts: sql`greatest(${sweepBlocks.attempts} - 1, 0)` })
    .where(and(eq(sweepBlocks.id, id), eq(sweepBlocks.state, 'pending')));
}

export async function finishBlock(tx: Database, id: number): Promise<void> {
  await tx
    .update(sweepBlocks)
    .set({ state: 'done', finishedAt: new Date(), failure: null })
    .where(and(eq(sweepBlocks.id, id), ne(sweepBlocks.state, 'done')));
}

export async function failBlock(db: Database, id: number, failure: string): Promise<void> {
  await db
    .update(sweepBlocks)
    .set({ state: 'failed', finishedAt: new Date(), failure })
    .where(and(eq(sweepBlocks.id, id), eq(sweepBlocks.state, 'pending')));
}

/** Makes blocks of running sweeps new again: `failed` ones, or everything that is not done. */
export async function reviveBlocks(db: Database, which: 'failed' | 'unfinished'): Promise<void> {
  const running = db.select({ id: sweeps.id }).from(sweeps).where(eq(sweeps.state, 'running'));
  await db
    .update(sweepBlocks)
    .set({ state: 'pending', offeredAt: null, finishedAt: null, attempts: 0 })
    .where(
      and(
        which === 'failed' ? eq(sweepBlocks.state, 'failed') : ne(sweepBlocks.state, 'done'),
        inArray(sweepBlocks.sweepId, running),
      ),
    );
}

export type BlockCounts = { pending: number; done: number; failed: number };

/** Blocks by sweep; a sweep that is not planned is left out. */
export async function countBlocks(
  db: Database,
  sweepIds: readonly string[],
): Promise<Map<string, BlockCounts>> {
  const counts = new Map<string, BlockCounts>();
  if (sweepIds.length === 0) return counts;
  const rows = await db
    .select({ sweepId: sweepBlocks.sweepId, state: sweepBlocks.state, blocks: count() })
    .from(sweepBlocks)
    .where(inArray(sweepBlocks.sweepId, [...sweepIds]))
    .groupBy(sweepBlocks.sweepId, sweepBlocks.state);
  for (const { sweepId, state, blocks } of rows) {
    const known = counts.get(sweepId) ?? { pending: 0, done: 0, failed: 0 };
    counts.set(sweepId, { ...known, [state]: blocks });
  }
  return counts;
}

export async function isFinished(tx: Database, sweepId: string): Promise<boolean> {
  const [left] = await tx
    .select({ id: sweepBlocks.id })
    .from(sweepBlocks)
    .where(and(eq(sweepBlocks.sweepId, sweepId), ne(sweepBlocks.state, 'done')))
    .limit(1);
  return left === undefined;
}
