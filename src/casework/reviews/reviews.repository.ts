import { asc, eq } from 'drizzle-orm';
import { type Database, isAnyOf } from '../../platform/database.ts';
import { reviewClaims, reviewDecisions, reviewNotes } from '../../platform/review-tables.ts';

export type DecisionRow = typeof reviewDecisions.$inferSelect;

export async function insertDecision(
  tx: Database,
  decision: typeof reviewDecisions.$inferInsert,
): Promise<void> {
  await tx.insert(reviewDecisions).values(decision);
}

/** In the order of signing. */
export function listDecisions(db: Database, candidateId: string): Promise<DecisionRow[]> {
  return db
    .select()
    .from(reviewDecisions)
    .where(eq(reviewDecisions.candidateId, candidateId))
    .orderBy(asc(reviewDecisions.round), asc(reviewDecisions.ordinal));
}

/** What was said of candidates that are removed goes with them. */
export async function deleteReviews(tx: Database, candidateIds: readonly string[]): Promise<void> {
  for (const table of [reviewDecisions, reviewClaims, reviewNotes]) {
    await tx.delete(table).where(isAnyOf(table.candidateId, candidateIds, 'uuid'));
  }
}
