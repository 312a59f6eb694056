import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actorAs } from '../access/actor.ts';
import {
  canaryList,
  canaryParams,
  newCanary,
  plantedCanary,
  statistics,
  statisticsQuery,
} from './statistics.schema.ts';
import type { StatisticsService } from './statistics.service.ts';

const tags = ['statistics'];

export const statisticsRoutes: FastifyPluginCallbackZod<{ statistics: StatisticsService }> = (
  app,
  services,
  done,
) => {
  app.get(
    '/statistics',
    {
      config: { roles: ['admin', 'analyst'] },
      schema: {
        tags,
        summary: 'What came in during a period, and what has become of it',
        querystring: statisticsQuery,
        response: { 200: statistics },
      },
    },
    (request) => services.statistics.read(request.query) as Promise<z.input<typeof statistics>>,
  );

  app.post(
    '/canaries',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Name a made-up pair that the search must find',
        description:
          'Both are uploaded like everybody else. Missing one raises an alarm every day.',
        body: newCanary,
        response: { 201: plantedCanary },
      },
    },
    async (request, reply) => {
      const { id: plantedBy } = actorAs(request, 'admin');
      return reply.code(201).send({ id: await services.statistics.plant(request.body, plantedBy) });
    },
  );

  app.get(
    '/canaries',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'The canaries, and whether they were found',
        response: { 200: canaryList },
      },
    },
    async () => ({ canaries: await services.statistics.listCanaries() }),
  );

  app.delete(
    '/canaries/:canaryId',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Watch a canary no longer',
        params: canaryParams,
        response: { 204: z.null().describe('No longer watched') },
      },
    },
    async (request, reply) => {
      await services.statistics.remove(request.params.canaryId);
      return reply.code(204).send(null);
    },
  );
  done();
};
