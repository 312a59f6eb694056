import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { ifMatchHeader, readIfMatch, writeETag } from '../../platform/if-match.ts';
import { actorAs } from '../access/actor.ts';
import {
  finding,
  findingList,
  findingParams,
  findingQuery,
  settlement,
} from './findings.schema.ts';
import type { Finding, FindingsService } from './findings.service.ts';

const tags = ['contamination'];
const config = { roles: ['analyst'] } as const;

export const findingRoutes: FastifyPluginCallbackZod<{ findings: FindingsService }> = (
  app,
  { findings },
  done,
) => {
  app.get(
    '/findings',
    {
      config,
      schema: {
        tags,
        summary: 'Samples that show one person, or somebody of the staff',
        querystring: findingQuery,
        response: { 200: findingList },
      },
    },
    async (request) => {
      const { total, findings: shown } = await findings.list(request.query);
      return { total, findings: shown.map(toJson) };
    },
  );

  app.get(
    '/findings/:findingId',
    {
      config,
      schema: {
        tags,
        summary: 'One finding',
        params: findingParams,
        response: { 200: finding },
      },
    },
    async (request, reply) => {
      const found = await findings.read(request.params.findingId);
      return reply.header('etag', writeETag(found.version)).send(toJson(found));
    },
  );

  app.post(
    '/findings/:findingId/settlement',
    {
      config,
      schema: {
        tags,
        summary: 'Say what a finding was',
        description:
          'Genotypes cannot tell a person sampled twice from identical twins: say which it is. Nothing is ' +
          'withdrawn by it.',
        params: findingParams,
        headers: ifMatchHeader,
        body: settlement,
        response: { 200: finding },
      },
    },
    async (request, reply) => {
      const said = { ...request.body, version: readIfMatch(request.headers) };
      const { id } = actorAs(request, 'analyst');
      const settled = await findings.settle(request.params.findingId, said, id);
      return reply.header('etag', writeETag(settled.version)).send(toJson(settled));
    },
  );
  done();
};

function toJson(found: Finding): z.infer<typeof finding> {
  const { id, samples, staff, lociCompared, lociDiffering, foundAt, version } = found;
  const { verdict, reason, settledBy, settledAt } = found;
  const isSettled = verdict !== null && reason !== null && settledBy !== null && settledAt !== null;
  return {
    ...{ id, staff, lociCompared, lociDiffering, version },
    kind: staff === null ? 'same-person' : 'contamination',
    state: isSettled ? 'settled' : 'open',
    samples: samples.map(({ code, ...sample }) => ({ sampleId: code, ...sample })),
    foundAt: foundAt.toISOString(),
    settlement: isSettled
      ? { verdict, reason, settledBy, settledAt: settledAt.toISOString() }
      : null,
    earlier: found.earlier.map((one) => ({ ...one })),
  };
}
