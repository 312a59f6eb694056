import { sql } from 'drizzle-orm';
import type { FamilyRelation } from '../kinship/index.ts';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  customType,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
});

/** Id of the transaction that wrote a row: see docs/adr/0004-no-pair-is-missed.md. */
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

export const id = () => uuid().primaryKey().defaultRandom();
export const moment = () => timestamp({ withTimezone: true, mode: 'date' });
export const createdAt = () => moment().notNull().defaultNow();
export const role = () => text().$type<'admin' | 'analyst' | 'collection-point' | 'police'>();

/** Where blood is taken. `division`: GB/T 2260 code of six digits. */
export const collectionPoints = pgTable('collection_points', {
  id: id(),
  code: text().notNull().unique(),
  name: text().notNull(),
  division: text().notNull(),
  createdAt: createdAt(),
  address: text(),
  phone: text(),
  /** Degrees north, WGS84; set with the longitude. */
  latitude: doublePrecision(),
  /** Degrees east, WGS84. */
  longitude: doublePrecision(),
  state: text().$type<'active' | 'suspended'>().notNull().default('active'),
  /** Why it was suspended or opened again; null while it never was. */
  stateReason: text(),
  /** Samples that are accepted in a calendar month, UTC; null: any number. */
  monthlyQuota: integer(),
  /** Counts the changes. */
  version: integer().notNull().default(1),
});

/** One upload, with the answer that it got: sent again, it is answered the same. */
export const batches = pgTable(
  'batches',
  {
    id: id(),
    collectionPointId: uuid()
      .notNull()
      .references(() => collectionPoints.id),
    side: text().$type<'relatives' | 'unknowns'>().notNull(),
    idempotencyKey: text().notNull(),
    contentHash: text().notNull(),
    receivedAt: createdAt(),
    receipt: jsonb().notNull(),
  },
  (batch) => [unique().on(batch.collectionPointId, batch.idempotencyKey)],
);

export type CaseStatus =
  | 'registered'
  | 'searching'
  | 'under-review'
  | 'lead-supported'
  | 're-sampling'
  | 'confirmed'
  | 'reunited'
  | 'contact-declined'
  | 'withdrawn';

/** A missing child, or a person of unknown origin. Police ask by `number`. */
export const cases = pgTable('cases', {
  id: id(),
  /** Who opened it. */
  collectionPointId: uuid()
    .notNull()
    .references(() => collectionPoints.id),
  number: text().notNull().unique(),
  kind: text().$type<'missing-child' | 'unknown-origin'>().notNull(),
  status: text().$type<CaseStatus>().notNull().default('registered'),
  division: text().notNull(),
  openedAt: createdAt(),
});

/** What happened to a case; rows are only ever added. */
export const caseEvents = pgTable(
  'case_events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: uuid()
      .notNull()
      .references(() => cases.id),
    at: createdAt(),
    status: text().$type<CaseStatus>().notNull(),
  },
  (event) => [index().on(event.caseId)],
);

/** The relatives of one missing child. `code` is the collection point's own. */
export const families = pgTable(
  'families',
  {
    id: id(),
    collectionPointId: uuid()
      .notNull()
      .references(() => collectionPoints.id),
    code: text().notNull(),
    caseId: uuid()
      .notNull()
      .references(() => cases.id),
    createdAt: createdAt(),
  },
  (family) => [unique().on(family.collectionPointId, family.code), index().on(family.caseId)],
);

/** A sample of one person: of a relative in a family, or of a person of unknown origin. */
export const samples = pgTable(
  'samples',
  {
    id: id(),
    collectionPointId: uuid()
      .notNull()
      .references(() => collectionPoints.id),
    code: text().notNull(),
    sex: text().$type<'male' | 'female' | 'unknown'>().notNull(),
    caseId: uuid()
      .notNull()
      .references(() => cases.id),
    familyId: uuid().references(() => families.id),
    relation: text().$type<Exclude<FamilyRelation, 'parent'>>(),
    batchId: uuid()
      .notNull()
      .references(() => batches.id),
    createdAt: createdAt(),
  },
  (sample) => [
    unique().on(sample.collectionPointId, sample.code),
    index().on(sample.familyId),
    uniqueIndex('samples_one_ancestor')
      .on(sample.familyId, sample.relation)
      .where(
        sql`${sample.relation} in ('father', 'mother', 'paternal-grandfather', 'paternal-grandmother', 'maternal-grandfather', 'maternal-grandmother')`,
      ),
    index().on(sample.caseId),
    check('samples_side', sql`(${sample.familyId} is null) = (${sample.relation} is null)`),
    check(
      'samples_relation',
      sql`${sample.relation} in ('father', 'mother', 'sibling', 'paternal-half-sibling', 'maternal-half-sibling', 'paternal-grandfather', 'paternal-grandmother', 'maternal-grandfather', 'maternal-grandmother', 'paternal-uncle', 'paternal-aunt', 'maternal-uncle', 'maternal-aunt')`,
    ),
  ],
);

/**
 * Data keys of records, wrapped by a key of the ring that `ringKey` names: see
 * src/platform/crypto/record-keys.ts.
 */
export const dataKeyPages = pgTable(
  'data_key_pages',
  {
    id: uuid().primaryKey(),
    ringKey: text().notNull(),
    keys: bytea().notNull(),
  },
  (page) => [index().on(page.ringKey)],
);

/**
 * The genotypes of one sample, packed (src/formats/packed-profile.ts) and sealed with the data key at
 * `keyPageId` and `keySlot`. Never edited: where more loci are typed, another profile of the sample supersedes
 * it, and it stays for the candidates that were computed of it (docs/adr/0023-more-loci.md).
 */
export const profiles = pgTable(
  'profiles',
  {
    id: id(),
    sampleId: uuid()
      .notNull()
      .references(() => samples.id),
    genotypes: bytea().notNull(),
    /** Null, as is the slot, only until the service that follows 0.4.0 has sealed what it finds in clear. */
    keyPageId: uuid().references(() => dataKeyPages.id),
    keySlot: smallint(),
    writtenIn: xid8()
      .notNull()
      .default(sql`pg_current_xact_id()`),
    createdAt: createdAt(),
    /** The profile of the same sample that took its place; null: it is current, and it alone is compared. */
    supersededBy: uuid(),
  },
  (profile) => [
    // One index for two purposes: at most one profile of a sample is current, and all of them are found.
    uniqueIndex('profiles_one_current').on(
      profile.sampleId,
      sql`coalesce(${profile.supersededBy}, ${profile.sampleId})`,
    ),
    index('profiles_superseded')
      .on(profile.keyPageId)
      .where(sql`${profile.supersededBy} is not null`),
    index().on(profile.writtenIn),
    index().on(profile.keyPageId),
    index('profiles_clear')
      .on(profile.id)
      .where(sql`${profile.keyPageId} is null`),
  ],
);

/**
 * The genotypes of everybody whose data keys are on one page, sealed once more with the page's own key, for
 * those who read everybody: see src/casework/profiles/genotype-page.ts.
 */
export const genotypePages = pgTable('genotype_pages', {
  keyPageId: uuid()
    .primaryKey()
    .references(() => dataKeyPages.id),
  people: smallint().notNull(),
  sealed: bytea().notNull(),
});

/**
 * What remains of a sample that was withdrawn: that it was there, and that nothing of the person is. Its
 * code is not taken again.
 */
export const tombstones = pgTable(
  'tombstones',
  {
    sampleId: uuid().primaryKey(),
    collectionPointId: uuid()
      .notNull()
      .references(() => collectionPoints.id),
    code: text().notNull(),
    caseId: uuid()
      .notNull()
      .references(() => cases.id),
    cause: text().$type<'consent-withdrawn' | 'retention-ended'>().notNull(),
    /** Who asked for it; null where nobody did. */
    requestedBy: text(),
    /** How many candidates went with it. */
    candidates: integer().notNull(),
    withdrawnAt: createdAt(),
    writtenIn: xid8()
      .notNull()
      .default(sql`pg_current_xact_id()`),
  },
  (tombstone) => [
    unique().on(tombstone.collectionPointId, tombstone.code),
    index().on(tombstone.writtenIn),
  ],
);

/**
 * Genotypes of somebody who handles samples, packed and sealed as those of profiles are: to find
 * contamination, and for nothing else. No table that candidates come from refers to them.
 */
export const staffProfiles = pgTable('staff_profiles', {
  id: id(),
  /** What the laboratory calls the person; never a name. */
  code: text().notNull().unique(),
  genotypes: bytea().notNull(),
  keyPageId: uuid()
    .notNull()
    .references(() => dataKeyPages.id),
  keySlot: smallint().notNull(),
  /** Of the form that the person signed, as whoever uploaded the profile declares. */
  consentVersion: text().notNull(),
  consentSignedOn: date({ mode: 'string' }).notNull(),
  uploadedBy: text().notNull(),
  createdAt: createdAt(),
});

/** A population's allele frequencies as uploaded; identified by the hash of its content. */
export const frequencyTables = pgTable('frequency_tables', {
  id: id(),
  name: text().notNull(),
  contentHash: text().notNull().unique(),
  csv: text().notNull(),
  createdAt: createdAt(),
});

/** How likelihood ratios are computed and which are kept. Never edited; at most one is active. */
export const policies = pgTable(
  'policies',
  {
    id: id(),
    name: text().notNull(),
    contentHash: text().notNull(),
    frequencyTableId: uuid()
      .notNull()
      .references(() => frequencyTables.id),
    document: jsonb().notNull(),
    active: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (policy) => [
    uniqueIndex('policies_one_active')
      .on(policy.active)
      .where(sql`${policy.active}`),
  ],
);

/** The outbox of the search: profiles that were written and are not compared with everybody yet. */
export const searchRequests = pgTable(
  'search_requests',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Null of a staff profile, which is looked for among everybody's and compared with nobody else. */
    profileId: uuid().references(() => profiles.id),
    staffProfileId: uuid().references((): AnyPgColumn => staffProfiles.id),
    state: text().$type<'pending' | 'done' | 'failed'>().notNull().default('pending'),
    /** When it was last offered to the queue. */
    offeredAt: moment(),
    requestedAt: createdAt(),
    finishedAt: moment(),
    policyId: uuid().references(() => policies.id),
    attempts: integer().notNull().default(0),
    failure: text(),
  },
  (request) => [
    index().on(request.profileId),
    index().on(request.staffProfileId),
    check(
      'search_requests_one',
      sql`num_nonnulls(${request.profileId}, ${request.staffProfileId}) = 1`,
    ),
    index('search_requests_pending')
      .on(request.id)
      .where(sql`${request.state} = 'pending'`),
  ],
);

/** What the person of unknown origin is to a family, or which part of it the LR rests on. */
export const relationship = () =>
  text().$type<'both-parents' | 'father' | 'mother' | 'relatives' | 'same-person'>();

/** What an analyst may say of a candidate. */
export type Verdict = 'supported' | 'excluded' | 'inconclusive' | 'more-loci';

/**
 * Why a candidate is not what the search took it for: loci that do not fit, an LR that unrelated people reach by
 * chance, or another relative than the one it was taken for.
 */
export type VerdictCause = 'inconsistent-loci' | 'chance' | 'other-relative';

/** A person of unknown origin and a family whose LR reaches the policy's threshold. */
export const candidateMatches = pgTable(
  'candidate_matches',
  {
    id: id(),
    unknownSampleId: uuid()
      .notNull()
      .references(() => samples.id),
    familyId: uuid()
      .notNull()
      .references(() => families.id),
    policyId: uuid()
      .notNull()
      .references(() => policies.id),
    relationship: relationship().notNull(),
    log10Lr: doublePrecision().notNull(),
    lociCompared: integer().notNull(),
    lociInconsistent: integer().notNull(),
    /** P(an unrelated family reaches this LR at these loci). */
    chanceProbability: doublePrecision().notNull(),
    /** The whole computed result, locus by locus, without genotypes. */
    result: jsonb().notNull(),
    childProfileId: uuid()
      .notNull()
      .references(() => profiles.id),
    /** Everybody of the family who was judged, in the order of their relations. */
    familyProfileIds: uuid().array().notNull(),
    /** Those of them whom the LR rests on, in the same order. */
    relativeProfileIds: uuid().array().notNull(),
    engineVersion: text().notNull(),
    state: text()
      .$type<Verdict | 'proposed' | 'second-opinion' | 'disputed'>()
      .notNull()
      .default('proposed'),
    /** Counts the times that the result changed. */
    revision: integer().notNull().default(1),
    /** Counts the times that it was open for review; see review_decisions. */
    round: integer().notNull().default(1),
    /** Counts every change that somebody may have missed: of the result, and of what was said of it. */
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: createdAt(),
    /** Set when the pair was judged again and no longer reached the threshold. */
    lapsedAt: moment(),
  },
  (candidate) => [
    unique().on(candidate.unknownSampleId, candidate.familyId, candidate.policyId),
    index().on(candidate.familyId),
    index().on(candidate.childProfileId),
    index('candidate_matches_ranking').on(candidate.policyId, candidate.log10Lr, candidate.id),
  ],
);
