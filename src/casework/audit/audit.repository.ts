import { and, asc, desc, eq, gte, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { auditEntries } from '../../platform/audit-tables.ts';
import type { Role } from '../access/actor.ts';
import { type AuditEntry, type AuditEvent, type ChainHead, sealEvent } from './audit-entry.ts';

/** Appends events to the chain; one writer at a time, whatever the process. */
export async function appendEvents(db: Database, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('homeward-audit'))`);
    let head = await findHead(tx);
    const entries = events.map((event) => {
      const entry = sealEvent(event, head);
      head = entry;
      return entry;
    });
    await tx.insert(auditEntries).values(entries.map(({ at, ...entry }) => ({ ...entry, at: new Date(at) }))); // prettier-ignore
  });
}

export async function findHead(tx: Database): Promise<ChainHead | null> {
  const { seq, hash } = auditEntries;
  const [head] = await tx.select({ seq, hash }).from(auditEntries).orderBy(desc(seq)).limit(1);
  return head ?? null;
}

/**
 * The chain in its order, some thousand entries at a time.
 * @param from the first of them
 * @param most at which it ends
 */
export async function* readEntries(
  db: Database,
  { from = 1, most = Infinity }: { from?: number; most?: number } = {},
): AsyncGenerator<AuditEntry> {
  let [next, left] = [from, most];
  while (left > 0) {
    const wanted = Math.min(ENTRIES_A_READ, left);
    const rows = await readFrom(db, next, wanted);
    for (const row of rows) yield toEntry(row);
    const last = rows.at(-1);
    if (!last || rows.length < wanted) return;
    [next, left] = [last.seq + 1, left - rows.length];
  }
}

function readFrom(db: Database, first: number, limit: number) {
  return db
    .select()
    .from(auditEntries)
    .where(gte(auditEntries.seq, first))
    .orderBy(asc(auditEntries.seq))
    .limit(limit);
}

const ENTRIES_A_READ = 5_000;

function toEntry({ at, ...entry }: typeof auditEntries.$inferSelect): AuditEntry {
  return { ...entry, at: at.toISOString() };
}

/** What entries are looked for; what is left out may be anything. */
export type AuditFilter = {
  /** A key or person. */
  readonly actor?: string | undefined;
  readonly role?: Role | undefined;
  /** Stands in method and route, in capitals or not. */
  readonly action?: string | undefined;
  /** An id that the path named. */
  readonly object?: string | undefined;
  /** Both within. */
  readonly statuses?: { readonly least: number; readonly most: number } | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
};

/**
 * The entries that fit, the newest first, among those of a range.
 * @param range its first and its last entry
 */
export async function findEntries(
  db: Database,
  filter: AuditFilter,
  range: { readonly first: number; readonly last: number },
  limit: number,
): Promise<AuditEntry[]> {
  const { seq } = auditEntries;
  const rows = await db
    .select()
    .from(auditEntries)
    .where(and(gte(seq, range.first), lte(seq, range.last), ...conditionsOf(filter)))
    .orderBy(desc(seq))
    .limit(limit);
  return rows.map(toEntry);
}

function conditionsOf({ actor, role, action, object, statuses, from, to }: AuditFilter) {
  const { status, at } = auditEntries;
  const conditions: (SQL | undefined)[] = [
    actor === undefined ? undefined : eq(auditEntries.actor, actor),
    role === undefined ? undefined : eq(auditEntries.role, role),
    action === undefined
      ? undefined
      : sql`position(lower(${action}) in lower(${auditEntries.action})) > 0`,
    object === undefined
      ? undefined
      : sql`exists (select from jsonb_each_text(${auditEntries.object}) named where named.value = ${object})`,
    statuses && and(gte(status, statuses.least), lte(status, statuses.most)),
    from && gte(at, from),
    to && lt(at, to),
  ];
  return conditions;
}
