import { z } from 'zod';
import { shortText } from '../../platform/text.ts';
import { ALARM_STATES } from './alarm.ts';
import { barcode } from './scans.schema.ts';
import { CUSTODY_EVENTS, TUBE_STATES } from './tube.ts';

export const barcodeParams = z.object({ barcode });
export const alarmParams = z.object({ alarmId: z.uuid() });

export const alarmQuery = z.strictObject({
  state: z
    .enum(ALARM_STATES)
    .default('open')
    .describe('open: the oldest first; resolved: the newest first'),
});

export const alarmResolution = z.strictObject({
  reason: shortText(500).describe('What it was, and what was done; name nobody in it'),
});

const alarm = z.object({
  id: z.uuid(),
  code: z.string(),
  barcode: z.string(),
  event: z.enum(CUSTODY_EVENTS).nullable().describe('What was scanned; null: the tube is overdue'),
  at: z.iso.datetime().describe('Of the scan, or since when the tube is where it is'),
  scanner: z.string().nullable(),
  raisedAt: z.iso.datetime(),
  issuedTo: z
    .string()
    .nullable()
    .describe('The collection point that the barcode was issued to, as far as you may see it'),
  state: z.enum(TUBE_STATES).nullable().describe('Where the tube stands now'),
  resolvedBy: z.string().nullable(),
  resolvedAt: z.iso.datetime().nullable(),
  resolution: z.string().nullable(),
});

export const alarmList = z.object({
  total: z.int().describe('How many there are; 1,000 are shown'),
  alarms: z.array(alarm),
});

const gap = z
  .enum(['NOT_DISPATCHED', 'NOT_RECEIVED'])
  .nullable()
  .describe('Set where the tube stayed too long before');

export const chainOfCustody = z.object({
  barcode: z.string(),
  state: z.enum(TUBE_STATES),
  since: z.iso.datetime(),
  issuedTo: z.string(),
  issuedAt: z.iso.datetime(),
  kit: z.string(),
  lot: z.string(),
  expiresOn: z.iso.date(),
  sampleId: z.string().nullable().describe('Null before the draw, and after a withdrawal'),
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  gap: gap.describe('Set where the tube stays too long where it is now'),
  scans: z.array(
    z.object({
      event: z.enum(CUSTODY_EVENTS),
      at: z.iso.datetime(),
      scanner: z.string(),
      party: z.string().nullable(),
      actor: z.string(),
      recordedAt: z.iso.datetime(),
      gap,
    }),
  ),
  alarms: z.array(alarm),
});

export const redrawList = z.object({
  redraws: z.array(
    z.object({
      barcode: z.string().describe('Send it as `replaces` when you draw again'),
      sampleId: z.string(),
      state: z.enum(['lost', 'destroyed']),
      drawnAt: z.iso.datetime(),
      since: z.iso.datetime().describe('When it was declared lost, or destroyed'),
    }),
  ),
});
