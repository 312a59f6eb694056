import { z } from 'zod';

const count = z.int();

const jobs = z
  .object({
    waiting: count,
    active: count.describe('Being worked on'),
    delayed: count.describe('Tried without success, and to be tried again'),
    failed: count.describe('Given up by the queue; of those the newest 1,000 are kept'),
    workers: count.describe('Processes that take jobs from this queue'),
  })
  .nullable()
  .describe('Null where the queue does not answer');

export const health = z.object({
  at: z.iso.datetime().describe('When it was measured'),
  process: z
    .object({
      version: z.string(),
      startedAt: z.iso.datetime(),
      bytes: count.describe('Memory of the process that answers'),
    })
    .describe('The process that answers; there may be others'),
  queues: z.object({
    kind: z.enum(['postgres', 'redis']).describe('Where they are kept'),
    work: z.array(
      z.object({
        name: z.enum(['searches', 'sweeps']),
        pending: count.describe('In the database, which alone counts: not done yet'),
        failed: count.describe('In the database: put aside after repeated failure'),
        oldestAt: z.iso
          .datetime()
          .nullable()
          .describe('Since when the oldest that is not done waits'),
        jobs,
      }),
    ),
  }),
  index: z
    .object({
      threads: count.describe('That compare'),
      unknowns: count.describe('People of unknown origin in the index'),
      families: count,
      bytes: count.describe('Memory that the index has taken'),
      readAt: z.iso.datetime().nullable().describe('When it was last compared with the database'),
      changedAt: z.iso
        .datetime()
        .nullable()
        .describe('When somebody last came in or went; null since the start: nobody'),
      policyId: z
        .uuid()
        .nullable()
        .describe('The policy that all threads are ready for; null before the first'),
    })
    .nullable()
    .describe('Of the process that answers; null where it does not search'),
  database: z.object({
    bytes: count.nullable().describe('Null where the service may not ask'),
    unknowns: count.describe('People of unknown origin that are stored'),
    families: count,
    migrations: z.object({ applied: count, known: count.describe('To this release') }),
  }),
  canaries: z.object({
    planted: count,
    found: count,
    missed: count.describe('Searched and not found: the search may miss families'),
  }),
  messages: z
    .object({ waiting: count, failing: count.describe('Of these, tried before'), abandoned: count })
    .describe('To the webhooks in use'),
  alarms: z.object({
    custody: count.describe('Of tubes, that nobody has resolved'),
    redraws: count.describe('Tubes that are to be drawn again'),
    breakGlass: count.describe('Openings that nobody has reviewed, at most 1,000'),
  }),
});
