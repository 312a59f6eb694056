import { and, desc, eq, lt, or, sql } from 'drizzle-orm';
import { type Database, onlyRow } from '../../platform/database.ts';
import { sweeps } from '../../platform/sweep-tables.ts';

export type SweepRow = typeof sweeps.$inferSelect;

/** Sweeps begin and end one after the other. Held until the transaction ends. */
export async function lockSweeps(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('homeward-sweeps'))`);
}

/** The time is that of the statement: a transaction may have waited for its turn. */
export async function insertSweep(
  tx: Database,
  sweep: Pick<SweepRow, 'policyId' | 'previousPolicyId' | 'reason' | 'engineVersion'>,
): Promise<SweepRow> {
  const requestedAt = sql`clock_timestamp()`;
  return onlyRow(
    await tx
      .insert(sweeps)
      .values({ ...sweep, requestedAt })
      .returning(),
  );
}

export async function cancelRunning(tx: Database): Promise<void> {
  await tx
    .update(sweeps)
    .set({ state: 'cancelled', endedAt: new Date() })
    .where(eq(sweeps.state, 'running'));
}

export async function setSweepState(
  tx: Database,
  id: string,
  state: SweepRow['state'],
): Promise<void> {
  const endedAt = state === 'running' ? null : new Date();
  await tx.update(sweeps).set({ state, endedAt }).where(eq(sweeps.id, id));
}

export async function findSweep(db: Database, id: string): Promise<SweepRow | null> {
  const [row] = await db.select().from(sweeps).where(eq(sweeps.id, id));
  return row ?? null;
}

/** A sweep, locked until the transaction ends. */
export async function lockSweep(tx: Database, id: string): Promise<SweepRow | null> {
  const [row] = await tx.select().from(sweeps).where(eq(sweeps.id, id)).for('no key update');
  return row ?? null;
}

export async function findRunningSweep(db: Database): Promise<SweepRow | null> {
  const [row] = await db.select().from(sweeps).where(eq(sweeps.state, 'running'));
  return row ?? null;
}

export async function findLastSweep(db: Database, policyId: string): Promise<SweepRow | null> {
  const [row] = await db
    .select()
    .from(sweeps)
    .where(eq(sweeps.policyId, policyId))
    .orderBy(desc(sweeps.requestedAt))
    .limit(1);
  return row ?? null;
}

/** A sweep that runs and has no blocks yet, locked; null when there is none or another plans it. */
export async function lockUnplanned(tx: Database): Promise<SweepRow | null> {
  const [row] = await tx
    .select()
    .from(sweeps)
    .where(and(eq(sweeps.state, 'running'), sql`${sweeps.plannedAt} is null`))
    .for('no key update', { skipLocked: true });
  return row ?? null;
}

export async function hasUnplanned(db: Database): Promise<boolean> {
  const rows = await db
    .select({ id: sweeps.id })
    .from(sweeps)
    .where(and(eq(sweeps.state, 'running'), sql`${sweeps.plannedAt} is null`));
  return rows.length > 0;
}

/** Notes what the blocks were made from: the sizes, and what had committed. */
export async function markPlanned(
  tx: Database,
  id: string,
  size: { unknowns: number; families: number },
): Promise<void> {
  await tx
    .update(sweeps)
    .set({ ...size, plannedAt: new Date(), snapshot: sql`pg_current_snapshot()::text` })
    .where(eq(sweeps.id, id));
}

/** Sweeps, the newest first. */
export async function listSweeps(
  db: Database,
  { after, limit }: { after: string | null; limit: number },
): Promise<SweepRow[]> {
  const last = after === null ? null : await findSweep(db, after);
  const { requestedAt, id } = sweeps;
  return db
    .select()
    .from(sweeps)
    .where(
      last
        ? or(
            lt(requestedAt, last.requestedAt),
            and(eq(requestedAt, last.requestedAt), lt(id, last.id)),
          )
        : undefined,
    )
    .orderBy(desc(requestedAt), desc(id))
    .limit(limit);
}
