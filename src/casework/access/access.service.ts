import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import {
  type ApiKeyRow,
  findCollectionPoint,
  findValidKey,
  insertCollectionPoint,
  insertKey,
  listCollectionPoints,
  revokeKey,
} from './access.repository.ts';
import type { newApiKey, newCollectionPoint } from './access.schema.ts';
import type { Actor } from './actor.ts';

export type AccessService = ReturnType<typeof makeAccessService>;

/** Who may speak to the service: collection points, and API keys by role. */
export function makeAccessService({ db }: { db: Database }) {
  return {
    /** @returns null for a key that is unknown or revoked */
    async authenticate(secret: string): Promise<Actor | null> {
      const key = await findValidKey(db, hashSecret(secret));
      return key && toActor(key);
    },

    /** The secret is returned once; only its hash is kept. */
    async createKey(wanted: z.infer<typeof newApiKey>): Promise<{ id: string; key: string }> {
      if (wanted.role === 'collection-point') {
        const point = await findCollectionPoint(db, wanted.collectionPointId);
        if (!point) throw new HomewardError('NOT_FOUND', 'There is no such collection point.');
      }
      const id = newKeyId();
      const key = `hw_${randomBytes(32).toString('base64url')}`;
      await insertKey(db, { id, secretHash: hashSecret(key), ...wanted });
      return { id, key };
    },

    /** Makes sure that an administrator with this key exists: how the first one comes in. */
    async ensureAdministrator(secret: string): Promise<void> {
      const name = 'first administrator';
      await insertKey(db, { id: newKeyId(), secretHash: hashSecret(secret), role: 'admin', name });
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
