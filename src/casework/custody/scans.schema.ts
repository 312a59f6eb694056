import { z } from 'zod';
import { shortText } from '../../platform/text.ts';
import { sampleCode } from '../consents/consents.schema.ts';
import { BARCODE_FORM } from './barcode.ts';
import { CUSTODY_EVENTS, TUBE_STATES } from './tube.ts';

export const barcode = z
  .string()
  .regex(BARCODE_FORM, 'a barcode is HW, 15 digits and a check character')
  .describe('As it stands on the tube: HW, 15 digits and a check character');

const handover = {
  barcode,
  at: z.iso.datetime().describe('When, UTC, by the clock of the scanner'),
  scanner: z
    .string()
    .regex(/^[A-Za-z0-9][\w.:-]{0,39}$/, 'use up to 40 letters, digits and "._:-"')
    .describe('Which device scanned it'),
  party: shortText(100)
    .nullable()
    .default(null)
    .describe('Who handed it over or took it: a courier, a laboratory; no person by name'),
};

/** One scan. */
export const scanJson = z.discriminatedUnion('event', [
  z
    .strictObject({
      event: z.literal('drawn'),
      ...handover,
      sampleId: sampleCode.optional(),
      replaces: barcode
        .optional()
        .describe('The lost tube that is drawn again; without sampleId it is the same sample'),
    })
    .refine(({ sampleId, replaces }) => sampleId !== undefined || replaces !== undefined, {
      path: ['sampleId'],
      message: 'say under which code you will upload the sample in the tube',
    }),
  z.strictObject({ event: z.literal('typed'), ...handover, sampleId: sampleCode }),
  z.strictObject({
    event: z.enum(['dispatched', 'received', 'lost', 'destroyed']),
    ...handover,
  }),
]);

const MOST_SCANS = 1_000;

export const scanList = z.strictObject({
  scans: z
    .array(z.unknown())
    .min(1)
    .max(MOST_SCANS)
    .describe(
      'Scans: {barcode, event, at, scanner, party, sampleId, replaces}, the last two of draws alone, sampleId ' +
        `of typed tubes too; events: ${CUSTODY_EVENTS.join(', ')}. Faulty ones are reported by row`,
    ),
});

const scanReport = z.object({
  row: z.int().describe('1 is the first'),
  barcode: z.string().nullable(),
  outcome: z.enum(['recorded', 'unchanged', 'refused']),
  state: z.enum(TUBE_STATES).nullable().describe('Where the tube stands; null for one not known'),
  faults: z.array(
    z.object({ field: z.string().nullable(), code: z.string(), message: z.string() }),
  ),
});

export type ScanReport = z.infer<typeof scanReport>;

export const scanReceipt = z.object({
  recorded: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  rows: z.array(scanReport),
});
