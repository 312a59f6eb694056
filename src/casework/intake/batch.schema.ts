import { z } from 'zod';
import { RELATIONS } from '../../formats/relation.ts';

export const sides = ['relatives', 'unknowns'] as const;
export type Side = (typeof sides)[number];

export const batchQuery = z.strictObject({
  side: z
    .enum(sides)
    .describe('relatives: of missing children; unknowns: people of unknown origin'),
});

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
  family: z.string().max(200).default(''),
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

/** CSV arrives as bytes, JSON parsed; rows are judged one by one, so nothing more is asked here. */
export const batchBody = z.union([z.instanceof(Uint8Array), batchJson]);

const rowReport = z.object({
  row: z.int().describe('1 is the header of a CSV, or the first row of a JSON batch'),
  sampleId: z.string().nullable(),
  outcome: z.enum(['accepted', 'unchanged', 'refused']),
  caseId: z.string().nullable().describe('The case that police can ask for'),
  faults: z.array(
    z.object({ field: z.string().nullable(), code: z.string(), message: z.string() }),
  ),
  notes: z.array(z.object({ field: z.string(), message: z.string() })),
});

export const receipt = z.object({
  batchId: z.uuid(),
  side: z.enum(sides),
  receivedAt: z.iso.datetime(),
  contentHash: z.string().describe('SHA-256 of the file, or of the JSON in canonical form'),
  accepted: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  rows: z.array(rowReport),
});

export type Receipt = z.infer<typeof receipt>;
export type RowReport = z.infer<typeof rowReport>;

export const batchParams = z.object({ batchId: z.uuid() });
