import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { hashSecret, makeSecret } from '../../platform/secret.ts';
import { requireCollectionPoint } from '../collection-points/collection-points.service.ts';
import {
  deleteOldNonces,
  expireKey,
  findValidKey,
  insertKey,
  insertNonce,
  insertSigningKey,
  listKeys,
  type NewKey,
  revokeKey,
} from './access.repository.ts';
import type { keyRotation, newApiKey } from './access.schema.ts';
import { type Actor, type Role, toActor } from './actor.ts';
import { canonicalPem } from './public-key.ts';

/** The secret is shown once; a key that signs has none. */
type CreatedKey = { readonly id: string; readonly key: string | null; readonly expiresAt: Date };

/** Whose signature it would be, and what to check it with. */
export type RequestSigner = { readonly actor: Actor; readonly publicKey: string };

export type AccessService = ReturnType<typeof makeAccessService>;

/** Who may speak to the service: API keys by role. */
export function makeAccessService({ db }: { db: Database }) {
  /** @throws HomewardError NOT_FOUND where the scope is a collection point that does not exist */
  async function requirePoint(scope: { role: Role; collectionPointId?: string }): Promise<void> {
    if (scope.collectionPointId !== undefined) {
      await requireCollectionPoint(db, scope.collectionPointId);
    }
  }

  return {
    /** @returns null for a key that is unknown, revoked or expired */
    async authenticate(secret: string): Promise<Actor | null> {
      const key = await findValidKey(db, { secretHash: hashSecret(secret) });
      return key && toActor(key);
    },

    /** @returns null for a key that is unknown, revoked, expired, or does not sign */
    async findSigner(id: string): Promise<RequestSigner | null> {
      const key = await findValidKey(db, { id });
      return key?.publicKey ? { actor: toActor(key), publicKey: key.publicKey } : null;
    },

    /**
     * Takes a nonce of a signed request.
     * @param seconds for which a request with it could come again
     * @returns false when the key has used it before
     */
    async takeNonce(keyId: string, nonce: string, seconds: number): Promise<boolean> {
      await deleteOldNonces(db);
      return insertNonce(db, { keyId, nonce, expiresAt: after(seconds * 1_000) });
    },

    /** The secret is returned once; only its hash is kept. */
    async createKey(wanted: z.infer<typeof newApiKey>): Promise<CreatedKey> {
      await requirePoint(wanted);
      return addKey(db, wanted, wanted.expiresInDays);
    },

    requirePoint,

    /**
     * A key with another secret for the same role and scope, while the old one is good for some time. One
     * that signs is given another public key.
     */
    async rotateKey(
      id: string,
      { expiresInDays, overlapHours, publicKey }: z.infer<typeof keyRotation>,
    ): Promise<CreatedKey> {
      return db.transaction(async (tx) => {
        const old = await findValidKey(tx, { id });
        if (!old) throw new HomewardError('NOT_FOUND');
        if ((publicKey === undefined) !== (old.publicKey === null)) {
          const message = old.publicKey ? 'is needed: this key signs' : 'leave it out: this key has a secret'; // prettier-ignore
          throw new HomewardError('REQUEST_INVALID', undefined, [{ field: 'publicKey', message }]);
        }
        const made = await addKey(tx, { ...old, publicKey }, expiresInDays);
        await expireKey(tx, id, after(overlapHours * HOUR_MS));
        return made;
      });
    },

    async listKeys() {
      const rows = await listKeys(db);
      return rows.map(({ secretHash: _, publicKey, ...key }) => ({ ...key, signs: publicKey !== null })); // prettier-ignore
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
  };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEAR_DAYS = 365;

function after(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds);
}

/** What a key is made from. */
type KeyWanted = Pick<NewKey, 'role' | 'name' | 'collectionPointId' | 'jurisdiction'> & {
  publicKey?: string | undefined;
};

async function addKey(
  db: Database,
  { role, name, collectionPointId, jurisdiction, publicKey }: KeyWanted,
  expiresInDays: number,
): Promise<CreatedKey> {
  const id = newKeyId();
  const expiresAt = after(expiresInDays * DAY_MS);
  const key = { id, role, name, collectionPointId, jurisdiction, expiresAt };
  if (publicKey !== undefined) {
    if (!(await insertSigningKey(db, { ...key, publicKey: canonicalPem(publicKey) }))) {
      throw new HomewardError(
        'CONFLICT',
        'This public key was registered before; make a new pair.',
      );
    }
    return { id, key: null, expiresAt };
  }
  const secret = `hw_${makeSecret()}`;
  await insertKey(db, { ...key, secretHash: hashSecret(secret) });
  return { id, key: secret, expiresAt };
}

function newKeyId(): string {
  return `key_${randomBytes(8).toString('hex')}`;
}
