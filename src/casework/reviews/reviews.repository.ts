import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { reviewDecisions } from '../../platform/tables.ts';

export type DecisionRow = typeof reviewDecisions.$inferSelect;

export async function insertDecision(
  tx: Database,
  decision: typeof reviewDecisions.$inferInsert,
): Promise<void> {
  await tx.insert(reviewDecisions).values(decision);
}

export function listDecisions(db: Database, candidateId: string): Promise<DecisionRow[]> {
  return db
    .select()
    .from(reviewDecisions)
    .where(eq(reviewDecisions.candidateId, candidateId))
    .orderBy(asc(reviewDecisions.decidedAt));
}
