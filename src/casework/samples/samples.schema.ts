import { z } from 'zod';
import { RELATIONS } from '../../formats/relation.ts';
import { sides } from '../intake/batch.schema.ts';
import { sampleCode } from '../consents/consents.schema.ts';
import { TUBE_STATES } from '../custody/tube.ts';

export const SAMPLE_STATES = ['awaited', 'typed', 'withdrawn'] as const;

export const sampleQuery = z.strictObject({
  state: z.enum(SAMPLE_STATES).optional().describe('Only samples in this state'),
  prefix: sampleCode.optional().describe('Only samples whose code begins like this'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional().describe('`nextCursor` of the page before'),
});

const tube = z
  .object({
    barcode: z.string(),
    state: z.enum(TUBE_STATES),
    since: z.iso.datetime().describe('When it came into the state, by the clock of the scanner'),
    redrawWanted: z.boolean().describe('Its blood is gone and was not typed: draw again'),
  })
  .nullable()
  .describe('The one that was drawn last; null where none was, and after a withdrawal');

const ownSample = z.object({
  sampleId: z.string(),
  state: z
    .enum(SAMPLE_STATES)
    .describe('awaited: something was signed or drawn, and no profile is there yet'),
  side: z.enum(sides).nullable().describe('Null where no profile is there'),
  family: z.string().nullable().describe('Your own code; null where another opened the family'),
  relation: z.enum(RELATIONS).nullable(),
  caseId: z
    .string()
    .nullable()
    .describe('Null before the profile, and where another opened the case'),
  consented: z.boolean().describe('A consent stands: neither withdrawn nor past its retention'),
  identified: z.boolean().describe('An identity was sent; GET its identity shows it'),
  tube,
  typed: z
    .object({ loci: z.int(), at: z.iso.datetime() })
    .nullable()
    .describe('How many loci, and when the latest of them came; never which alleles'),
  withdrawnAt: z.iso.datetime().nullable(),
});

export const sampleList = z.object({
  samples: z.array(ownSample).describe('By their codes'),
  nextCursor: z.string().nullable(),
});
