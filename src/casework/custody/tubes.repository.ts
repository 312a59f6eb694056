import { and, asc, eq, getTableColumns, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { barcodeBlocks, barcodes, custodyScans } from '../../platform/custody-tables.ts';
import { type Database, isAnyOf, lockByName } from '../../platform/database.ts';
import { collectionPoints, samples, tombstones } from '../../platform/tables.ts';
import { type FilledTube, isRedrawWanted, type Redraw, sampleKey } from './scan-plan.ts';

export type ScanRow = typeof custodyScans.$inferSelect;

const TUBE = {
  barcode: barcodes.barcode,
  collectionPointId: barcodes.collectionPointId,
  state: barcodes.state,
  since: barcodes.since,
  expiresOn: barcodeBlocks.expiresOn,
  sampleCode: barcodes.sampleCode,
  drawnAt: barcodes.drawnAt,
  typedAt: barcodes.typedAt,
  replaces: barcodes.replaces,
};

/** What is drawn at a collection point, and what is withdrawn there, goes one after the other. */
export async function lockDraws(tx: Database, collectionPointId: string): Promise<void> {
  await lockByName(tx, `custody ${collectionPointId}`);
}

/** Locks tubes, in the order of their barcodes as everybody does, until the transaction ends. */
export function lockTubes(tx: Database, wanted: readonly string[]): Promise<FilledTube[]> {
  return tx
    .select(TUBE)
    .from(barcodes)
    .innerJoin(barcodeBlocks, eq(barcodeBlocks.id, barcodes.blockId))
    .where(isAnyOf(barcodes.barcode, wanted, 'text'))
    .orderBy(asc(barcodes.barcode))
    .for('no key update', { of: barcodes });
}

/** @param what the columns that whoever scans may write */
export async function updateTubes(
  tx: Database,
  changed: readonly FilledTube[],
  what: 'draws' | 'typings',
): Promise<void> {
  if (changed.length === 0) return;
  const columns =
    what === 'draws'
      ? sql`drawn_at = n."drawnAt", sample_code = n."sampleCode", replaces = n.replaces`
      : sql`typed_at = n."typedAt"`;
  await tx.execute(sql`
    update barcodes b set state = n.state, since = n.since, ${columns}
    from jsonb_to_recordset(${JSON.stringify(changed)}::text::jsonb) as n (barcode text, state text,
      since timestamptz, "drawnAt" timestamptz, "typedAt" timestamptz, "sampleCode" text, replaces text)
    where b.barcode = n.barcode`);
}

/** Tubes of a collection point's samples that are gone; of the laboratory none, which draws nothing. */
export async function findLost(
  db: Database,
  collectionPointId: string | null,
  codes: readonly string[],
): Promise<string[]> {
  if (collectionPointId === null || codes.length === 0) return [];
  const rows = await db
    .select({ barcode: barcodes.barcode })
    .from(barcodes)
    .where(
      and(
        eq(barcodes.collectionPointId, collectionPointId),
        isAnyOf(barcodes.sampleCode, codes, 'text'),
        inArray(barcodes.state, ['lost', 'destroyed']),
      ),
    );
  return rows.map(({ barcode }) => barcode);
}

/** Those of the barcodes whose tubes were drawn again. */
export async function findReplaced(
  db: Database,
  wanted: readonly string[],
): Promise<ReadonlySet<string>> {
  if (wanted.length === 0) return new Set();
  const rows = await db
    .select({ replaces: barcodes.replaces })
    .from(barcodes)
    .where(isAnyOf(barcodes.replaces, wanted, 'text'));
  return new Set(rows.flatMap(({ replaces }) => replaces ?? []));
}

/** Those of a collection point's codes whose samples were withdrawn. */
export async function findWithdrawn(
  db: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  if (codes.length === 0) return new Set();
  const rows = await db
    .select({ code: tombstones.code })
    .from(tombstones)
    .where(
      and(
        eq(tombstones.collectionPointId, collectionPointId),
        isAnyOf(tombstones.code, codes, 'text'),
      ),
    );
  return new Set(rows.map(({ code }) => code));
}

/** Those samples of the codes, of any of the collection points, that are there. */
export async function findUploaded(
  db: Database,
  pointIds: readonly string[],
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  if (codes.length === 0) return new Set();
  const rows = await db
    .select({ point: samples.collectionPointId, code: samples.code })
    .from(samples)
    .where(
      and(
        isAnyOf(samples.collectionPointId, pointIds, 'uuid'),
        isAnyOf(samples.code, codes, 'text'),
      ),
    );
  return new Set(rows.map(({ point, code }) => sampleKey(point, code)));
}

export type TubeFile = FilledTube & {
  readonly kit: string;
  readonly lot: string;
  readonly issuedAt: Date;
  readonly issuedTo: string;
  readonly replacedBy: string | null;
};

export async function findTube(db: Database, barcode: string): Promise<TubeFile | null> {
  const next = alias(barcodes, 'next');
  const [row] = await db
    .select({
      ...TUBE,
      kit: barcodeBlocks.kit,
      lot: barcodeBlocks.lot,
      issuedAt: barcodeBlocks.issuedAt,
      issuedTo: collectionPoints.code,
      replacedBy: next.barcode,
    })
    .from(barcodes)
    .innerJoin(barcodeBlocks, eq(barcodeBlocks.id, barcodes.blockId))
    .innerJoin(collectionPoints, eq(collectionPoints.id, barcodes.collectionPointId))
    .leftJoin(next, eq(next.replaces, barcodes.barcode))
    .where(eq(barcodes.barcode, barcode));
  return row ?? null;
}

/** Those that ended first first; it is `isRedrawWanted`, as SQL. */
export async function listRedraws(
  db: Database,
  collectionPointId: string,
  most: number,
): Promise<Redraw[]> {
  const next = alias(barcodes, 'next');
  const rows = await db
    .select(TUBE)
    .from(barcodes)
    .innerJoin(barcodeBlocks, eq(barcodeBlocks.id, barcodes.blockId))
    .leftJoin(next, eq(next.replaces, barcodes.barcode))
    .where(
      and(
        eq(barcodes.collectionPointId, collectionPointId),
        inArray(barcodes.state, ['lost', 'destroyed']),
        isNotNull(barcodes.drawnAt),
        isNull(barcodes.typedAt),
        isNotNull(barcodes.sampleCode),
        isNull(next.barcode),
      ),
    )
    .orderBy(asc(barcodes.since), asc(barcodes.barcode))
    .limit(most);
  return rows.filter(isRedrawWanted);
}

/** Tubes no longer say whose sample is in them. */
export async function forgetSample(
  tx: Database,
  collectionPointId: string,
  code: string,
): Promise<void> {
  const isOfSample = and(
    eq(barcodes.collectionPointId, collectionPointId),
    eq(barcodes.sampleCode, code),
  );
  // First in the order in which everybody locks tubes.
  await tx
    .select({ barcode: barcodes.barcode })
    .from(barcodes)
    .where(isOfSample)
    .orderBy(asc(barcodes.barcode))
    .for('no key update');
  await tx.update(barcodes).set({ sampleCode: null }).where(isOfSample);
}

export async function insertScans(
  tx: Database,
  scans: readonly (typeof custodyScans.$inferInsert)[],
): Promise<void> {
  if (scans.length > 0) await tx.insert(custodyScans).values([...scans]);
}

/** Those of the hashes whose scans were recorded. */
export async function findRecorded(
  db: Database,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ hash: custodyScans.contentHash })
    .from(custodyScans)
    .where(isAnyOf(custodyScans.contentHash, hashes, 'text'));
  return new Set(rows.map(({ hash }) => hash));
}

/** The scans of a tube in the order in which they were recorded. */
export function listScans(db: Database, barcode: string): Promise<ScanRow[]> {
  return db
    .select(getTableColumns(custodyScans))
    .from(custodyScans)
    .where(eq(custodyScans.barcode, barcode))
    .orderBy(asc(custodyScans.id));
}
