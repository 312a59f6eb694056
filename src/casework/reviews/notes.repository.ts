import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { reviewNotes } from '../../platform/review-tables.ts';

export type NoteRow = typeof reviewNotes.$inferSelect;

export async function insertNote(
  tx: Database,
  note: typeof reviewNotes.$inferInsert,
): Promise<void> {
  await tx.insert(reviewNotes).values(note);
}

/** The oldest first. */
export function listNotes(db: Database, candidateId: string): Promise<NoteRow[]> {
  return db
    .select()
    .from(reviewNotes)
    .where(eq(reviewNotes.candidateId, candidateId))
    .orderBy(asc(reviewNotes.writtenAt), asc(reviewNotes.id));
}
