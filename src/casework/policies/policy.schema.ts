import { z } from 'zod';
import { shortText } from '../../platform/text.ts';
import { calculationParameters } from './parameters.schema.ts';

/** How likelihood ratios are computed and which are kept: the content of a policy file. */
export const policyDocument = z.strictObject({
  params: calculationParameters,
  threshold: z.number().min(1).max(1e30).default(10_000).describe('Smallest LR of a candidate'),
  dropOut: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe('Probability that an allele of a heterozygote is not seen, in every sample alike'),
  priorInDatabase: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.5)
    .describe("Prior probability that a person's family is in the database"),
});

export type PolicyDocument = z.output<typeof policyDocument>;

/**
 * A policy as this version says it: what an older one left out is at its default, and what says
 * nothing any more is gone.
 * @param document a policy file, or what was stored of one
 */
export function readPolicyDocument(document: unknown): PolicyDocument {
  const { params, ...others } = policyDocument.parse(document);
  const { silent: _saysNothing, ...said } = params;
  return { params: said, ...others };
}

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
