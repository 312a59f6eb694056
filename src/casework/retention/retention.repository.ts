import {
  and,
  desc,
  eq,
  exists,
  getTableColumns,
  gte,
  isNull,
  lt,
  not,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Database, onlyRow } from '../../platform/database.ts';
import { cases, samples } from '../../platform/tables.ts';
import { consents, legalHolds } from '../../platform/vault-tables.ts';
import type { HOLD_STATES } from './retention.schema.ts';

type HoldRow = typeof legalHolds.$inferSelect;

/** A hold, with its case by the number that people know. */
export type Hold = Omit<HoldRow, 'caseId'> & { readonly caseId: string };

const MOST_HOLDS = 1_000;

const standing = (): SQL | undefined =>
  and(isNull(legalHolds.releasedAt), gte(legalHolds.until, sql`current_date`));
const ended = (): SQL | undefined =>
  or(sql`${legalHolds.releasedAt} is not null`, lt(legalHolds.until, sql`current_date`));

/**
 * Whoever places a hold waits for those who withdraw samples of the case, and they for him. A lock of its
 * own: rows of cases are locked in an order that starts with no single one.
 */
export async function lockHolds(
  tx: Database,
  caseId: string,
  purpose: 'place' | 'withdraw',
): Promise<void> {
  const lock = purpose === 'place' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
  const key = `legal holds ${caseId}`;
  await tx.execute(sql`select ${sql.raw(lock)}(hashtextextended(${key}, 0))`);
}

export async function findCaseOfSample(tx: Database, sampleId: string): Promise<string | null> {
  const [row] = await tx
    .select({ caseId: samples.caseId })
    .from(samples)
    .where(eq(samples.id, sampleId));
  return row?.caseId ?? null;
}

export async function findStandingHold(
  tx: Database,
  caseId: string,
): Promise<Pick<HoldRow, 'id' | 'until'> | null> {
  const [row] = await tx
    .select({ id: legalHolds.id, until: legalHolds.until })
    .from(legalHolds)
    .where(and(eq(legalHolds.caseId, caseId), standing()))
    .orderBy(desc(legalHolds.until))
    .limit(1);
  return row ?? null;
}

export async function insertHold(
  tx: Database,
  hold: typeof legalHolds.$inferInsert,
): Promise<HoldRow> {
  return onlyRow(await tx.insert(legalHolds).values(hold).returning());
}

/** The newest {@link MOST_HOLDS}. */
export function listHolds(db: Database, state: (typeof HOLD_STATES)[number]): Promise<Hold[]> {
  return db
    .select({ ...getTableColumns(legalHolds), caseId: cases.number })
    .from(legalHolds)
    .innerJoin(cases, eq(cases.id, legalHolds.caseId))
    .where(state === 'standing' ? standing() : ended())
    .orderBy(desc(legalHolds.placedAt), desc(legalHolds.id))
    .limit(MOST_HOLDS);
}

/** @returns false when there is no such hold that was standing */
export async function releaseHold(db: Database, id: string, by: string): Promise<boolean> {
  const released = await db
    .update(legalHolds)
    .set({ releasedBy: by, releasedAt: sql`now()` })
    .where(and(eq(legalHolds.id, id), standing()))
    .returning({ id: legalHolds.id });
  return released.length > 0;
}

/** Samples for which no consent reaches to this day and no hold stands, the longest overdue first. */
export async function findEndedSamples(db: Database, most: number): Promise<string[]> {
  const later = alias(consents, 'later');
  const isKept = db
    .select({ one: sql`1` })
    .from(later)
    .where(
      and(
        eq(later.collectionPointId, consents.collectionPointId),
        eq(later.sampleCode, consents.sampleCode),
        isNull(later.withdrawnAt),
        gte(later.retainUntil, sql`current_date`),
      ),
    );
  const isHeld = db
    .select({ one: sql`1` })
    .from(legalHolds)
    .where(and(eq(legalHolds.caseId, samples.caseId), standing()));
  const rows = await db
    .select({ id: samples.id })
    .from(consents)
    .innerJoin(
      samples,
      and(
        eq(samples.collectionPointId, consents.collectionPointId),
        eq(samples.code, consents.sampleCode),
      ),
    )
    .where(
      and(
        isNull(consents.withdrawnAt),
        lt(consents.retainUntil, sql`current_date`),
        not(exists(isKept)),
        not(exists(isHeld)),
      ),
    )
    .groupBy(samples.id)
    .orderBy(sql`min(${consents.retainUntil})`, samples.id)
    .limit(most);
  return rows.map(({ id }) => id);
}
