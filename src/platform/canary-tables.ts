import { index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdAt, families, id, samples } from './tables.ts';

/**
 * A made-up person of unknown origin and their made-up family, stored like everybody else: the search must find
 * them, every day, or it misses true pairs as well.
 */
export const canaries = pgTable(
  'canaries',
  {
    id: id(),
    unknownSampleId: uuid()
      .notNull()
      .references(() => samples.id),
    familyId: uuid()
      .notNull()
      .references(() => families.id),
    plantedBy: text().notNull(),
    plantedAt: createdAt(),
  },
  (canary) => [unique().on(canary.unknownSampleId, canary.familyId), index().on(canary.familyId)],
);
