import { asc, eq } from 'drizzle-orm';
import { type Database, onlyRow } from '../../platform/database.ts';
import { frequencyTables } from '../../platform/tables.ts';

export type FrequencyTableRow = typeof frequencyTables.$inferSelect;

/** Adds a table; one with the same content is returned as it is, under its first name. */
export async function saveTable(
  db: Database,
  table: { name: string; contentHash: string; csv: string },
): Promise<{ row: FrequencyTableRow; created: boolean }> {
  const [inserted] = await db
    .insert(frequencyTables)
    .values(table)
    .onConflictDoNothing({ target: frequencyTables.contentHash })
    .returning();
  if (inserted) return { row: inserted, created: true };
  const known = await db
    .select()
    .from(frequencyTables)
    .where(eq(frequencyTables.contentHash, table.contentHash));
  return { row: onlyRow(known), created: false };
}

export async function findTable(db: Database, id: string): Promise<FrequencyTableRow | null> {
  const [row] = await db.select().from(frequencyTables).where(eq(frequencyTables.id, id));
  return row ?? null;
}

export function listTables(db: Database): Promise<FrequencyTableRow[]> {
  return db.select().from(frequencyTables).orderBy(asc(frequencyTables.createdAt));
}
