import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { actorAs } from '../access/actor.ts';
import { candidateParams } from '../candidates/candidates.schema.ts';
import { candidatePopulations, reportFile, reportQuery } from './report.schema.ts';
import type { ReportsService } from './reports.service.ts';

const TYPES = { pdf: 'application/pdf', json: 'application/json; charset=utf-8' } as const;

export const reportRoutes: FastifyPluginCallbackZod<{ reports: ReportsService }> = (
  app,
  { reports },
  done,
) => {
  app.get(
    '/candidates/:candidateId/report',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags: ['candidates'],
        summary: 'The report of one candidate, to print or to compute again',
        params: candidateParams,
        querystring: reportQuery,
        response: { 200: reportFile },
      },
    },
    async (request, reply) => {
      const { candidateId } = request.params;
      const { format, language } = request.query;
      const bytes = await reports.write(candidateId, actorAs(request, 'analyst').id, {
        format,
        language,
      });
      const name = `${candidateId}.${language}.${format}`;
      return reply
        .type(TYPES[format])
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
  );

  app.get(
    '/candidates/:candidateId/populations',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags: ['candidates'],
        summary: 'The LR of one candidate in every population, and what it means in this database',
        description:
          'As the report has it. Only the table of the policy decides who is a candidate.',
        params: candidateParams,
        response: { 200: candidatePopulations },
      },
    },
    (request) => reports.readPopulations(request.params.candidateId),
  );
  done();
};
