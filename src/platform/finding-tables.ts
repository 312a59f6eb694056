import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, moment, samples, staffProfiles } from './tables.ts';

/** What analysts may say of a finding once they know. */
export type FindingVerdict =
  'same-person' | 'twins' | 'mix-up' | 'contamination' | 'different-people';

/** A settlement that more loci opened again, with the counts that it was said of. */
export type EarlierSettlement = {
  readonly verdict: FindingVerdict;
  readonly reason: string;
  readonly settledBy: string;
  /** ISO 8601 in UTC. */
  readonly settledAt: string;
  readonly lociCompared: number;
  readonly lociDiffering: number;
};

/**
 * Two samples that show the genotypes of one person, or a sample that shows those of staff. A pair has one
 * row, however often it is found, and loses it with either of the two.
 */
export const identityFindings = pgTable(
  'identity_findings',
  {
    id: id(),
    sampleId: uuid()
      .notNull()
      .references(() => samples.id),
    /** Of two samples the larger id; null where the pair is of staff. */
    otherSampleId: uuid().references(() => samples.id),
    staffProfileId: uuid().references(() => staffProfiles.id),
    lociCompared: integer().notNull(),
    lociDiffering: integer().notNull(),
    foundAt: createdAt(),
    /** Counts the changes. */
    version: integer().notNull().default(1),
    verdict: text().$type<FindingVerdict>(),
    reason: text(),
    settledBy: text(),
    settledAt: moment(),
    /** What was said of it before more loci opened it again, the oldest first. */
    earlier: jsonb().$type<readonly EarlierSettlement[]>().notNull().default([]),
  },
  (finding) => [
    unique().on(finding.sampleId, finding.otherSampleId),
    unique().on(finding.sampleId, finding.staffProfileId),
    index().on(finding.otherSampleId),
    index().on(finding.staffProfileId),
    index('identity_findings_open')
      .on(finding.foundAt)
      .where(sql`${finding.settledAt} is null`),
    check(
      'identity_findings_pair',
      sql`num_nonnulls(${finding.otherSampleId}, ${finding.staffProfileId}) = 1 and ${finding.sampleId} < ${finding.otherSampleId}`,
    ),
    check(
      'identity_findings_settlement',
      sql`num_nonnulls(${finding.verdict}, ${finding.reason}, ${finding.settledBy}, ${finding.settledAt}) in (0, 4)`,
    ),
  ],
);
