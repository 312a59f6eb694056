import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { calculationDocument, calculationRequest } from './calculation.schema.ts';
import type { LikelihoodRatiosService } from './likelihood-ratios.service.ts';

export const likelihoodRatioRoutes: FastifyPluginCallbackZod<{
  likelihoodRatios: LikelihoodRatiosService;
}> = (app, { likelihoodRatios }, done) => {
  app.post(
    '/likelihood-ratios',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags: ['likelihood-ratios'],
        summary: 'Weigh hypotheses about people who may be related in any way',
        description: 'Computes what the request holds, and keeps nothing of it.',
        body: calculationRequest,
        response: { 200: calculationDocument },
      },
    },
    (request) => likelihoodRatios.answer(request.body),
  );
  done();
};
