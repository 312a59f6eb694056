import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { templateFile, templateParams, templateQuery } from './batch.schema.ts';
import { makeTemplate } from './templates.ts';

export const templateRoutes: FastifyPluginCallbackZod = (app, _options, done) => {
  app.get(
    '/templates/:format',
    {
      config: { roles: ['collection-point', 'admin'] },
      schema: {
        tags: ['intake'],
        summary: 'A file of a format with two made-up people, to be filled in',
        params: templateParams,
        querystring: templateQuery,
        response: { 200: templateFile },
      },
    },
    async (request, reply) => {
      const { text, name, type } = makeTemplate(request.params.format, request.query.side);
      return reply
        .type(`${type}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="${name}"`)
        .serializer(String)
        .send(text);
    },
  );
  done();
};
