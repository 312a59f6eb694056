import { z } from 'zod';
import { findLocus } from '../../kinship/index.ts';
import { shortText } from '../../platform/text.ts';

const probability = z.number().min(0).max(1);

const mutationRate = z.strictObject({
  rate: probability.describe('Probability of a mutation in one meiosis'),
  rate2: probability.optional().describe('Stepwise: to another microgroup; default 0'),
  range: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe('Stepwise: factor of each further step; default 0.1'),
});

const noStabilisation = z
  .literal('none', 'this version computes no stabilised models; leave it out or write "none"')
  .optional();

const mutation = z.discriminatedUnion('model', [
  z.strictObject({ model: z.literal('none'), stabilisation: noStabilisation }),
  z.strictObject({
    model: z.enum(['equal', 'proportional', 'stepwise', 'stepwise-extended']),
    male: mutationRate.describe('Fathers'),
    female: mutationRate.describe('Mothers'),
    perLocus: z
      .record(
        z
          .string()
          .refine((name) => findLocus(name) === name, 'use the STRBase name of a known locus'),
        z.strictObject({
          male: mutationRate.optional(),
          female: mutationRate.optional(),
        }),
      )
      .optional(),
    stabilisation: noStabilisation,
  }),
]);

const minimumFrequency = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('five-over-2n'), appliesTo: z.enum(['unseen', 'all']) }),
  z.strictObject({
    rule: z.literal('fixed'),
    frequency: z.number().min(1e-6).max(0.1),
    appliesTo: z.enum(['unseen', 'all']),
  }),
]);

const parameters = z.strictObject({
  mutation,
  untypedParent: z
    .enum(['mutates', 'population'])
    .default('mutates')
    .describe(
      "An untyped parent's allele: through the mutation model, or drawn from the population",
    ),
  minimumFrequency: minimumFrequency
    .default({ rule: 'five-over-2n', appliesTo: 'all' })
    .describe('Least frequency of an allele: of every one, or only of those that the table lacks'),
  theta: z.literal(0, 'this version computes with theta 0 only').default(0),
  silent: z.literal(false, 'this version computes without silent alleles').default(false),
});

/** How likelihood ratios are computed and which are kept: the content of a policy file. */
export const policyDocument = z.strictObject({
  params: parameters,
  threshold: z.number().min(1).max(1e30).default(10_000).describe('Smallest LR of a candidate'),
  priorInDatabase: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.5)
    .describe("Prior probability that a person's family is in the database"),
});

export type PolicyDocument = z.output<typeof policyDocument>;

export const newPolicy = z.strictObject({
  name: shortText(100),
  frequencyTableId: z.uuid(),
  document: policyDocument,
});

export const policyEntry = z.object({
  id: z.uuid(),
  name: z.string(),
  contentHash: z.string(),
  frequencyTableId: z.uuid(),
  document: policyDocument,
  active: z.boolean(),
  createdAt: z.iso.datetime(),
});

export const policyList = z.object({ policies: z.array(policyEntry) });
