import { z } from 'zod';
import { CASE_STATUSES } from './case-status.ts';

export const caseParams = z.object({
  caseId: z
    .string()
    .regex(/^HW-[0-9A-Z]{10}$/, 'a case id looks like HW-7K2M9QX4TD')
    .describe('The case id that the receipt of the sample names'),
});

const status = z.enum(CASE_STATUSES);

export const caseFile = z.object({
  caseId: z.string(),
  kind: z.enum(['missing-child', 'unknown-origin']),
  status,
  openedAt: z.iso.datetime(),
  history: z.array(z.object({ at: z.iso.datetime(), status })),
});
