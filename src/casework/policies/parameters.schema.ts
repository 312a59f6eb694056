import { z } from 'zod';
import { findLocus, type Locus } from '../../kinship/index.ts';
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

const stabilisation = z
  .enum(['none', 'PM'])
  .optional()
  .describe('PM: changed to keep the frequencies of the table; default none');

const byLocus = z
  .string()
  .refine(
    (name): name is Locus => findLocus(name) === name,
    'use the STRBase name of a known locus',
  );

const matrix = z.array(z.array(probability));

const mutation = z.discriminatedUnion('model', [
  z.strictObject({ model: z.literal('none'), stabilisation: z.literal('none').optional() }),
  z.strictObject({
    model: z.enum(['equal', 'proportional', 'onestep', 'stepwise', 'stepwise-extended']),
    male: mutationRate.describe('Fathers'),
    female: mutationRate.describe('Mothers'),
    perLocus: z
      .record(
        byLocus,
        z.strictObject({
          male: mutationRate.optional(),
          female: mutationRate.optional(),
        }),
      )
      .optional(),
    stabilisation,
  }),
  z.strictObject({
    model: z.literal('custom'),
    matrices: z
      .record(
        byLocus,
        z.strictObject({
          alleles: z.array(z.string()).min(1).max(200),
          male: matrix.describe("Fathers: row = parent's allele, column = transmitted allele"),
          female: matrix.describe('Mothers'),
        }),
      )
      .describe("By locus, over exactly the table's alleles; each row sums to 1"),
    stabilisation,
  }),
]);

const minimumFrequencyUse = {
  appliesTo: z
    .enum(['unseen', 'observed', 'all'])
    .describe('Who is raised to it: alleles that the table lacks, every observed one, or all'),
  renormalise: z
    .enum(['all', 'others', 'none'])
    .optional()
    .describe(
      'Scaled to a sum of 1: all alleles; those that the minimum does not concern; or none, with one allele for the rest. Default all',
    ),
};

const minimumFrequency = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('five-over-2n'), ...minimumFrequencyUse }),
  z.strictObject({
    rule: z.literal('confidence-bound'),
    confidence: z.number().gt(0).lt(1).optional().describe('Default 0.95'),
    ...minimumFrequencyUse,
  }),
  z.strictObject({
    rule: z.literal('fixed'),
    frequency: z.number().min(1e-6).max(0.1),
    ...minimumFrequencyUse,
  }),
]);

const silentAllele = z.strictObject({
  locus: byLocus,
  kit: shortText(100)
    .nullable()
    .default(null)
    .describe(
      'The kit that does not show it; null: none does. The search knows nobody’s kit: there one ' +
        'that names a kit counts nothing',
    ),
  frequency: z.number().gt(0).lt(1),
});

/** Everything besides people, hypotheses and frequencies that a likelihood ratio depends on. */
export const calculationParameters = z.strictObject({
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
  theta: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe('Coancestry of the population (Balding and Nichols), such as 0.01'),
  silentAlleles: z
    .array(silentAllele)
    .max(1000)
    .default([])
    .describe('Alleles that a kit does not show, by locus and kit'),
  silent: z
    .literal(false, 'name silent alleles in silentAlleles')
    .optional()
    .describe('As stored by version 0.1.0; leave it out'),
});
