import { bigint, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { moment, role } from './tables.ts';

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
