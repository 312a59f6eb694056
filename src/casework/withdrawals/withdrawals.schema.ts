import { z } from 'zod';

export const withdrawalReceipt = z.object({
  receiptId: z.uuid(),
  sampleId: z.string(),
  caseId: z.string(),
  cause: z.enum(['consent-withdrawn', 'retention-ended']),
  withdrawnAt: z.iso.datetime(),
  candidatesRemoved: z.int(),
});
