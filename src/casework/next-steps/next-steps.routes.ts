import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { candidateParams } from '../candidates/candidates.schema.ts';
import { nextSteps, nextStepsQuery } from './next-steps.schema.ts';
import type { NextStepsService } from './next-steps.service.ts';

export const nextStepRoutes: FastifyPluginCallbackZod<{ nextSteps: NextStepsService }> = (
  app,
  { nextSteps: service },
  done,
) => {
  app.get(
    '/candidates/:candidateId/next-steps',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags: ['candidates'],
        summary:
          'Whom, or which further loci, to type next, by what would settle the candidate best',
        description:
          'Computed from the candidate as it is, with everybody and every kit by itself.',
        params: candidateParams,
        querystring: nextStepsQuery,
        response: { 200: nextSteps },
      },
    },
    (request) => service.foresee(request.params.candidateId, request.query.threshold),
  );
  done();
};
