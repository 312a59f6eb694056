import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { actorAs } from '../access/actor.ts';
import { caseFile, caseParams } from './cases.schema.ts';
import type { CasesService } from './cases.service.ts';

export const caseRoutes: FastifyPluginCallbackZod<{ cases: CasesService }> = (
  app,
  { cases },
  done,
) => {
  app.get(
    '/cases/:caseId',
    {
      config: { roles: ['police'] },
      schema: {
        tags: ['police'],
        summary: 'Status and history of a case in your jurisdiction',
        params: caseParams,
        response: { 200: caseFile },
      },
    },
    async (request) => {
      const { jurisdiction } = actorAs(request, 'police');
      const { number, openedAt, history, ...file } = await cases.read(
        request.params.caseId,
        jurisdiction,
      );
      return {
        caseId: number,
        ...file,
        openedAt: openedAt.toISOString(),
        history: history.map(({ at, status }) => ({ at: at.toISOString(), status })),
      };
    },
  );
  done();
};
