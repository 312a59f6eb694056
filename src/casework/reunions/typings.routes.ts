import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { FILE_LIMIT, FILE_TYPES } from '../../platform/file-types.ts';
import { reunionParams, typingFile, typings } from './reunions.schema.ts';
import type { ReunionsService } from './reunions.service.ts';
import type { Typings } from './typing-file.ts';

export const typingRoutes: FastifyPluginCallbackZod<{ reunions: ReunionsService }> = (
  app,
  { reunions },
  done,
) => {
  app.post(
    '/reunions/:reunionId/typings',
    {
      bodyLimit: FILE_LIMIT,
      config: { roles: ['analyst'] },
      schema: {
        tags: ['reunion'],
        summary: 'Read a laboratory’s file for the evidence of a reunion',
        description: 'In any form that POST /v1/batches takes as a file. Nothing of it is kept.',
        consumes: FILE_TYPES,
        params: reunionParams,
        body: typingFile,
        response: { 200: typings },
      },
    },
    async (request) => {
      const { people, refused } = await reunions.readTypings(request.params.reunionId, request.body); // prettier-ignore
      return { people: people.map(toTypedJson), refused: refused.map(toRefusedJson) };
    },
  );
  done();
};

function toTypedJson({ sampleId, profile }: Typings['people'][number]) {
  const genotypes: Record<string, string[]> = {};
  for (const [locus, alleles] of profile) genotypes[locus] = [...alleles];
  return { sampleId, genotypes };
}

function toRefusedJson({ row, sampleId, faults }: Typings['refused'][number]) {
  return { row, sampleId, faults: [...faults] };
}
