import { z } from 'zod';
import { shortText } from '../../platform/text.ts';
import { caseParams } from '../cases/cases.schema.ts';

const { caseId } = caseParams.shape;

export const newHold = z.strictObject({
  caseId,
  reason: shortText(500).describe('Why these samples are kept; name nobody in it'),
  until: z.iso.date().describe('The last day of the hold'),
});

export const HOLD_STATES = ['standing', 'ended'] as const;

export const holdQuery = z.strictObject({
  state: z
    .enum(HOLD_STATES)
    .default('standing')
    .describe('standing: samples are kept; ended: released, or past its last day'),
});

export const holdParams = z.object({ holdId: z.uuid() });

export const hold = z.object({
  id: z.uuid(),
  ...newHold.shape,
  placedBy: z.string(),
  placedAt: z.iso.datetime(),
  releasedBy: z.string().nullable(),
  releasedAt: z.iso.datetime().nullable(),
});

export const holdList = z.object({ holds: z.array(hold) });
