import { z } from 'zod';
import { shortText } from '../../platform/text.ts';

export const frequencyTableQuery = z.strictObject({
  name: shortText(100).describe('What the table is called in results'),
});

export const frequencyTableCsv = z
  .string()
  .refine((text) => !text.includes('\0'), 'holds NUL bytes; save it as UTF-8')
  .describe('CSV: locus,allele,frequency[,count,N] with a header');

export const frequencyTableEntry = z.object({
  id: z.uuid(),
  name: z.string(),
  contentHash: z.string().describe('SHA-256 of the file; results name the table by it'),
  createdAt: z.iso.datetime(),
});

export const frequencyTableList = z.object({ frequencyTables: z.array(frequencyTableEntry) });

export const frequencyTableParams = z.object({ tableId: z.uuid() });

export const frequencyTableDetail = frequencyTableEntry.extend({
  loci: z.array(
    z.object({
      locus: z.string(),
      alleles: z.int().describe('How many it gives a frequency'),
      allelesCounted: z
        .int()
        .nullable()
        .describe(
          'In how many the frequencies were counted (2N); null where the table does not say',
        ),
      smallestFrequency: z.number().describe('Before a policy raises it to a minimum'),
    }),
  ),
});
