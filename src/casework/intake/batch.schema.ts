import { z } from 'zod';
import { FILE_FORMATS } from '../../formats/person-file.ts';
import { RELATIONS } from '../../formats/relation.ts';
import { ENCODINGS } from '../../formats/text-encoding.ts';

export const sides = ['relatives', 'unknowns'] as const;
export type Side = (typeof sides)[number];

const batchFormats = [...FILE_FORMATS, 'json'] as const;

export const batchQuery = z.strictObject({
  side: z
    .enum(sides)
    .describe('relatives: of missing children; unknowns: people of unknown origin'),
  format: z.enum(batchFormats).optional().describe('What the file is; default: what it looks like'),
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .describe('true: the same report, and nothing is written or searched'),
});

export type BatchQuery = z.infer<typeof batchQuery>;

export const batchHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, 'use 1 to 128 visible ASCII characters')
    .optional()
    .describe('Names the batch, so that sending it again changes nothing; default: its content'),
});

/** One person in a JSON batch. */
export const personJson = z.strictObject({
  sampleId: z.string().max(200),
  kind: z
    .string()
    .max(40)
    .default('')
    .describe('relative or unknown; a batch with a sample of any other kind is refused'),
  sex: z.string().max(20).default(''),
  family: z
    .string()
    .max(200)
    .default('')
    .describe('Your code for the family, or the number of the case if it was opened elsewhere'),
  relation: z
    .string()
    .max(40)
    .default('')
    .describe(`Of relatives, what they are to the missing child: ${RELATIONS.join(', ')}`),
  genotypes: z
    .record(z.string().max(50), z.array(z.string().max(20)).max(8))
    .describe('Alleles by locus: {"D3S1358": ["15", "16"], "TH01": ["9.3"]}'),
});

export const batchJson = z.strictObject({
  rows: z
    .array(z.unknown())
    .describe(
      'People: {sampleId, kind, sex, family, relation, genotypes}; faulty ones are reported by row',
    ),
});

/** A file arrives as bytes, JSON parsed; rows are judged one by one, so nothing more is asked here. */
export const batchBody = z.union([z.instanceof(Uint8Array), batchJson]);

const rowReport = z.object({
  row: z
    .int()
    .describe(
      '1 is the header of a CSV or GeneMapper table, the first row of a JSON batch, the first specimen of CODIS',
    ),
  sampleId: z.string().nullable(),
  outcome: z
    .enum(['accepted', 'extended', 'unchanged', 'refused'])
    .describe('extended: a sample that is there has more loci now, which `notes` name'),
  caseId: z
    .string()
    .nullable()
    .describe('The case that police can ask for; null where a dry run would open one'),
  faults: z.array(
    z.object({ field: z.string().nullable(), code: z.string(), message: z.string() }),
  ),
  notes: z.array(z.object({ field: z.string(), message: z.string() })),
});

export const receipt = z.object({
  batchId: z.uuid().nullable().describe('null in a dry run'),
  side: z.enum(sides),
  receivedAt: z.iso.datetime(),
  contentHash: z.string().describe('SHA-256 of the file, or of the JSON in canonical form'),
  format: z.enum(batchFormats).optional().describe('How it was read; not in receipts before 0.6'),
  encoding: z.enum(ENCODINGS).optional().describe('Of a file; not in receipts before 0.6'),
  accepted: z.int(),
  extended: z.int().optional().describe('Not in receipts before 0.7'),
  unchanged: z.int(),
  refused: z.int(),
  rows: z.array(rowReport),
});

/** A report in either form; which one is asked for by the header Accept. */
export function reportContent(description: string) {
  return {
    description: `${description}; as CSV if Accept names text/csv first`,
    content: {
      'application/json': { schema: receipt },
      'text/csv; charset=utf-8': { schema: z.string() },
    },
  };
}

export type Receipt = z.infer<typeof receipt>;
export type RowReport = z.infer<typeof rowReport>;

const templateFormats = ['csv', 'csv-two-columns', 'genemapper', 'codis-xml', 'json'] as const;
export type TemplateFormat = (typeof templateFormats)[number];

export const templateParams = z.object({ format: z.enum(templateFormats) });

export const templateQuery = z.strictObject({
  side: z.enum(sides).default('relatives').describe('Who is to be written into it'),
});

export const templateFile = {
  description: 'The file; POST /v1/batches takes it as it is, given consents',
  content: {
    'text/csv; charset=utf-8': { schema: z.string() },
    'text/tab-separated-values; charset=utf-8': { schema: z.string() },
    'application/xml; charset=utf-8': { schema: z.string() },
    'application/json; charset=utf-8': { schema: z.string() },
  },
};

export const batchParams = z.object({ batchId: z.uuid() });
