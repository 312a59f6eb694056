import { and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { apiKeys, requestNonces } from '../../platform/access-tables.ts';

export type ApiKeyRow = typeof apiKeys.$inferSelect;
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

/** @returns false when the public key was registered before */
export async function insertSigningKey(db: Database, key: NewKey): Promise<boolean> {
  const added = await db
    .insert(apiKeys)
    .values(key)
    .onConflictDoNothing({ target: apiKeys.publicKey })
    .returning({ id: apiKeys.id });
  return added.length > 0;
}

/** @returns false when the key has used the nonce before */
export async function insertNonce(
  db: Database,
  used: typeof requestNonces.$inferInsert,
): Promise<boolean> {
  const added = await db
    .insert(requestNonces)
    .values(used)
    .onConflictDoNothing()
    .returning({ nonce: requestNonces.nonce });
  return added.length > 0;
}

/** Forgets some nonces that are out of their time; whoever else does so meanwhile is not waited for. */
export async function deleteOldNonces(db: Database): Promise<void> {
  await db.execute(sql`
    delete from request_nonces where (key_id, nonce) in (
      select key_id, nonce from request_nonces where expires_at < now() limit 100
      for update skip locked)`);
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
