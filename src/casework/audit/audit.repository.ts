import { asc, desc, gt, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { auditEntries } from '../../platform/audit-tables.ts';
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

async function findHead(tx: Database): Promise<ChainHead | null> {
  const { seq, hash } = auditEntries;
  const [head] = await tx.select({ seq, hash }).from(auditEntries).orderBy(desc(seq)).limit(1);
  return head ?? null;
}

/** The chain from its first entry on, some thousand at a time. */
export async function* readEntries(db: Database): AsyncGenerator<AuditEntry> {
  for (let after: number | undefined = 0; after !== undefined;) {
    const rows = await db
      .select()
      .from(auditEntries)
      .where(gt(auditEntries.seq, after))
      .orderBy(asc(auditEntries.seq))
      .limit(ENTRIES_A_READ);
    for (const { at, ...entry } of rows) yield { ...entry, at: at.toISOString() };
    after = rows.at(ENTRIES_A_READ - 1)?.seq;
  }
}

const ENTRIES_A_READ = 5_000;
