import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { kitList, power, powerQuery } from './power.schema.ts';
import type { PowerService } from './power.service.ts';

const tags = ['power'];

export const powerRoutes: FastifyPluginCallbackZod<{ power: PowerService }> = (
  app,
  { power: service },
  done,
) => {
  app.get(
    '/power',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags,
        summary: 'How large the LR of true and of unrelated pairs is, and how often it is reached',
        description: 'Of a relationship and a set of loci, under the policy in force; of nobody.',
        querystring: powerQuery,
        response: { 200: power },
      },
    },
    (request) => service.foresee(request.query),
  );

  app.get(
    '/kits',
    {
      config: { roles: ['analyst'] },
      schema: { tags, summary: 'The kits and their loci', response: { 200: kitList } },
    },
    () => ({ kits: service.kits() }),
  );
  done();
};
