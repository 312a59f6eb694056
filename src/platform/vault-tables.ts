import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  pgSchema,
  pgTable,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  bytea,
  cases,
  collectionPoints,
  createdAt,
  dataKeyPages,
  id,
  moment,
  samples,
} from './tables.ts';

/** Who people are stands apart from what was typed of them: a schema of its own, for grants of its own. */
export const vault = pgSchema('vault');

/**
 * Who gave a sample. Every column of a person is sealed with the data key at `keyPageId` and `keySlot`,
 * so that nobody can search it: see docs/adr/0014-vault-and-consent.md.
 */
export const identities = vault.table(
  'identities',
  {
    sampleId: uuid()
      .primaryKey()
      .references(() => samples.id),
    name: bytea().notNull(),
    nationalId: bytea(),
    phone: bytea(),
    address: bytea(),
    photo: bytea(),
    keyPageId: uuid()
      .notNull()
      .references(() => dataKeyPages.id),
    keySlot: smallint().notNull(),
    writtenAt: createdAt(),
  },
  (identity) => [index().on(identity.keyPageId)],
);

/**
 * What the missing child, or the person who was found, is known by: scars, clothing. Sealed like an identity; of a
 * case, so that it goes with the last of its samples.
 */
export const caseDescriptions = vault.table(
  'case_descriptions',
  {
    caseId: uuid()
      .primaryKey()
      .references(() => cases.id),
    description: bytea().notNull(),
    keyPageId: uuid()
      .notNull()
      .references(() => dataKeyPages.id),
    keySlot: smallint().notNull(),
  },
  (described) => [index().on(described.keyPageId)],
);

/**
 * What somebody signed before their sample was sent, by the collection point's code of the sample, which
 * may not be there yet. Never edited; its end alone is added.
 */
export const consents = pgTable(
  'consents',
  {
    id: id(),
    collectionPointId: uuid()
      .notNull()
      .references(() => collectionPoints.id),
    sampleCode: text().notNull(),
    /** Of the form that was signed. */
    version: text().notNull(),
    purpose: text().$type<'family-search'>().notNull(),
    signer: text().$type<'self' | 'guardian' | 'next-of-kin'>().notNull(),
    signedOn: date().notNull(),
    /** Of the person whose sample it is, when it was signed; of the dead, at death. */
    ageYears: smallint().notNull(),
    deceased: boolean().notNull(),
    /** The last day on which the sample may be kept. */
    retainUntil: date().notNull(),
    recordedAt: createdAt(),
    withdrawnAt: moment(),
  },
  (consent) => [
    unique().on(consent.collectionPointId, consent.sampleCode, consent.version),
    index('consents_retention_end')
      .on(consent.retainUntil)
      .where(sql`${consent.withdrawnAt} is null`),
    check('consents_retention', sql`${consent.retainUntil} > ${consent.signedOn}`),
  ],
);

/** A case whose samples are kept whatever their retention says, by an administrator's word. */
export const legalHolds = pgTable(
  'legal_holds',
  {
    id: id(),
    caseId: uuid()
      .notNull()
      .references(() => cases.id),
    reason: text().notNull(),
    /** The last day of the hold. */
    until: date().notNull(),
    placedBy: text().notNull(),
    placedAt: createdAt(),
    releasedBy: text(),
    releasedAt: moment(),
  },
  (hold) => [
    index().on(hold.caseId),
    check('legal_holds_release', sql`(${hold.releasedBy} is null) = (${hold.releasedAt} is null)`),
  ],
);

/** Somebody opened the identities of a case's people; what an administrator said of it afterwards. */
export const breakGlassGrants = pgTable(
  'break_glass_grants',
  {
    id: id(),
    caseId: uuid()
      .notNull()
      .references(() => cases.id),
    reason: text().notNull(),
    openedBy: text().notNull(),
    openedAt: createdAt(),
    expiresAt: moment().notNull(),
    verdict: text().$type<'justified' | 'unjustified'>(),
    remark: text(),
    reviewedBy: text(),
    reviewedAt: moment(),
  },
  (grant) => [
    index().on(grant.caseId),
    index('break_glass_grants_unreviewed')
      .on(grant.openedAt)
      .where(sql`${grant.reviewedAt} is null`),
    check('break_glass_grants_reviewer', sql`${grant.reviewedBy} <> ${grant.openedBy}`),
  ],
);
