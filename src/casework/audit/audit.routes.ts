import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { writeHead } from './audit-line.ts';
import { writeEntries } from './audit-csv.ts';
import {
  auditExportQuery,
  auditFile,
  auditPage,
  auditQuery,
  verification,
  verificationQuery,
} from './audit.schema.ts';
import type { AuditFilter, AuditService } from './audit.service.ts';

const tags = ['administration'];

export const auditRoutes: FastifyPluginCallbackZod<{ audit: AuditService }> = (
  app,
  { audit },
  done,
) => {
  app.get(
    '/audit',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Search the record of what was done, the newest first',
        description:
          'An entry says who asked for what, of which object, from where and with what result: no name, no ' +
          'genotype, no body. The search itself leaves an entry.',
        querystring: auditQuery,
        response: { 200: auditPage },
      },
    },
    async (request) => {
      const { limit, cursor: before, ...filter } = request.query;
      const { entries, next } = await audit.search(toFilter(filter), { before, limit });
      return { entries: [...entries], nextCursor: next };
    },
  );

  app.get(
    '/audit/export',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'What a search of the record finds, as a file',
        description:
          'A part of the chain cannot be verified: `homeward audit export` writes all of it. ' +
          'The header Homeward-Complete is false where more entries fit than the 10,000 of the file.',
        querystring: auditExportQuery,
        response: { 200: auditFile },
      },
    },
    async (request, reply) => {
      const gone = new AbortController();
      reply.raw.once('close', () => {
        gone.abort();
      });
      const { entries, isWhole } = await audit.collect(toFilter(request.query), gone.signal);
      return reply
        .type('text/csv; charset=utf-8')
        .header('homeward-complete', String(isWhole))
        .header('content-disposition', 'attachment; filename="audit.csv"')
        .send(writeEntries(entries));
    },
  );

  app.get(
    '/audit/verification',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Check that nobody touched the record, some thousand entries at a time',
        description:
          'By itself the chain shows whatever was altered, removed or moved, but neither that its last ' +
          'entries were cut off nor that all of it was written anew. Keep the head of each check where the ' +
          "database's administrators cannot reach it, and give it to the next one as `kept`.",
        querystring: verificationQuery,
        response: { 200: verification },
      },
    },
    async (request): Promise<z.input<typeof verification>> => {
      const { after = null, kept = null } = request.query;
      const { head, ...rest } = await audit.verify(after, kept);
      return { head: head && writeHead(head), ...rest };
    },
  );
  done();
};

function toFilter({ from, to, status, ...rest }: z.output<typeof auditExportQuery>): AuditFilter {
  return { ...rest, from: toDate(from), to: toDate(to), statuses: status };
}

function toDate(moment: string | undefined): Date | undefined {
  return moment === undefined ? undefined : new Date(moment);
}
