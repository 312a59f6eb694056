import { and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { apiKeys, collectionPoints } from '../../platform/tables.ts';

export type ApiKeyRow = typeof apiKeys.$inferSelect;
export type CollectionPointRow = typeof collectionPoints.$inferSelect;
export type NewKey = typeof apiKeys.$inferInsert & { expiresAt: Date };

/** Neither revoked nor expired. */
const isValid = (): SQL | undefined =>
  and(isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, sql`now()`));

export async function findValidKey(
  db: Database,
  key: { secretHash: string } | { id: string },
): Promise<ApiKeyRow | null> {
  const isIt = 'id' in key ? eq(apiKeys.id, key.id) : eq(apiKeys.secretHash, key.secretHash);
  const [row] = await db.select().from(apiKeys).where(and(isIt, isValid()));
  return row ?? null;
}

/** Adds a key; of one with the same secret the expiry alone is set. */
export async function insertKey(db: Database, key: NewKey): Promise<void> {
  await db
    .insert(apiKeys)
    .values(key)
    .onConflictDoUpdate({ target: apiKeys.secretHash, set: { expiresAt: key.expiresAt } });
}

export function listKeys(db: Database): Promise<ApiKeyRow[]> {
  return db.select().from(apiKeys).orderBy(asc(apiKeys.createdAt), asc(apiKeys.id));
}

/** Lets a key expire at a moment, if it does not before. */
export async function expireKey(db: Database, id: string, at: Date): Promise<void> {
  await db
    .update(apiKeys)
    .set({ expiresAt: at })
    .where(and(eq(apiKeys.id, id), gt(apiKeys.expiresAt, at)));
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
