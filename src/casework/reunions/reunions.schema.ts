import { z } from 'zod';
import { RELATIONS } from '../../formats/relation.ts';
import { shortText } from '../../platform/text.ts';
import { comparedPerson } from '../likelihood-ratios/calculation.schema.ts';
import { LABORATORY_STEPS, POLICE_STEPS } from './reunion-state.ts';

const ADULT_YEARS = 16;
const MOST_PEOPLE = 20;

const states = ['re-sampling', 're-sampled', ...LABORATORY_STEPS, ...POLICE_STEPS] as const;
const state = z
  .enum(states)
  .describe(
    're-sampling, re-sampled, confirmed, notified (police), consented (the person), family-told, reunited; or refuted, declined, undone',
  );
const next = z.array(z.enum(states)).describe('The steps that you may take from here');
const remark = shortText(2_000);

export const reunionParams = z.object({ reunionId: z.uuid() });

export const reunionQuery = z.strictObject({
  state: z
    .union([z.enum(states), z.array(z.enum(states))])
    .optional()
    .describe('Only reunions in these states'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.uuid().optional().describe('`nextCursor` of the page before'),
});

export const newReunion = z.strictObject({ remark });

export const evidence = z.strictObject({
  people: z
    .array(comparedPerson)
    .min(2)
    .max(MOST_PEOPLE)
    .describe('Everybody whom the LR of the candidate rests on, by sample id, as typed again'),
  remark,
});

export const laboratoryStep = z.strictObject({ step: z.enum(LABORATORY_STEPS), remark });

export const policeStep = z
  .discriminatedUnion('step', [
    z.strictObject({
      step: z.literal('consented'),
      consent: z
        .strictObject({
          by: z.enum(['person', 'guardian']),
          ageYears: z.int().min(0).max(120).describe('Of the person of unknown origin, now'),
        })
        .refine(({ by, ageYears }) => by === 'person' || ageYears < ADULT_YEARS, {
          path: ['by'],
          message: `from ${ADULT_YEARS} years on the person decides`,
        }),
      remark,
    }),
    z.strictObject({ step: z.enum(['declined', 'family-told', 'reunited']), remark }),
  ])
  .describe('What was done');

const reunionSummary = {
  id: z.uuid(),
  state,
  version: z.int().describe('As the ETag has it, for If-Match'),
};

const candidateId = z.uuid().nullable().describe('Null once somebody of it has withdrawn');

const evidenceResult = z
  .object({
    log10Lr: z.number(),
    lociCompared: z.int(),
    lociBefore: z.int(),
    concordance: z.array(z.object({ sampleId: z.string(), compared: z.int() })),
    loci: z.array(z.object({ locus: z.string(), log10Lr: z.number().nullable() })),
    engineVersion: z.string(),
    inputHash: z.string(),
  })
  .nullable()
  .describe('What re-sampling came to');

export const reunion = z.object({
  ...reunionSummary,
  candidateId,
  unknownCaseNumber: z.string(),
  familyCaseNumber: z.string(),
  startedAt: z.date(),
  notifiedAt: z.date().nullable(),
  next,
  people: z
    .array(z.object({ id: z.string(), relation: z.enum(['unknown-origin', ...RELATIONS]) }))
    .describe('Everybody to be sampled again, as evidence names them; nobody after a withdrawal'),
  steps: z.array(
    z.object({
      state,
      at: z.date(),
      actor: z.string(),
      role: z.enum(['admin', 'analyst', 'collection-point', 'police']),
      remark: z.string(),
      evidence: evidenceResult,
    }),
  ),
});

export const reunionsOfCandidate = z.object({
  reunions: z.array(z.object({ ...reunionSummary, startedAt: z.date() })),
});

export const reunionList = z.object({
  reunions: z.array(
    z.object({
      ...reunionSummary,
      candidateId,
      unknown: z.string().nullable().describe('Sample id; null after a withdrawal'),
      family: z.string().nullable(),
      unknownCaseNumber: z.string(),
      familyCaseNumber: z.string(),
      startedAt: z.date(),
      since: z.date().describe('Of its last step'),
    }),
  ),
  nextCursor: z.uuid().nullable(),
});

const fault = z.object({ field: z.string().nullable(), code: z.string(), message: z.string() });

/** A file arrives as bytes; what it is, they say. */
export const typingFile = z.instanceof(Uint8Array);

export const typings = z.object({
  people: z
    .array(
      z.object({
        sampleId: z.string().describe('As the file has it'),
        genotypes: z.record(z.string(), z.array(z.string())),
      }),
    )
    .describe('As evidence takes them, once they have the ids of `people` of the reunion'),
  refused: z
    .array(z.object({ row: z.int(), sampleId: z.string().nullable(), faults: z.array(fault) }))
    .describe('What cannot be read, row by row'),
});

const script = z.array(z.string());

export const policeReunion = z.object({
  ...reunionSummary,
  otherCase: z.string().describe('The case of the other side'),
  steps: z.array(z.object({ state, at: z.date() })),
  next,
  script: z
    .object({ en: script, zh: script })
    .describe('How to tell a person and a family without being taken for swindlers'),
});
