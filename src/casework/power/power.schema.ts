import { z } from 'zod';
import { RELATIONSHIPS } from '../../kinship/index.ts';
import { shortText } from '../../platform/text.ts';

/** Of whom it is asked how large their LR may be. */
export const POWER_RELATIONSHIPS = ['both-parents', ...RELATIONSHIPS] as const;

export const powerQuery = z.strictObject({
  relationship: z
    .enum(POWER_RELATIONSHIPS)
    .describe('What true pairs are to each other; both-parents: a child with father and mother'),
  kit: shortText(100)
    .optional()
    .describe('The loci of this kit; default those of the frequency table'),
  loci: z.coerce.number().int().min(1).max(200).optional().describe('Only the first so many'),
  threshold: z.coerce
    .number()
    .min(1)
    .max(1e30)
    .optional()
    .describe('The LR that counts as reached; default that of the policy in force'),
});

const estimate = z
  .object({ value: z.number(), standardError: z.number().describe('0: exact') })
  .describe('A figure and its standard error');

const ratioSpread = z.object({
  expectedLog10Lr: estimate.nullable().describe('Null where the LR may be 0 or infinite'),
  deviation: z.number().nullable().describe('Standard deviation of log10 LR; null as above'),
  excludes: estimate.describe('P(LR = 0)'),
  quantiles: z
    .array(z.object({ share: z.number(), log10Lr: z.number().nullable() }))
    .describe('The largest log10 LR of each share of pairs; null: LR 0'),
});

const step = z.object({
  locus: z.string(),
  recall: estimate.describe('P(LR ≥ threshold | H1), with this locus and all before it'),
  chance: estimate.describe('P(LR ≥ threshold | H2), likewise'),
  expectedByChance: z
    .array(z.number())
    .describe('Unrelated pairs that reach the threshold, in a database of each of `pairs`'),
});

export const power = z.object({
  notice: z.string(),
  relationship: z.enum(POWER_RELATIONSHIPS),
  hypotheses: z.object({ h1: z.string(), h2: z.string() }),
  kit: z.string().nullable(),
  threshold: z.number(),
  h1: ratioSpread.describe('Of true pairs'),
  h2: ratioSpread.describe('Of unrelated pairs'),
  histogram: z
    .object({
      from: z.number().describe('Where the first bin begins, in log10 LR'),
      width: z.number().describe('Of a bin, in log10 LR'),
      h1: z.array(z.number()).describe('P(bin | H1); what lies beyond an end is in its last bin'),
      h2: z.array(z.number()).describe('P(bin | H2), likewise'),
    })
    .nullable()
    .describe('Null where no LR is finite and above 0'),
  pairs: z.array(z.number()).describe('Sizes of databases: pairs that are compared'),
  steps: z.array(step).describe('Locus by locus, in the order of the set'),
  drawnLoci: z.array(z.string()).describe('Simulated; the others are exact'),
  notInTable: z
    .array(z.string())
    .describe('Left out: the frequency table of the policy lacks them'),
  method: z
    .object({ draws: z.int(), seed: z.int() })
    .describe('Draws at each simulated locus, and the seed: the same input gives the same digits'),
  provenance: z.object({
    engineVersion: z.string(),
    policyId: z.uuid(),
    policyHash: z.string(),
    frequencyTable: z.object({ name: z.string(), contentHash: z.string() }),
  }),
});

export const kitList = z.object({
  kits: z.array(
    z.object({
      name: z.string(),
      maker: z.string(),
      loci: z.array(z.string()).describe('The autosomal loci that the service knows'),
    }),
  ),
});

export type PowerQuery = z.output<typeof powerQuery>;
export type Power = z.output<typeof power>;
export type PowerRelationship = (typeof POWER_RELATIONSHIPS)[number];
