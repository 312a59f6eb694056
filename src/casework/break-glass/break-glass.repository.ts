import { and, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import { type Database, onlyRow } from '../../platform/database.ts';
import { cases } from '../../platform/tables.ts';
import { breakGlassGrants } from '../../platform/vault-tables.ts';
import type { GRANT_STATES } from './break-glass.schema.ts';

export type GrantRow = typeof breakGlassGrants.$inferSelect;

const MOST_GRANTS = 1_000;
const LASTS = sql`interval '1 hour'`;

export async function insertGrant(
  db: Database,
  grant: { caseId: string; reason: string; openedBy: string },
): Promise<GrantRow> {
  return onlyRow(
    await db
      .insert(breakGlassGrants)
      .values({ ...grant, expiresAt: sql`now() + ${LASTS}` })
      .returning(),
  );
}

/** A grant that lasts, of who opened it. */
export async function findLastingGrant(
  db: Database,
  id: string,
  openedBy: string,
): Promise<GrantRow | null> {
  const { openedBy: opener, expiresAt } = breakGlassGrants;
  const [row] = await db
    .select()
    .from(breakGlassGrants)
    .where(and(eq(breakGlassGrants.id, id), eq(opener, openedBy), gt(expiresAt, sql`now()`)));
  return row ?? null;
}

export async function lockGrant(tx: Database, id: string): Promise<GrantRow | null> {
  const [row] = await tx
    .select()
    .from(breakGlassGrants)
    .where(eq(breakGlassGrants.id, id))
    .for('update');
  return row ?? null;
}

export async function writeReview(
  tx: Database,
  id: string,
  review: { verdict: 'justified' | 'unjustified'; remark: string; reviewedBy: string },
): Promise<void> {
  await tx
    .update(breakGlassGrants)
    .set({ ...review, reviewedAt: sql`now()` })
    .where(eq(breakGlassGrants.id, id));
}

/** The oldest unreviewed ones, or the newest reviewed ones, with the numbers of their cases. */
export async function listGrants(
  db: Database,
  state: (typeof GRANT_STATES)[number],
): Promise<{ grant: GrantRow; number: string }[]> {
  const { openedAt, reviewedAt, id } = breakGlassGrants;
  return db
    .select({ grant: breakGlassGrants, number: cases.number })
    .from(breakGlassGrants)
    .innerJoin(cases, eq(cases.id, breakGlassGrants.caseId))
    .where(state === 'unreviewed' ? isNull(reviewedAt) : isNotNull(reviewedAt))
    .orderBy(...(state === 'unreviewed' ? [openedAt, id] : [desc(reviewedAt), id]))
    .limit(MOST_GRANTS);
}
