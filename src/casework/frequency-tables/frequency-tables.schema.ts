import { z } from 'zod';

export const frequencyTableQuery = z.strictObject({
  name: z.string().trim().min(1).max(100).describe('What the table is called in results'),
});

export const frequencyTableCsv = z
  .string()
  .describe('CSV: locus,allele,frequency[,count,N] with a header');

export const frequencyTableEntry = z.object({
  id: z.uuid(),
  name: z.string(),
  contentHash: z.string().describe('SHA-256 of the file; results name the table by it'),
  createdAt: z.iso.datetime(),
});

export const frequencyTableList = z.object({ frequencyTables: z.array(frequencyTableEntry) });
