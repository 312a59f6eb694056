import { z } from 'zod';
import { RELATIONS } from '../../formats/relation.ts';
import { shortText } from '../../platform/text.ts';

const kind = z
  .enum(['same-person', 'contamination'])
  .describe('same-person: of two samples; contamination: of a sample and a staff profile');
const state = z.enum(['open', 'settled']);

const verdict = z
  .enum(['same-person', 'twins', 'mix-up', 'contamination', 'different-people'])
  .describe(
    'same-person: one person, sampled twice; twins: from one egg; mix-up: a tube stands under a wrong ' +
      'record; contamination: the sample holds the DNA of somebody else; different-people: alike by chance',
  );

export const findingParams = z.object({ findingId: z.uuid() });

export const findingQuery = z.strictObject({
  state: state.default('open').describe('open: the oldest first; settled: the newest first'),
  kind: kind.optional().describe('Only those of one kind'),
});

export const settlement = z.strictObject({
  verdict,
  reason: shortText(2_000).describe('How you know, and what was done; name nobody in it'),
});

const settled = {
  verdict,
  reason: z.string(),
  settledBy: z.string(),
  settledAt: z.iso.datetime(),
};

export const finding = z.object({
  id: z.uuid(),
  kind,
  state,
  samples: z
    .array(
      z.object({
        sampleId: z.string(),
        collectionPoint: z.string(),
        family: z.string().nullable().describe('Null of a person of unknown origin'),
        relation: z.enum(RELATIONS).nullable(),
      }),
    )
    .describe('Two, or the one that shows what staff show'),
  staff: z.string().nullable().describe('The code of the staff profile'),
  lociCompared: z.int(),
  lociDiffering: z.int(),
  foundAt: z.iso.datetime(),
  version: z.int().describe('As the ETag has it, for If-Match'),
  settlement: z.object(settled).nullable(),
  earlier: z
    .array(z.object({ ...settled, lociCompared: z.int(), lociDiffering: z.int() }))
    .describe('What was said of it, at which counts, before more loci opened it again'),
});

export const findingList = z.object({
  total: z.int().describe('How many there are; 1,000 are shown'),
  findings: z.array(finding),
});
