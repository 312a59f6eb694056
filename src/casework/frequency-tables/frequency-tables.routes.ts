import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import {
  frequencyTableCsv,
  frequencyTableEntry,
  frequencyTableList,
  frequencyTableQuery,
} from './frequency-tables.schema.ts';
import type { FrequencyTablesService, FrequencyTableRow } from './frequency-tables.service.ts';

const tags = ['policies'];

export const frequencyTableRoutes: FastifyPluginCallbackZod<{
  frequencyTables: FrequencyTablesService;
}> = (app, { frequencyTables }, done) => {
  app.post(
    '/frequency-tables',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Upload an allele-frequency table',
        consumes: ['text/csv'],
        querystring: frequencyTableQuery,
        body: frequencyTableCsv,
        response: { 200: frequencyTableEntry, 201: frequencyTableEntry },
      },
    },
    async (request, reply) => {
      const { row, created } = await frequencyTables.upload(request.query.name, request.body);
      return reply.code(created ? 201 : 200).send(toEntry(row));
    },
  );

  app.get(
    '/frequency-tables',
    {
      config: { roles: ['admin', 'analyst'] },
      schema: { tags, summary: 'List the tables', response: { 200: frequencyTableList } },
    },
    async () => ({ frequencyTables: (await frequencyTables.list()).map(toEntry) }),
  );
  done();
};

function toEntry({ id, name, contentHash, createdAt }: FrequencyTableRow) {
  return { id, name, contentHash, createdAt: createdAt.toISOString() };
}
