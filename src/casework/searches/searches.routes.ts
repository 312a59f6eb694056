import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ProgressService } from './progress.service.ts';

const progress = z.object({
  pending: z.int().describe('Search requests, and blocks of the last sweep, that wait or run'),
  done: z.int(),
  failed: z.int().describe('Put aside after repeated failure'),
  unknowns: z.int(),
  families: z.int(),
  couples: z.int().describe('Families with father and mother typed'),
});

export const searchRoutes: FastifyPluginCallbackZod<{ progress: ProgressService }> = (
  app,
  services,
  done,
) => {
  app.get(
    '/searches/progress',
    {
      config: { roles: ['admin', 'analyst'], untraced: true },
      schema: {
        tags: ['candidates'],
        summary: 'How far the search is',
        response: { 200: progress },
      },
    },
    () => services.progress.read(),
  );
  done();
};
