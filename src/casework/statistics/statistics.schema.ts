import { z } from 'zod';
import { candidateStates } from '../candidates/candidates.schema.ts';
import { CASE_STATUSES } from '../cases/case-status.ts';
import { CASE_OUTCOMES } from './case-outcome.ts';
import { VERDICT_CAUSES } from '../reviews/verdict.ts';
import { shortText } from '../../platform/text.ts';

const CASE_KINDS = ['missing-child', 'unknown-origin'] as const;

const count = z.int();
const of = z.int().describe('Of how many');
const share = z.object({ count, of });
const day = z.iso.date();

export const statisticsQuery = z
  .strictObject({
    from: day.describe('The first day, in UTC'),
    to: day.describe('The last day, in UTC'),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'lies before `from`' });

const spread = z.object({
  count: count.describe('Over how many'),
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  p99: z.number().nullable(),
});

export const statistics = z.object({
  from: day,
  to: day,
  cases: z
    .array(
      z.object({
        kind: z.enum(CASE_KINDS),
        status: z.enum(CASE_STATUSES),
        count,
        of,
      }),
    )
    .describe('Cases opened in the period, by where they stand today; of all of their kind'),
  provinces: z
    .array(
      z.object({
        province: z.string().describe('The first two digits of GB/T 2260'),
        month: z.string(),
        cases: count.describe('Opened in this month'),
        relatives: count.describe('Samples of relatives received'),
        unknowns: count.describe('Samples of people of unknown origin received'),
        reunited: count.describe('Of the cases opened in this month, those reunited by today'),
      }),
    )
    .describe('By the division of the case'),
  candidates: z
    .array(z.object({ state: z.enum(candidateStates), count, of }))
    .describe('Candidates found in the period, by where they stand today'),
  disputed: share.describe(
    'Of the rounds that two signed in the period, those on which they differed',
  ),
  reunions: z
    .array(z.object({ state: z.string(), count, of }))
    .describe('Reunions begun in the period, by where they stand today'),
  outcomes: z.object({
    cases: z
      .array(z.object({ kind: z.enum(CASE_KINDS), outcome: z.enum(CASE_OUTCOMES), count, of }))
      .describe(
        'Cases opened in the period, by what ended the search for them until today; of all of their kind. A case ' +
          'whose samples were all withdrawn counts by the last of them',
      ),
    candidates: z
      .array(
        z.object({
          state: z.enum(['excluded', 'inconclusive', 'more-loci']),
          cause: z
            .enum([...VERDICT_CAUSES, 'differing', 'not-said'])
            .describe('As the signatures that say so name it'),
          count,
          of,
        }),
      )
      .describe(
        'Candidates found in the period and settled so today, by cause; of all of the state',
      ),
    withdrawals: z
      .array(
        z.object({
          cause: z.enum(['consent-withdrawn', 'retention-ended']),
          count,
          of,
          candidates: count.describe('That were removed with these samples'),
        }),
      )
      .describe('Samples withdrawn in the period, whenever they came; of all of these'),
  }),
  secondsToSearch: spread.describe('From the storing of a profile to the end of its first search'),
  secondsToVerdict: spread.describe(
    'From the finding of a candidate to the end of its first round',
  ),
  recall: share.describe(
    'Of the canaries that have been searched, those that were found; of all times',
  ),
});

export const newCanary = z.strictObject({
  point: shortText(64).describe('The code of the collection point that stored both'),
  unknown: shortText(200).describe('Sample id of the made-up person of unknown origin'),
  family: shortText(200).describe('Code of the made-up family'),
});

export const canaryParams = z.object({ canaryId: z.uuid() });

export const plantedCanary = z.object({ id: z.uuid() });

export const canaryList = z.object({
  canaries: z.array(
    newCanary.extend({
      id: z.uuid(),
      plantedAt: z.date(),
      found: z.boolean().nullable().describe('Null while it is not searched'),
    }),
  ),
});
