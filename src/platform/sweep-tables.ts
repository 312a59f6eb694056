import { sql } from 'drizzle-orm';
import {
  bigint,
  doublePrecision,
  index,
  integer,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  candidateMatches,
  createdAt,
  families,
  id,
  moment,
  policies,
  relationship,
  samples,
} from './tables.ts';

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
  (pair) => [
    unique().on(pair.sweepId, pair.unknownSampleId, pair.familyId),
    index().on(pair.candidateId),
    index().on(pair.unknownSampleId),
  ],
);
