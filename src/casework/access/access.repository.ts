import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { apiKeys, collectionPoints } from '../../platform/tables.ts';

export type ApiKeyRow = typeof apiKeys.$inferSelect;
export type CollectionPointRow = typeof collectionPoints.$inferSelect;
type NewApiKeyRow = typeof apiKeys.$inferInsert;

export async function findValidKey(db: Database, secretHash: string): Promise<ApiKeyRow | null> {
  const [row] = await db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.secretHash, secretHash), isNull(apiKeys.revokedAt)));
  return row ?? null;
}

/** Adds a key; one with the same secret stays as it is. */
export async function insertKey(db: Database, key: NewApiKeyRow): Promise<void> {
  await db.insert(apiKeys).values(key).onConflictDoNothing({ target: apiKeys.secretHash });
}

/** @returns false when there is no such key that was still valid */
export async function revokeKey(db: Database, id: string): Promise<boolean> {
  const revoked = await db
    .update(apiKeys)
    .set({ revokedAt: new Date() })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id });
  return revoked.length > 0;
}

export async function insertCollectionPoint(
  db: Database,
  point: { code: string; name: string; division: string },
): Promise<string | null> {
  const [row] = await db
    .insert(collectionPoints)
    .values(point)
    .onConflictDoNothing({ target: collectionPoints.code })
    .returning({ id: collectionPoints.id });
  return row?.id ?? null;
}

export function listCollectionPoints(db: Database): Promise<CollectionPointRow[]> {
  return db.select().from(collectionPoints).orderBy(asc(collectionPoints.code));
}

export async function findCollectionPoint(
  db: Database,
  id: string,
): Promise<CollectionPointRow | null> {
  const [row] = await db.select().from(collectionPoints).where(eq(collectionPoints.id, id));
  return row ?? null;
}
