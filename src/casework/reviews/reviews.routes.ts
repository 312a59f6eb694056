import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { shortText } from '../../platform/text.ts';
import { actorAs } from '../access/actor.ts';
import { candidateParams } from '../candidates/candidates.schema.ts';
import type { ReviewsService } from './reviews.service.ts';
import { VERDICTS } from './verdict.ts';

const decision = z.strictObject({
  verdict: z.enum(VERDICTS),
  reason: shortText(2_000),
  revision: z.int().min(1).describe('The revision of the candidate that you looked at'),
});

export const reviewRoutes: FastifyPluginCallbackZod<{ reviews: ReviewsService }> = (
  app,
  { reviews },
  done,
) => {
  app.post(
    '/candidates/:candidateId/decisions',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags: ['candidates'],
        summary: 'Decide on a candidate',
        params: candidateParams,
        body: decision,
        response: { 201: z.object({ state: z.enum(VERDICTS) }) },
      },
    },
    async (request, reply) => {
      const { keyId } = actorAs(request, 'analyst');
      const { verdict } = request.body;
      await reviews.decide(request.params.candidateId, { ...request.body, decidedBy: keyId });
      return reply.code(201).send({ state: verdict });
    },
  );
  done();
};
