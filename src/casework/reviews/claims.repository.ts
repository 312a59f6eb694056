import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { type Database, isAnyOf } from '../../platform/database.ts';
import { reviewClaims } from '../../platform/review-tables.ts';

export type ClaimRow = typeof reviewClaims.$inferSelect;

/** Those that have not ended, the oldest first. */
export function listClaims(db: Database, candidateIds: readonly string[]): Promise<ClaimRow[]> {
  return db
    .select()
    .from(reviewClaims)
    .where(
      and(
        isAnyOf(reviewClaims.candidateId, candidateIds, 'uuid'),
        gt(reviewClaims.expiresAt, sql`now()`),
      ),
    )
    .orderBy(asc(reviewClaims.claimedAt), asc(reviewClaims.analystId));
}

/** Claims, or claims for longer. */
export async function putClaim(
  tx: Database,
  claim: { candidateId: string; analystId: string; claimedBy: string; minutes: number },
): Promise<ClaimRow> {
  const { minutes, ...who } = claim;
  const when = {
    claimedBy: claim.claimedBy,
    claimedAt: sql`now()`,
    expiresAt: sql`now() + make_interval(mins => ${minutes})`,
  };
  const [row] = await tx
    .insert(reviewClaims)
    .values({ ...who, ...when })
    .onConflictDoUpdate({ target: [reviewClaims.candidateId, reviewClaims.analystId], set: when })
    .returning();
  if (!row) throw new Error('a claim was neither written nor renewed');
  return row;
}

/** @returns whether there was one */
export async function deleteClaim(
  tx: Database,
  candidateId: string,
  analystId: string,
): Promise<boolean> {
  const deleted = await tx
    .delete(reviewClaims)
    .where(and(eq(reviewClaims.candidateId, candidateId), eq(reviewClaims.analystId, analystId)))
    .returning({ analystId: reviewClaims.analystId });
  return deleted.length > 0;
}
