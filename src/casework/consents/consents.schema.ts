import { z } from 'zod';
import { SAMPLE_CODE } from '../../formats/person-row.ts';
import { SIGNERS } from './consent.ts';

export const sampleCode = z
  .string()
  .regex(SAMPLE_CODE, 'use up to 64 letters, digits and "._/-", a letter or digit first')
  .describe('The code under which you upload the sample');

export const sampleParams = z.object({ sampleId: sampleCode });

/** One signed form. */
export const consentJson = z.strictObject({
  sampleId: sampleCode,
  version: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]{0,39}$/, 'use up to 40 letters, digits and "._-"')
    .describe('Of the form that was signed'),
  purpose: z.literal('family-search'),
  signer: z
    .enum(SIGNERS)
    .describe('Under 14 years the guardian, for the dead the next of kin; who it is by name stays on the form'), // prettier-ignore
  signedOn: z.iso.date(),
  ageYears: z.int().min(0).max(130).describe('Of the person whose sample it is'),
  deceased: z.boolean().default(false),
  retainUntil: z.iso
    .date()
    .optional()
    .describe('The last day on which the sample may be kept; 10 years after the signature'),
});

const MOST_CONSENTS = 10_000;

export const consentList = z.strictObject({
  consents: z
    .array(z.unknown())
    .min(1)
    .max(MOST_CONSENTS)
    .describe(
      'Forms: {sampleId, version, purpose: "family-search", signer: "self" | "guardian" | "next-of-kin", ' +
        'signedOn, ageYears, deceased, retainUntil}; faulty ones are reported by row',
    ),
});

const rowReport = z.object({
  row: z.int().describe('1 is the first'),
  sampleId: z.string().nullable(),
  outcome: z.enum(['recorded', 'unchanged', 'refused']),
  faults: z.array(
    z.object({ field: z.string().nullable(), code: z.string(), message: z.string() }),
  ),
});

export type ConsentReport = z.infer<typeof rowReport>;

export const consentReceipt = z.object({
  recorded: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  rows: z.array(rowReport),
});

export const consentsOfSample = z.object({
  consents: z.array(
    z.object({
      ...consentJson.omit({ sampleId: true }).shape,
      retainUntil: z.iso.date(),
      recordedAt: z.iso.datetime(),
      withdrawnAt: z.iso.datetime().nullable(),
    }),
  ),
});
