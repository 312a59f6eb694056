import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, type CaseStatus, createdAt, dataKeyPages, id, moment } from './tables.ts';

/** Where a police unit wants to hear of changes of the cases in its jurisdiction. */
export const webhooks = pgTable('webhooks', {
  id: id(),
  /** Leading digits of the division codes. */
  jurisdiction: text().notNull(),
  url: text().notNull(),
  /** What messages are signed with, sealed like a record. */
  secret: bytea().notNull(),
  keyPageId: uuid()
    .notNull()
    .references(() => dataKeyPages.id),
  keySlot: smallint().notNull(),
  createdAt: createdAt(),
  disabledAt: moment(),
});

/** The outbox of webhooks: written with the change that it tells of. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    webhookId: uuid()
      .notNull()
      .references(() => webhooks.id),
    caseNumber: text().notNull(),
    status: text().$type<CaseStatus>().notNull(),
    happenedAt: createdAt(),
    attempts: integer().notNull().default(0),
    /** When it is tried next. */
    dueAt: createdAt(),
    deliveredAt: moment(),
    /** Given up. */
    abandonedAt: moment(),
    /** What the last attempt came to. */
    failure: text(),
  },
  (delivery) => [
    index('webhook_deliveries_due')
      .on(delivery.dueAt)
      .where(sql`${delivery.deliveredAt} is null and ${delivery.abandonedAt} is null`),
    index().on(delivery.webhookId),
  ],
);
