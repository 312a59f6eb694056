import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import {
  type ApiKeyRow,
  expireKey,
  findCollectionPoint,
  findValidKey,
  insertCollectionPoint,
  insertKey,
  listCollectionPoints,
  listKeys,
  type NewKey,
  revokeKey,
} from './access.repository.ts';
import type { keyRotation, newApiKey, newCollectionPoint } from './access.schema.ts';
import type { Actor } from './actor.ts';

/** The secret is shown once. */
type CreatedKey = { readonly id: string; readonly key: string; readonly expiresAt: Date };

export type AccessService = ReturnType<typeof makeAccessService>;

/** Who may speak to the service: collection points, and API keys by role. */
export function makeAccessService({ db }: { db: Database }) {
  return {
    /** @returns null for a key that is unknown, revoked or expired */
    async authenticate(secret: string): Promise<Actor | null> {
      const key = await findValidKey(db, { secretHash: hashSecret(secret) });
      return key && toActor(key);
    },

    /** The secret is returned once; only its hash is kept. */
    async createKey(wanted: z.infer<typeof newApiKey>): Promise<CreatedKey> {
      if (wanted.role === 'collection-point') {
        const point = await findCollectionPoint(db, wanted.collectionPointId);
        if (!point) throw new HomewardError('NOT_FOUND', 'There is no such collection point.');
      }
      return addKey(db, wanted, wanted.expiresInDays);
    },

    /** A key with another secret for the same role and scope, while the old one is good for some time. */
    async rotateKey(
      id: string,
      { expiresInDays, overlapHours }: z.infer<typeof keyRotation>,
    ): Promise<CreatedKey> {
      return db.transaction(async (tx) => {
        const old = await findValidKey(tx, { id });
        if (!old) throw new HomewardError('NOT_FOUND');
        const made = await addKey(tx, old, expiresInDays);
        await expireKey(tx, id, after(overlapHours * HOUR_MS));
        return made;
      });
    },

    async listKeys() {
      const rows = await listKeys(db);
      return rows.map(({ secretHash: _, ...key }) => key);
    },

    /**
     * Makes sure that an administrator with this key exists: how the first one comes in. Every start gives
     * it another year, so that nobody is locked out of a service that runs.
     */
    async ensureAdministrator(secret: string): Promise<void> {
      const name = 'first administrator';
      const expiresAt = after(YEAR_DAYS * DAY_MS);
      await insertKey(db, { id: newKeyId(), secretHash: hashSecret(secret), role: 'admin', name, expiresAt }); // prettier-ignore
    },

    async revokeKey(id: string): Promise<void> {
      if (!(await revokeKey(db, id))) throw new HomewardError('NOT_FOUND');
    },

    listCollectionPoints: () => listCollectionPoints(db),

    async createCollectionPoint(point: z.infer<typeof newCollectionPoint>): Promise<string> {
      const id = await insertCollectionPoint(db, point);
      if (id === null)
        throw new HomewardError('CONFLICT', 'A collection point has this code already.');
      return id;
    },
  };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEAR_DAYS = 365;

function after(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds);
}

async function addKey(
  db: Database,
  key: Pick<NewKey, 'role' | 'name' | 'collectionPointId' | 'jurisdiction'>,
  expiresInDays: number,
): Promise<CreatedKey> {
  const { role, name, collectionPointId, jurisdiction } = key;
  const id = newKeyId();
  const secret = `hw_${randomBytes(32).toString('base64url')}`;
  const expiresAt = after(expiresInDays * DAY_MS);
  const secretHash = hashSecret(secret);
  await insertKey(db, { id, secretHash, role, name, collectionPointId, jurisdiction, expiresAt });
  return { id, key: secret, expiresAt };
}

/** Secrets carry 256 random bits, so that a plain hash cannot be searched for them. */
function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function newKeyId(): string {
  return `key_${randomBytes(8).toString('hex')}`;
}

/** The table's constraint sees to it that a key has the scope of its role. */
function required(scope: string | null): string {
  if (scope === null) throw new Error('an API key lacks the scope of its role');
  return scope;
}

function toActor({ id, role, collectionPointId, jurisdiction }: ApiKeyRow): Actor {
  switch (role) {
    case 'collection-point':
      return { keyId: id, role, collectionPointId: required(collectionPointId) };
    case 'police':
      return { keyId: id, role, jurisdiction: required(jurisdiction) };
    default:
      return { keyId: id, role };
  }
}
