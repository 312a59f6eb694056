import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { collectionPoints } from '../../platform/tables.ts';

export type CollectionPointRow = typeof collectionPoints.$inferSelect;
type NewRow = typeof collectionPoints.$inferInsert;
type Change = Pick<
  Required<NewRow>,
  'name' | 'division' | 'address' | 'phone' | 'latitude' | 'longitude' | 'monthlyQuota'
>;

/** What an upload needs to know of its collection point. */
type Standing = Pick<CollectionPointRow, 'division' | 'state' | 'monthlyQuota'>;

/** @returns null when another has the code */
export async function insertCollectionPoint(
  db: Database,
  point: Change & { code: string },
): Promise<CollectionPointRow | null> {
  const [row] = await db
    .insert(collectionPoints)
    .values(point)
    .onConflictDoNothing({ target: collectionPoints.code })
    .returning();
  return row ?? null;
}

/** @param division leading digits of the division code; empty: everywhere */
export function listCollectionPoints(
  db: Database,
  division: string,
): Promise<CollectionPointRow[]> {
  return db
    .select()
    .from(collectionPoints)
    .where(sql`starts_with(${collectionPoints.division}, ${division})`)
    .orderBy(asc(collectionPoints.code));
}

export async function findCollectionPoint(
  db: Database,
  id: string,
): Promise<CollectionPointRow | null> {
  const [row] = await db.select().from(collectionPoints).where(eq(collectionPoints.id, id));
  return row ?? null;
}

/** @returns null when it is missing, or has another version by now */
export async function updateCollectionPoint(
  db: Database,
  { id, version }: { id: string; version: number },
  change: Change,
): Promise<CollectionPointRow | null> {
  const [row] = await db
    .update(collectionPoints)
    .set({ ...change, version: version + 1 })
    .where(and(eq(collectionPoints.id, id), eq(collectionPoints.version, version)))
    .returning();
  return row ?? null;
}

export async function updateState(
  db: Database,
  id: string,
  { state, reason }: { state: CollectionPointRow['state']; reason: string },
): Promise<CollectionPointRow | null> {
  const [row] = await db
    .update(collectionPoints)
    .set({ state, stateReason: reason, version: sql`${collectionPoints.version} + 1` })
    .where(eq(collectionPoints.id, id))
    .returning();
  return row ?? null;
}

/** Locks a collection point against being changed until the transaction ends. */
export async function lockStanding(tx: Database, id: string): Promise<Standing | null> {
  const { division, state, monthlyQuota } = collectionPoints;
  const [row] = await tx
    .select({ division, state, monthlyQuota })
    .from(collectionPoints)
    .where(eq(collectionPoints.id, id))
    .for('share');
  return row ?? null;
}
