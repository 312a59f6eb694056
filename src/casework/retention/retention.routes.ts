import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actorAs } from '../access/actor.ts';
import { hold, holdList, holdParams, holdQuery, newHold } from './retention.schema.ts';
import type { RetentionService } from './retention.service.ts';

const tags = ['administration'];

export const retentionRoutes: FastifyPluginCallbackZod<{ retention: RetentionService }> = (
  app,
  { retention },
  done,
) => {
  app.post(
    '/legal-holds',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Keep the samples of a case, whatever their retention says',
        body: newHold,
        response: { 201: hold },
      },
    },
    async (request, reply) => {
      const { id } = actorAs(request, 'admin');
      return reply.code(201).send(toWire(await retention.place(request.body, id)));
    },
  );

  app.get(
    '/legal-holds',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'List legal holds, the newest 1,000',
        querystring: holdQuery,
        response: { 200: holdList },
      },
    },
    async (request) => ({ holds: (await retention.list(request.query.state)).map(toWire) }),
  );

  app.delete(
    '/legal-holds/:holdId',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Release a legal hold',
        params: holdParams,
        response: { 204: z.null().describe('Released') },
      },
    },
    async (request, reply) => {
      const { id } = actorAs(request, 'admin');
      await retention.release(request.params.holdId, id);
      return reply.code(204).send(null);
    },
  );
  done();
};

function toWire({ placedAt, releasedAt, ...rest }: Awaited<ReturnType<RetentionService['place']>>) {
  return {
    ...rest,
    placedAt: placedAt.toISOString(),
    releasedAt: releasedAt?.toISOString() ?? null,
  };
}
