import { asc, eq, max } from 'drizzle-orm';
import { barcodeBlocks, barcodes } from '../../platform/custody-tables.ts';
import { type Database, lockByName, onlyRow } from '../../platform/database.ts';
import { collectionPoints } from '../../platform/tables.ts';

export type BlockRow = typeof barcodeBlocks.$inferSelect;
type NewBarcode = Pick<typeof barcodes.$inferInsert, 'barcode' | 'serial'>;

/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const ROWS_A_STATEMENT = 2_000;

/** @returns the division of a collection point, null where there is none */
export async function findDivision(
  db: Database,
  collectionPointId: string,
): Promise<string | null> {
  const [row] = await db
    .select({ division: collectionPoints.division })
    .from(collectionPoints)
    .where(eq(collectionPoints.id, collectionPointId));
  return row?.division ?? null;
}

/** Whoever issues waits for who does already; @returns the last serial that was issued, 0 before the first */
export async function lockLastSerial(tx: Database): Promise<number> {
  await lockByName(tx, 'barcodes');
  const rows = await tx.select({ last: max(barcodes.serial) }).from(barcodes);
  return onlyRow(rows).last ?? 0;
}

export async function insertBlock(
  tx: Database,
  block: typeof barcodeBlocks.$inferInsert,
  made: readonly NewBarcode[],
): Promise<BlockRow> {
  const row = onlyRow(await tx.insert(barcodeBlocks).values(block).returning());
  const { id: blockId, collectionPointId } = row;
  for (let at = 0; at < made.length; at += ROWS_A_STATEMENT) {
    const some = made.slice(at, at + ROWS_A_STATEMENT);
    await tx.insert(barcodes).values(some.map((one) => ({ ...one, blockId, collectionPointId })));
  }
  return row;
}

export async function findBlock(
  db: Database,
  id: string,
): Promise<(BlockRow & { readonly point: string }) | null> {
  const [row] = await db
    .select({ block: barcodeBlocks, point: collectionPoints.code })
    .from(barcodeBlocks)
    .innerJoin(collectionPoints, eq(collectionPoints.id, barcodeBlocks.collectionPointId))
    .where(eq(barcodeBlocks.id, id));
  return row ? { ...row.block, point: row.point } : null;
}

export async function listBarcodes(db: Database, blockId: string): Promise<string[]> {
  const rows = await db
    .select({ barcode: barcodes.barcode })
    .from(barcodes)
    .where(eq(barcodes.blockId, blockId))
    .orderBy(asc(barcodes.serial));
  return rows.map(({ barcode }) => barcode);
}
