import { z } from 'zod';
import { DIFFERENCES } from './sweep-candidates.repository.ts';

export const sweepParams = z.object({ sweepId: z.uuid() });

export const newSweep = z.strictObject({
  reason: z
    .enum(['by-hand', 'kit'])
    .default('by-hand')
    .describe('kit: the definition of a kit has changed'),
});

export const sweepQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.uuid().optional().describe('`nextCursor` of the page before'),
});

export const sweepEntry = z.object({
  id: z.uuid(),
  reason: z.enum(['policy', 'engine', 'kit', 'by-hand']).describe('What asked for it'),
  state: z.enum(['running', 'done', 'cancelled']),
  policyId: z.uuid(),
  previousPolicyId: z
    .uuid()
    .nullable()
    .describe('Whose candidates stood before; null under the first policy'),
  engineVersion: z.string().describe('The release that works on it; others leave it alone'),
  unknowns: z.int().nullable().describe('People of unknown origin; null until it is planned'),
  families: z.int().nullable(),
  blocks: z
    .object({
      pending: z.int(),
      done: z.int(),
      failed: z.int().describe('Put aside after repeated failure; resume gives another chance'),
    })
    .nullable()
    .describe('Pieces of the work; null until it is planned'),
  differences: z
    .object({
      appeared: z.int(),
      gone: z.int(),
      changed: z.int().describe('Another relationship, or log10 LR moved by more than 1e-6'),
      unchanged: z.int(),
    })
    .nullable()
    .describe('Its candidates against those that stood before; null until it is done'),
  requestedAt: z.iso.datetime(),
  plannedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});

export const sweepList = z.object({
  sweeps: z.array(sweepEntry),
  nextCursor: z.uuid().nullable(),
});

export const differenceQuery = z.strictObject({
  difference: z.enum(DIFFERENCES),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(200).optional().describe('`nextCursor` of the page before'),
});

const outcome = z
  .object({
    relationship: z.enum(['both-parents', 'father', 'mother', 'relatives', 'same-person']),
    log10Lr: z.number().describe('log10 of the likelihood ratio'),
  })
  .nullable();

export const differenceList = z.object({
  differences: z.array(
    z.object({
      candidateId: z.uuid(),
      unknown: z.string().describe('Sample id of the person of unknown origin'),
      family: z.string(),
      before: outcome,
      after: outcome,
    }),
  ),
  nextCursor: z.string().nullable(),
});
