import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { candidateMatches, cases, createdAt, id, moment, role } from './tables.ts';

const caseId = () =>
  uuid()
    .notNull()
    .references(() => cases.id);

export type ReunionState =
  | 're-sampling'
  | 're-sampled'
  | 'confirmed'
  | 'notified'
  | 'consented'
  | 'family-told'
  | 'reunited'
  | 'refuted'
  | 'declined'
  | 'undone';

/** What became of a supported candidate: from re-sampling to a family that is together again. */
export const reunions = pgTable(
  'reunions',
  {
    id: id(),
    /** Null once somebody's withdrawal has removed the candidate. */
    candidateId: uuid().references(() => candidateMatches.id),
    unknownCaseId: caseId(),
    familyCaseId: caseId(),
    /** Their numbers: whoever sees one of the cases may not see the other. */
    unknownCaseNumber: text().notNull(),
    familyCaseNumber: text().notNull(),
    state: text().$type<ReunionState>().notNull().default('re-sampling'),
    /** Counts the steps. */
    version: integer().notNull().default(1),
    startedAt: createdAt(),
    /** From here on police see it. */
    notifiedAt: moment(),
  },
  (reunion) => [
    uniqueIndex('reunions_one_of_candidate')
      .on(reunion.candidateId)
      .where(sql`${reunion.state} not in ('refuted', 'declined', 'undone')`),
    // Nobody comes home to two families, and no family finds one child twice.
    uniqueIndex('reunions_one_of_unknown')
      .on(reunion.unknownCaseId)
      .where(
        sql`${reunion.state} in ('confirmed', 'notified', 'consented', 'family-told', 'reunited')`,
      ),
    uniqueIndex('reunions_one_of_family')
      .on(reunion.familyCaseId)
      .where(
        sql`${reunion.state} in ('confirmed', 'notified', 'consented', 'family-told', 'reunited')`,
      ),
    index().on(reunion.unknownCaseId),
    index().on(reunion.familyCaseId),
  ],
);

/** Who did what on the way; rows are only ever added. */
export const reunionSteps = pgTable(
  'reunion_steps',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    reunionId: uuid()
      .notNull()
      .references(() => reunions.id),
    state: text().$type<ReunionState>().notNull(),
    at: createdAt(),
    actor: text().notNull(),
    role: role().notNull(),
    remark: text().notNull(),
    /** What the people came to who were sampled again: LRs by locus, no genotypes. Null after a withdrawal. */
    evidence: jsonb(),
  },
  (step) => [index().on(step.reunionId)],
);
