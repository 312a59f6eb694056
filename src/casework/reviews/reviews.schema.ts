import { z } from 'zod';
import { shortText } from '../../platform/text.ts';
import { candidateStates } from '../candidates/candidates.schema.ts';
import { VERDICT_CAUSES, VERDICTS } from './verdict.ts';

const MOST_CANDIDATES = 200;
const DAY_MINUTES = 1_440;
const WEEK_DAYS = 7;

const reason = shortText(2_000);
const version = z.int().min(1).describe('The version that you looked at');
const state = z.enum(candidateStates);

export const analystId = z
  .string()
  .regex(/^(key|user)_[0-9a-f]{16}$/, 'an analyst is user_… or key_…')
  .describe('A person who signs in, or an API key');

const opinion = {
  verdict: z.enum(VERDICTS),
  reason,
  cause: z
    .enum(VERDICT_CAUSES)
    .nullable()
    .default(null)
    .describe(
      'For the statistics, why it is not what the search took it for: loci that do not fit, an LR by chance, or ' +
        'another relative than that; not of what is supported',
    ),
};

const fits = ({ verdict, cause }: { verdict: string; cause: string | null }): boolean =>
  verdict !== 'supported' || cause === null;
const misfit = { path: ['cause'], message: 'what is supported has no cause to be something else' };

export const decision = z.strictObject(opinion).refine(fits, misfit);

export const standing = z.object({
  state: state.describe('Where the candidate stands now'),
  round: z.int(),
  version: z.int().describe('As the ETag has it'),
});

export const disposition = z
  .strictObject({
    ...opinion,
    candidates: z
      .array(z.strictObject({ id: z.uuid(), version }))
      .min(1)
      .max(MOST_CANDIDATES)
      .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'name each one once'),
  })
  .refine(fits, misfit);

export const dispositionReport = z.object({
  signed: z.int(),
  refused: z.int(),
  candidates: z.array(
    z.object({
      id: z.uuid(),
      standing: standing.nullable().describe('Null where nothing was signed'),
      code: z.string().nullable().describe('Why nothing was signed'),
      message: z.string().nullable(),
    }),
  ),
});

export const reopening = z.strictObject({ reason });

export const comment = z.strictObject({ text: shortText(4_000) });

export const newClaim = z.strictObject({
  analystId: analystId.optional().describe('Who is to look at it; you, where it is left out'),
  minutes: z
    .int()
    .min(5)
    .max(WEEK_DAYS * DAY_MINUTES)
    .default(30)
    .describe('After which the claim ends by itself'),
});

export const analystList = z.object({
  analysts: z.array(z.object({ id: z.string(), name: z.string() })),
});
