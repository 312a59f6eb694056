import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { makeBarcode } from './barcode.ts';
import {
  findBlock,
  findDivision,
  insertBlock,
  listBarcodes,
  lockLastSerial,
} from './barcodes.repository.ts';
import type { barcodeBlock, newBarcodes } from './barcodes.schema.ts';

export type BarcodesService = ReturnType<typeof makeBarcodesService>;

/** Barcodes for tubes: no two are alike in the whole country. */
export function makeBarcodesService({ db }: { db: Database }) {
  return {
    /**
     * Issues a block to a collection point.
     * @param issuedBy the id of an administrator
     * @throws HomewardError NOT_FOUND without such a point, REQUEST_INVALID for a lot that has expired
     */
    async issue(
      wanted: z.infer<typeof newBarcodes>,
      issuedBy: string,
    ): Promise<z.infer<typeof barcodeBlock>> {
      requireLastingLot(wanted.expiresOn);
      return db.transaction(async (tx) => {
        const division = await findDivision(tx, wanted.collectionPointId);
        if (division === null) {
          throw new HomewardError('NOT_FOUND', 'There is no such collection point.');
        }
        const made = makeBarcodes(division, await lockLastSerial(tx), wanted.count);
        const { count: _, ...block } = wanted;
        const { id, issuedAt } = await insertBlock(tx, { ...block, issuedBy }, made);
        const [first = '', last = ''] = [made[0]?.barcode, made.at(-1)?.barcode];
        return { blockId: id, ...wanted, first, last, issuedAt: issuedAt.toISOString() };
      });
    },

    /**
     * A block for whoever prints the labels, as CSV.
     * @throws HomewardError NOT_FOUND
     */
    async writeSheet(blockId: string): Promise<string> {
      const block = await findBlock(db, blockId);
      if (!block) throw new HomewardError('NOT_FOUND');
      const { point, kit, lot, expiresOn } = block;
      const rows = (await listBarcodes(db, blockId)).map((barcode) => [barcode, point, kit, lot, expiresOn]); // prettier-ignore
      return stringify([COLUMNS, ...rows], { escape_formulas: true });
    },
  };
}

const COLUMNS = ['barcode', 'collection_point', 'kit', 'lot', 'expires_on'];

function requireLastingLot(expiresOn: string): void {
  if (expiresOn >= new Date().toISOString().slice(0, 10)) return;
  const faults = [{ field: 'expiresOn', message: 'has passed: these kits may not be used' }];
  throw new HomewardError('REQUEST_INVALID', undefined, faults);
}

const MOST_SERIAL = 999_999_999;

function makeBarcodes(division: string, last: number, count: number) {
  const made: { barcode: string; serial: number }[] = [];
  for (let serial = last + 1; made.length < count; serial++) {
    if (serial > MOST_SERIAL) throw new Error('every serial of nine digits was issued');
    const barcode = makeBarcode(division, serial);
    if (barcode !== null) made.push({ barcode, serial });
  }
  return made;
}
