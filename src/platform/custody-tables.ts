import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  check,
  date,
  index,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { collectionPoints, createdAt, id, moment } from './tables.ts';

const custodyEvent = () =>
  text().$type<'drawn' | 'dispatched' | 'received' | 'typed' | 'lost' | 'destroyed'>();

/** Barcodes that were issued to one collection point together, with the kits that bear them. */
export const barcodeBlocks = pgTable('barcode_blocks', {
  id: id(),
  collectionPointId: uuid()
    .notNull()
    .references(() => collectionPoints.id),
  kit: text().notNull(),
  lot: text().notNull(),
  /** The last day on which a tube of the lot may be drawn. */
  expiresOn: date().notNull(),
  issuedBy: text().notNull(),
  issuedAt: createdAt(),
});

/** One tube, and where it stands: see src/casework/custody/tube.ts. It names nobody. */
export const barcodes = pgTable(
  'barcodes',
  {
    barcode: text().primaryKey(),
    /** National and ascending; the barcode is made of it. */
    serial: bigint({ mode: 'number' }).notNull().unique(),
    blockId: uuid()
      .notNull()
      .references(() => barcodeBlocks.id),
    collectionPointId: uuid()
      .notNull()
      .references(() => collectionPoints.id),
    state: text()
      .$type<'issued' | 'drawn' | 'dispatched' | 'received' | 'typed' | 'lost' | 'destroyed'>()
      .notNull()
      .default('issued'),
    /** When it came into the state, by the clock of the scanner. */
    since: createdAt(),
    /** When blood was drawn into it, by the clock of the scanner. */
    drawnAt: moment(),
    typedAt: moment(),
    /** The collection point's code of the sample in it; null before the draw and after a withdrawal. */
    sampleCode: text(),
    /** The tube that was lost and is drawn again in this one. */
    replaces: text().references((): AnyPgColumn => barcodes.barcode),
  },
  (tube) => [
    index().on(tube.blockId),
    index('barcodes_sample').on(tube.collectionPointId, tube.sampleCode),
    uniqueIndex('barcodes_replaces').on(tube.replaces),
    index('barcodes_under_way')
      .on(tube.since)
      .where(sql`${tube.state} in ('drawn', 'dispatched')`),
    index('barcodes_ended')
      .on(tube.since)
      .where(sql`${tube.state} in ('lost', 'destroyed')`),
  ],
);

/** A handover of a tube as it was scanned; rows are only ever added, and triggers refuse all else. */
export const custodyScans = pgTable(
  'custody_scans',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    barcode: text()
      .notNull()
      .references(() => barcodes.barcode),
    /** The tube's. */
    collectionPointId: uuid()
      .notNull()
      .references(() => collectionPoints.id),
    event: custodyEvent().notNull(),
    /** By the clock of the scanner. */
    at: moment().notNull(),
    /** Who handed over or took: a courier, a laboratory. */
    party: text(),
    scanner: text().notNull(),
    /** The key or person that sent it. */
    actor: text().notNull(),
    recordedAt: createdAt(),
    /** Of what was scanned, so that it is recorded once. */
    contentHash: text().notNull().unique(),
  },
  (scan) => [index().on(scan.barcode)],
);

/** A scan that cannot be, or a tube that is overdue; open until somebody says what it was. */
export const custodyAlarms = pgTable(
  'custody_alarms',
  {
    id: id(),
    code: text().notNull(),
    /** As it was scanned; it need not be one of ours. */
    barcode: text().notNull(),
    /** Whose it is to see: the tube's, or of a tube that is not theirs the scanning point's. */
    collectionPointId: uuid().references(() => collectionPoints.id),
    /** What was scanned; null where a tube is overdue. */
    event: custodyEvent(),
    /** By the clock of the scanner: of the scan, or since when the tube is where it is. */
    at: moment().notNull(),
    scanner: text(),
    /** Null where a tube is overdue. */
    actor: text(),
    raisedAt: createdAt(),
    resolvedBy: text(),
    resolvedAt: moment(),
    resolution: text(),
    /** Of what raised it, so that it is raised once. */
    contentHash: text().notNull().unique(),
  },
  (alarm) => [
    index().on(alarm.barcode),
    index('custody_alarms_open')
      .on(alarm.raisedAt)
      .where(sql`${alarm.resolvedAt} is null`),
    check(
      'custody_alarms_resolution',
      sql`(${alarm.resolvedAt} is null) = (${alarm.resolvedBy} is null) and (${alarm.resolvedAt} is null) = (${alarm.resolution} is null)`,
    ),
  ],
);
