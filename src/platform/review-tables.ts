import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  candidateMatches,
  createdAt,
  id,
  moment,
  type Verdict,
  type VerdictCause,
} from './tables.ts';

const candidateId = () =>
  uuid()
    .notNull()
    .references(() => candidateMatches.id);

/**
 * An analyst's signature on a candidate, and on which revision of it. Two in a round, three where the first two
 * differ, each by somebody else. Rows are only ever added, and a trigger refuses those of another round than the
 * one that is open.
 */
export const reviewDecisions = pgTable(
  'review_decisions',
  {
    id: id(),
    candidateId: candidateId(),
    round: integer().notNull(),
    /** The how many-th signature of the round. */
    ordinal: smallint().notNull(),
    revision: integer().notNull(),
    log10Lr: doublePrecision().notNull(),
    verdict: text().$type<Verdict>().notNull(),
    reason: text().notNull(),
    /** Why it is no parent and child, in one of a few words; null where the analyst names none. */
    cause: text().$type<VerdictCause>(),
    /** A key or a person: of two tables, so that no foreign key can say it. Neither is ever removed. */
    decidedBy: text().notNull(),
    decidedAt: createdAt(),
  },
  (decision) => [
    unique().on(decision.candidateId, decision.round, decision.ordinal),
    unique().on(decision.candidateId, decision.round, decision.decidedBy),
    check('review_decisions_ordinal', sql`${decision.ordinal} between 1 and 3`),
    check(
      'review_decisions_cause',
      sql`${decision.cause} is null or ${decision.cause} in ('inconsistent-loci', 'chance', 'other-relative') and ${decision.verdict} <> 'supported'`,
    ),
  ],
);

/** Who has taken a candidate up, or was given it, until when. */
export const reviewClaims = pgTable(
  'review_claims',
  {
    candidateId: candidateId(),
    analystId: text().notNull(),
    /** Who said so: the analyst, or another. */
    claimedBy: text().notNull(),
    claimedAt: createdAt(),
    expiresAt: moment().notNull(),
  },
  (claim) => [
    primaryKey({ columns: [claim.candidateId, claim.analystId] }),
    index().on(claim.analystId),
  ],
);

/** What analysts write about a candidate besides their decisions. Rows are only ever added. */
export const reviewNotes = pgTable(
  'review_notes',
  {
    id: id(),
    candidateId: candidateId(),
    /** The round in which it was written; of a reopening the one that it opened. */
    round: integer().notNull(),
    kind: text().$type<'comment' | 'reopening'>().notNull(),
    text: text().notNull(),
    writtenBy: text().notNull(),
    writtenAt: createdAt(),
  },
  (note) => [index().on(note.candidateId)],
);
