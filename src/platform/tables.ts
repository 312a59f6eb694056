import { sql } from 'drizzle-orm';
import type { FamilyRelation } from '../kinship/index.ts';
import {
  bigint,
  boolean,
  check,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** Id of the transaction that wrote a row: see docs/adr/0004-no-pair-is-missed.md. */
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

const id = () => uuid().primaryKey().defaultRandom();
const moment = () => timestamp({ withTimezone: true, mode: 'date' });
const createdAt = () => moment().notNull().defaultNow();
const role = () => text().$type<'admin' | 'analyst' | 'collection-point' | 'police'>();

/** Where blood is taken. `division`: GB/T 2260 code of six digits. */
export const collectionPoints = pgTable('collection_points', {
  id: id(),
  code: text().notNull().unique(),
  name: text().notNull(),
  division: text().notNull(),
  createdAt: createdAt(),
});

/** Who may speak to the service. Only a hash of the secret is kept. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: text().primaryKey(),
    secretHash: text().notNull().unique(),
    role: role().notNull(),
    name: text().notNull(),
    /** Set for collection points. */
    collectionPointId: uuid().references(() => collectionPoints.id),
    /** Set for police: leading digits of the division codes that the unit sees. */
    jurisdiction: text(),
    createdAt: createdAt(),
    /** No longer valid from here on. Keys of releases before 0.4.0 got a year. */
    expiresAt: moment()
      .notNull()
      .default(sql`now() + interval '1 year'`),
    revokedAt: moment(),
  },
  (key) => [
    check(
      'api_keys_scope',
      sql`(${key.role} = 'collection-point') = (${key.collectionPointId} is not null) and (${key.role} = 'police') = (${key.jurisdiction} is not null)`,
    ),
  ],
);

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

/** A missing child, or a person of unknown origin. Police ask by `number`. */
export const cases = pgTable('cases', {
  id: id(),
  number: text().notNull().unique(),
  kind: text().$type<'missing-child' | 'unknown-origin'>().notNull(),
  status: text()
    .$type<'registered' | 'searching' | 'under-review' | 'lead-supported'>()
    .notNull()
    .default('registered'),
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
    status: text()
      .$type<'registered' | 'searching' | 'under-review' | 'lead-supported'>()
      .notNull(),
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

/** The genotypes of one sample, packed (src/formats/packed-profile.ts). Never edited. */
export const profiles = pgTable(
  'profiles',
  {
    id: id(),
    sampleId: uuid()
      .notNull()
      .unique()
      .references(() => samples.id),
    genotypes: bytea().notNull(),
    writtenIn: xid8()
      .notNull()
      .default(sql`pg_current_xact_id()`),
    createdAt: createdAt(),
  },
  (profile) => [index().on(profile.writtenIn)],
);

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
    profileId: uuid()
      .notNull()
      .references(() => profiles.id),
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
    index('search_requests_pending')
      .on(request.id)
      .where(sql`${request.state} = 'pending'`),
  ],
);

/** Everybody compared again under a policy: see docs/adr/0008-sweeps-in-blocks.md. */
export const sweeps = pgTable(
  'sweeps',
  {
    id: id(),
    policyId: uuid()
      .notNull()
      .references(() => policies.id),
    /** Whose candidates stood before; null for the first policy. */
    previousPolicyId: uuid().references(() => policies.id),
    reason: text().$type<'policy' | 'engine' | 'kit' | 'by-hand'>().notNull(),
    /** Only this release works on it. */
    engineVersion: text().notNull(),
    state: text().$type<'running' | 'done' | 'cancelled'>().notNull().default('running'),
    requestedAt: createdAt(),
    /** Set with the blocks, as are the following. */
    plannedAt: moment(),
    /** What had committed when it was planned: `pg_current_snapshot()`. */
    snapshot: text(),
    unknowns: integer(),
    families: integer(),
    /** When it was done or cancelled. */
    endedAt: moment(),
  },
  (sweep) => [
    index().on(sweep.policyId),
    uniqueIndex('sweeps_one_running')
      .on(sweep.state)
      .where(sql`${sweep.state} = 'running'`),
  ],
);

/** One piece of a sweep: a range of people of unknown origin with one shard of the families. */
export const sweepBlocks = pgTable(
  'sweep_blocks',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    sweepId: uuid()
      .notNull()
      .references(() => sweeps.id),
    /** The first sample of the range. */
    fromSampleId: uuid().notNull(),
    /** The first sample behind the range; null: to the end. */
    toSampleId: uuid(),
    familyShard: integer().notNull(),
    state: text().$type<'pending' | 'done' | 'failed'>().notNull().default('pending'),
    /** When it was last offered to the queue, or its worker last said that it is at work. */
    offeredAt: moment(),
    finishedAt: moment(),
    attempts: integer().notNull().default(0),
    failure: text(),
  },
  (block) => [
    unique().on(block.sweepId, block.fromSampleId, block.familyShard),
    index('sweep_blocks_pending')
      .on(block.id)
      .where(sql`${block.state} = 'pending'`),
  ],
);

const relationship = () =>
  text().$type<'both-parents' | 'father' | 'mother' | 'relatives' | 'same-person'>();

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
      .$type<'proposed' | 'supported' | 'excluded' | 'inconclusive' | 'more-loci'>()
      .notNull()
      .default('proposed'),
    /** Counts the times that the result changed. */
    revision: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: createdAt(),
    /** Set when the pair was judged again and no longer reached the threshold. */
    lapsedAt: moment(),
  },
  (candidate) => [
    unique().on(candidate.unknownSampleId, candidate.familyId, candidate.policyId),
    index().on(candidate.familyId),
    index('candidate_matches_ranking').on(candidate.policyId, candidate.log10Lr, candidate.id),
  ],
);

/** A pair that was a candidate before a sweep, or is one after it; `after` is written at its end. */
export const sweepCandidates = pgTable(
  'sweep_candidates',
  {
    id: id(),
    sweepId: uuid()
      .notNull()
      .references(() => sweeps.id),
    unknownSampleId: uuid()
      .notNull()
      .references(() => samples.id),
    familyId: uuid()
      .notNull()
      .references(() => families.id),
    /** The candidate after the sweep, or that before it where there is none any more. */
    candidateId: uuid()
      .notNull()
      .references(() => candidateMatches.id),
    log10LrBefore: doublePrecision(),
    relationshipBefore: relationship(),
    log10LrAfter: doublePrecision(),
    relationshipAfter: relationship(),
  },
  (pair) => [unique().on(pair.sweepId, pair.unknownSampleId, pair.familyId)],
);

/** What an analyst said of a candidate, and of which revision of it; rows are only ever added. */
export const reviewDecisions = pgTable(
  'review_decisions',
  {
    id: id(),
    candidateId: uuid()
      .notNull()
      .references(() => candidateMatches.id),
    revision: integer().notNull(),
    log10Lr: doublePrecision().notNull(),
    verdict: text().$type<'supported' | 'excluded' | 'inconclusive' | 'more-loci'>().notNull(),
    reason: text().notNull(),
    decidedBy: text()
      .notNull()
      .references(() => apiKeys.id),
    decidedAt: createdAt(),
  },
  (decision) => [index().on(decision.candidateId)],
);

/**
 * What was done through the service, each entry with the hash of the one before it: see
 * src/casework/audit. Triggers refuse to change or remove a row.
 */
export const auditEntries = pgTable('audit_entries', {
  seq: bigint({ mode: 'number' }).primaryKey(),
  at: moment().notNull(),
  actor: text(),
  role: role(),
  action: text().notNull(),
  object: jsonb().$type<Record<string, string>>().notNull(),
  origin: text().notNull(),
  requestId: text().notNull(),
  status: integer().notNull(),
  previousHash: text().notNull(),
  hash: text().notNull(),
});
