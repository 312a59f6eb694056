import { z } from 'zod';
import { shortText } from '../../platform/text.ts';

/** More are issued by asking again. */
const MOST_BARCODES = 10_000;

export const newBarcodes = z.strictObject({
  collectionPointId: z.uuid().describe('Whose tubes they will be'),
  count: z.int().min(1).max(MOST_BARCODES),
  kit: shortText(60).describe('What is in the bag, as its maker calls it'),
  lot: shortText(40).describe("The maker's lot of the kits"),
  expiresOn: z.iso.date().describe('The last day, UTC, on which a tube of the lot may be drawn'),
});

export const barcodeBlock = z.object({
  blockId: z.uuid(),
  ...newBarcodes.shape,
  first: z.string(),
  last: z.string(),
  issuedAt: z.iso.datetime(),
});

export const blockParams = z.object({ blockId: z.uuid() });

export const barcodeSheet = {
  description: 'A row a tube: barcode, collection_point, kit, lot, expires_on',
  content: { 'text/csv; charset=utf-8': { schema: z.string() } },
};
