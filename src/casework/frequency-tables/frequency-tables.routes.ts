import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { LocusFrequencies } from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import {
  frequencyTableCsv,
  frequencyTableDetail,
  frequencyTableEntry,
  frequencyTableList,
  frequencyTableParams,
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

  app.get(
    '/frequency-tables/:tableId',
    {
      config: { roles: ['admin', 'analyst'] },
      schema: {
        tags,
        summary: 'One table: its loci, and how many alleles each was counted in',
        params: frequencyTableParams,
        response: { 200: frequencyTableDetail },
      },
    },
    async (request) => {
      const found = await frequencyTables.read(request.params.tableId);
      if (!found) throw new HomewardError('NOT_FOUND');
      return { ...toEntry(found.row), loci: [...found.table.values()].map(toLocus) };
    },
  );
  done();
};

function toEntry({ id, name, contentHash, createdAt }: FrequencyTableRow) {
  return { id, name, contentHash, createdAt: createdAt.toISOString() };
}

function toLocus({ locus, alleles, frequencies, allelesCounted }: LocusFrequencies) {
  const smallestFrequency = Math.min(...frequencies);
  return { locus, alleles: alleles.length, allelesCounted, smallestFrequency };
}
