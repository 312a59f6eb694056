import { type SQL, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  date,
  doublePrecision,
  integer,
  pgTable,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { cases, createdAt } from './tables.ts';

/**
 * What is said of the missing child, or of the person of unknown origin; what is known of them by sight stands
 * sealed in `vault.case_descriptions`. Days are whole, and often two of them: the earliest and the latest that it
 * can have been.
 */
export const caseFeatures = pgTable(
  'case_features',
  {
    caseId: uuid()
      .primaryKey()
      .references(() => cases.id),
    sex: text().$type<'male' | 'female' | 'unknown'>().notNull(),
    bornEarliest: date(),
    bornLatest: date(),
    /** When the child went missing, or the person was found. */
    happenedEarliest: date(),
    happenedLatest: date(),
    /** Where: GB/T 2260 code of six digits. */
    division: text(),
    /** Degrees north, WGS84; set with the longitude. */
    latitude: doublePrecision(),
    /** Degrees east, WGS84. */
    longitude: doublePrecision(),
    /** Counts the changes, those of the description too. */
    version: integer().notNull().default(1),
    writtenAt: createdAt(),
  },
  (features) => [
    check('case_features_born', isSpan(features.bornEarliest, features.bornLatest)),
    check('case_features_happened', isSpan(features.happenedEarliest, features.happenedLatest)),
    check(
      'case_features_position',
      sql`(${features.latitude} is null) = (${features.longitude} is null)`,
    ),
  ],
);

function isSpan(earliest: AnyPgColumn, latest: AnyPgColumn): SQL {
  return sql`(${earliest} is null) = (${latest} is null) and ${earliest} <= ${latest}`;
}
