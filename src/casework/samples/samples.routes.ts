import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { readCodeCursor, writeCodeCursor } from '../../platform/page-cursor.ts';
import { actorAs } from '../access/actor.ts';
import { sampleList, sampleQuery } from './samples.schema.ts';
import type { SamplesService } from './samples.service.ts';

export const sampleRoutes: FastifyPluginCallbackZod<{ samples: SamplesService }> = (
  app,
  { samples },
  done,
) => {
  app.get(
    '/samples',
    {
      config: { roles: ['collection-point'] },
      schema: {
        tags: ['intake'],
        summary: 'Where your samples stand',
        description:
          'All of which anything was recorded: a consent, a draw, a profile, a withdrawal. Neither who gave them ' +
          'nor what was typed.',
        querystring: sampleQuery,
        response: { 200: sampleList },
      },
    },
    async (request) => {
      const { collectionPointId } = actorAs(request, 'collection-point');
      const { state = null, prefix = '', limit, cursor } = request.query;
      const range = { state, prefix, limit, after: readCodeCursor(cursor) };
      const page = await samples.list(collectionPointId, range);
      const nextCursor = page.next === null ? null : writeCodeCursor(page.next);
      return { samples: page.samples, nextCursor };
    },
  );
  done();
};
