import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { readCursor, writeCursor } from '../../platform/page-cursor.ts';
import {
  differenceList,
  differenceQuery,
  newSweep,
  sweepEntry,
  sweepList,
  sweepParams,
  sweepQuery,
} from './sweep.schema.ts';
import type { SweepFile, SweepsService, SweptPair } from './sweeps.service.ts';

const tags = ['sweeps'];

export const sweepRoutes: FastifyPluginCallbackZod<{ sweeps: SweepsService }> = (
  app,
  { sweeps },
  done,
) => {
  app.get(
    '/sweeps',
    {
      config: { roles: ['admin', 'analyst'] },
      schema: {
        tags,
        summary: 'Sweeps of the whole database, the newest first, with their progress',
        querystring: sweepQuery,
        response: { 200: sweepList },
      },
    },
    async (request) => {
      const { limit, cursor = null } = request.query;
      const page = await sweeps.list({ after: cursor, limit });
      return {
        sweeps: page.map(toEntry),
        nextCursor: page.length === limit ? (page.at(-1)?.id ?? null) : null,
      };
    },
  );

  app.post(
    '/sweeps',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Compare everybody again under the policy in force',
        body: newSweep,
        response: { 201: sweepEntry },
      },
    },
    async (request, reply) =>
      reply.code(201).send(toEntry(await sweeps.start(request.body.reason))),
  );

  app.get(
    '/sweeps/:sweepId',
    {
      config: { roles: ['admin', 'analyst'] },
      schema: {
        tags,
        summary: 'How far a sweep is; when it is done, how many candidates it changed',
        params: sweepParams,
        response: { 200: sweepEntry },
      },
    },
    async (request) => toEntry(await sweeps.read(request.params.sweepId)),
  );

  app.get(
    '/sweeps/:sweepId/differences',
    {
      config: { roles: ['admin', 'analyst'] },
      schema: {
        tags,
        summary: 'Candidates that appeared, went or changed by a sweep, the largest LR first',
        params: sweepParams,
        querystring: differenceQuery,
        response: { 200: differenceList },
      },
    },
    async (request) => {
      const { difference, limit, cursor } = request.query;
      const filter = { difference, limit, after: readCursor(cursor) };
      const page = await sweeps.listDifferences(request.params.sweepId, filter);
      const last = page.length === limit ? page.at(-1) : undefined;
      return {
        differences: page.map(toDifference),
        nextCursor: last ? writeCursor({ log10Lr: last.rank, id: last.id }) : null,
      };
    },
  );

  for (const [step, summary] of [
    ['cancel', 'Stop a sweep; what is done stays done'],
    ['resume', 'Go on with a cancelled sweep, and try its failed blocks again'],
  ] as const) {
    app.post(
      `/sweeps/:sweepId/${step}`,
      {
        config: { roles: ['admin'] },
        schema: { tags, summary, params: sweepParams, response: { 200: sweepEntry } },
      },
      async (request) => toEntry(await sweeps[step](request.params.sweepId)),
    );
  }
  done();
};

function toEntry(sweep: SweepFile): z.infer<typeof sweepEntry> {
  return {
    ...sweep,
    requestedAt: sweep.requestedAt.toISOString(),
    plannedAt: sweep.plannedAt?.toISOString() ?? null,
    endedAt: sweep.endedAt?.toISOString() ?? null,
  };
}

function toDifference(pair: SweptPair): z.infer<typeof differenceList>['differences'][number] {
  const { candidateId, unknownCode: unknown, familyCode: family } = pair;
  const outcome = (
    relationship: SweptPair['relationshipAfter'],
    log10Lr: number | null,
  ): z.infer<typeof differenceList>['differences'][number]['after'] =>
    relationship === null || log10Lr === null ? null : { relationship, log10Lr };
  return {
    ...{ candidateId, unknown, family },
    before: outcome(pair.relationshipBefore, pair.log10LrBefore),
    after: outcome(pair.relationshipAfter, pair.log10LrAfter),
  };
}
