import { z } from 'zod';
import { RELATIONS } from '../../formats/relation.ts';

export const nextStepsQuery = z.strictObject({
  threshold: z.coerce
    .number()
    .min(1)
    .max(1e30)
    .optional()
    .describe(
      'The LR at which you would call it settled; default that of the policy, which every candidate has reached',
    ),
});

const estimate = z
  .object({ value: z.number(), standardError: z.number().describe('0: exact') })
  .describe('A figure and its standard error');

const hypothesisOutlook = z.object({
  expectedLog10Lr: estimate.nullable().describe('Null where the LR may be 0 or infinite'),
  deviation: z.number().nullable().describe('Standard deviation of log10 LR; null as above'),
  reaches: estimate.describe('P(LR ≥ threshold)'),
  falls: estimate.describe('P(LR ≤ 1/threshold), LR 0 included'),
  excludes: estimate.describe('P(LR = 0)'),
});

const outlook = z.object({
  settles: estimate.describe(
    '½·P(LR ≥ threshold | H1) + ½·P(LR < threshold | H2): how often the LR lies on the right side ' +
      'of the threshold, either hypothesis as likely. 0.5 says nothing, 1 settles',
  ),
  expectedGain: estimate
    .nullable()
    .describe('Expected log10 LR under H1 less log10Lr now; null where the LR may be infinite'),
  h1: hypothesisOutlook.describe('If the person is whom the candidate says'),
  h2: hypothesisOutlook.describe('If not'),
  loci: z.array(z.string()).describe('Where somebody is typed and counts'),
  drawnLoci: z
    .array(z.string())
    .describe('Those of them that were simulated; the others are exact'),
  notInTable: z
    .array(z.string())
    .describe('Left out: the frequency table of the policy lacks them'),
});

const relativeStep = outlook.extend({
  kind: z.literal('relative'),
  relations: z
    .array(z.enum(RELATIONS as [(typeof RELATIONS)[number]]))
    .describe('Who is typed at the loci of the person of unknown origin: one of these'),
});

const kitStep = outlook.extend({
  kind: z.literal('kit'),
  kit: z.string(),
  maker: z.string(),
});

export const nextSteps = z.object({
  notice: z.string(),
  candidate: z.object({
    id: z.uuid(),
    unknown: z.string().describe('Sample id of the person of unknown origin'),
    family: z.string(),
    relatives: z.array(z.string()).describe('Sample ids that the LR rests on'),
    revision: z.int(),
  }),
  hypotheses: z.object({ h1: z.string(), h2: z.string() }),
  log10Lr: z.number().describe('log10 LR now'),
  threshold: z.number(),
  power: outlook
    .nullable()
    .describe(
      'What these people at these loci could come to, before anything was seen of them; null where that costs too much',
    ),
  steps: z
    .array(z.discriminatedUnion('kind', [relativeStep, kitStep]))
    .describe(
      'By what settles best; then by the difference of the expected log10 LRs under H1 and H2',
    ),
  omitted: z.array(
    z.object({
      step: z.string().describe('A relation or a kit'),
      reason: z
        .enum(['nothing-new', 'too-complex'])
        .describe('nothing-new: no locus that counts; too-complex: would cost too much'),
    }),
  ),
  method: z
    .object({ draws: z.int(), seed: z.int() })
    .describe('Draws at each simulated locus, and the seed: the same input gives the same digits'),
  provenance: z.object({
    engineVersion: z.string(),
    policyId: z.uuid(),
    policyHash: z.string(),
    frequencyTable: z.object({ name: z.string(), contentHash: z.string() }),
    profiles: z.array(z.uuid()).describe('The person of unknown origin, then `relatives`'),
  }),
});

export type NextSteps = z.output<typeof nextSteps>;
export type StepJson = NextSteps['steps'][number];
export type OutlookJson = z.output<typeof outlook>;
