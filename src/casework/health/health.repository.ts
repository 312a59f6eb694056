import { sql } from 'drizzle-orm';
import { type Database, onlyRow } from '../../platform/database.ts';

/** Work of one kind as the database has it. */
export type WorkCounts = {
  readonly pending: number;
  readonly failed: number;
  /** Null where nothing waits. */
  readonly oldestAt: Date | null;
};

/** Search requests, and the blocks of the sweep that runs. */
export async function countWork(
  db: Database,
): Promise<Readonly<Record<'searches' | 'sweeps', WorkCounts>>> {
  const searches = await db.execute<CountedWork>(sql`
    select count(*) filter (where state = 'pending')::int as pending,
      count(*) filter (where state = 'failed')::int as failed,
      min(requested_at) filter (where state = 'pending') as "oldestAt"
    from search_requests where state <> 'done'`);
  const sweeps = await db.execute<CountedWork>(sql`
    select count(*) filter (where b.state = 'pending')::int as pending,
      count(*) filter (where b.state = 'failed')::int as failed,
      min(s.planned_at) filter (where b.state = 'pending') as "oldestAt"
    from sweep_blocks b join sweeps s on s.id = b.sweep_id
    where s.state = 'running' and b.state <> 'done'`);
  return { searches: toWork(onlyRow(searches)), sweeps: toWork(onlyRow(sweeps)) };
}

type CountedWork = { pending: number; failed: number; oldestAt: string | null };

function toWork({ oldestAt, ...counts }: CountedWork): WorkCounts {
  return { ...counts, oldestAt: oldestAt === null ? null : new Date(oldestAt) };
}

/** Bytes on disk; null where the login may not connect as the role that asks, which then may not know. */
export async function measureDatabase(db: Database): Promise<number | null> {
  const rows = await db.execute<{ bytes: string | null }>(sql`
    select case when has_database_privilege(current_database(), 'CONNECT')
      then pg_database_size(current_database()) end as bytes`);
  const { bytes } = onlyRow(rows);
  return bytes === null ? null : Number(bytes);
}

/** @param db of the search: the only role that may read the list of migrations */
export async function countMigrations(db: Database): Promise<number> {
  const rows = await db.execute<{ applied: number }>(sql`
    select count(*)::int as applied from drizzle.__drizzle_migrations`);
  return onlyRow(rows).applied;
}

export type MessageCounts = { waiting: number; failing: number; abandoned: number };

/** Messages to the webhooks in use. */
export async function countMessages(db: Database): Promise<MessageCounts> {
  const rows = await db.execute<MessageCounts>(sql`
    select count(*) filter (where d.abandoned_at is null)::int as waiting,
      count(*) filter (where d.abandoned_at is null and d.attempts > 0)::int as failing,
      count(*) filter (where d.abandoned_at is not null)::int as abandoned
    from webhook_deliveries d join webhooks w on w.id = d.webhook_id
    where w.disabled_at is null and d.delivered_at is null`);
  return onlyRow(rows);
}

export type CustodyCounts = { custody: number; redraws: number };

/** Alarms that nobody has resolved, and tubes of everybody that are to be drawn again. */
export async function countCustody(db: Database): Promise<CustodyCounts> {
  const rows = await db.execute<CustodyCounts>(sql`
    select (select count(*) from custody_alarms where resolved_at is null)::int as custody,
      (select count(*) from barcodes b
        where b.state in ('lost', 'destroyed') and b.drawn_at is not null and b.typed_at is null
          and b.sample_code is not null
          and not exists (select from barcodes n where n.replaces = b.barcode))::int as redraws`);
  return onlyRow(rows);
}
