import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { collectionPoints, createdAt, moment, role } from './tables.ts';

/** What a key or a person may do, and where. */
const scopedRole = () => ({
  role: role().notNull(),
  name: text().notNull(),
  /** Set for collection points. */
  collectionPointId: uuid().references(() => collectionPoints.id),
  /** Set for police: leading digits of the division codes that the unit sees. */
  jurisdiction: text(),
});

type ScopedRole = Readonly<Record<'role' | 'collectionPointId' | 'jurisdiction', AnyPgColumn>>;

/** Each role has its scope, and no other. */
const hasScope = (name: string, { role, collectionPointId, jurisdiction }: ScopedRole) =>
  check(
    name,
    sql`(${role} = 'collection-point') = (${collectionPointId} is not null) and (${role} = 'police') = (${jurisdiction} is not null)`,
  );

/** Machines that may speak to the service: by a secret, of which a hash is kept, or by signatures. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: text().primaryKey(),
    /** Null where the key signs. */
    secretHash: text().unique(),
    /** Ed25519, as SPKI in PEM; set where the key signs every request. */
    publicKey: text().unique(),
    ...scopedRole(),
    createdAt: createdAt(),
    /** No longer valid from here on. Keys of releases before 0.4.0 got a year. */
    expiresAt: moment()
      .notNull()
      .default(sql`now() + interval '1 year'`),
    revokedAt: moment(),
  },
  (key) => [
    hasScope('api_keys_scope', key),
    check('api_keys_proof', sql`(${key.secretHash} is null) <> (${key.publicKey} is null)`),
  ],
);

/** Nonces of signed requests, kept until a request with one would be refused as too old. */
export const requestNonces = pgTable(
  'request_nonces',
  {
    keyId: text()
      .notNull()
      .references(() => apiKeys.id),
    nonce: text().notNull(),
    expiresAt: moment().notNull(),
  },
  (used) => [primaryKey({ columns: [used.keyId, used.nonce] }), index().on(used.expiresAt)],
);

/** People who may sign in. What an issuer calls somebody is theirs alone until they are disabled. */
export const users = pgTable(
  'users',
  {
    id: text().primaryKey(),
    issuer: text().notNull(),
    subject: text().notNull(),
    ...scopedRole(),
    createdAt: createdAt(),
    disabledAt: moment(),
  },
  (user) => [
    uniqueIndex('users_subject')
      .on(user.issuer, user.subject)
      .where(sql`${user.disabledAt} is null`),
    hasScope('users_scope', user),
  ],
);

/** Sign-ins that were begun: what must come back from the issuer, once, by the same browser. */
export const signIns = pgTable('sign_ins', {
  /** Of the secret in the browser's cookie. */
  tokenHash: text().primaryKey(),
  state: text().notNull(),
  nonce: text().notNull(),
  codeVerifier: text().notNull(),
  createdAt: createdAt(),
});

/** Sessions of people who signed in. */
export const sessions = pgTable('sessions', {
  /** Of the secret in the browser's cookie. */
  tokenHash: text().primaryKey(),
  userId: text()
    .notNull()
    .references(() => users.id),
  createdAt: createdAt(),
  lastSeenAt: createdAt(),
});
