import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { HomewardError } from '../../platform/errors.ts';
import { FILE_LIMIT, FILE_TYPES } from '../../platform/file-types.ts';
import { actorAs } from '../access/actor.ts';
import {
  batchBody,
  batchHeaders,
  batchParams,
  batchQuery,
  type BatchQuery,
  reportContent,
} from './batch.schema.ts';
import { writeAnnotatedFile, writeReport } from './batch-report.ts';
import type { IntakeService } from './intake.service.ts';
import type { BatchContent, Upload } from './upload.ts';

const tags = ['intake'];
const CSV = 'text/csv; charset=utf-8';

export const batchRoutes: FastifyPluginCallbackZod<{ intake: IntakeService }> = (
  app,
  { intake },
  done,
) => {
  app.addHook('onRequest', (request, _reply, next) => {
    const { 'content-encoding': encoding = 'identity' } = request.headers;
    next(encoding === 'identity' ? undefined : new HomewardError('FILE_COMPRESSED'));
  });

  app.post(
    '/batches',
    {
      bodyLimit: FILE_LIMIT,
      config: { roles: ['collection-point'] },
      schema: {
        tags,
        summary: 'Upload a batch of profiles',
        description:
          'CSV (one row a person, a locus in one column "13,14" or in several), a genotype table of ' +
          'GeneMapper, a CODIS import file, or JSON. Good rows are kept, bad ones refused, each with ' +
          'its reason. Sent again, a batch changes nothing.',
        consumes: [...FILE_TYPES, 'application/json'],
        querystring: batchQuery,
        headers: batchHeaders,
        body: batchBody,
        response: {
          200: reportContent('Received before, or tried out; nothing was changed'),
          201: reportContent('Received'),
        },
      },
    },
    async (request, reply) => {
      const { collectionPointId } = actorAs(request, 'collection-point');
      const { query, body, headers } = request;
      const upload = toUpload(query, body, headers);
      const { receipt, replayed } =
        query.dryRun === 'true'
          ? { receipt: await intake.tryOut(collectionPointId, upload), replayed: true }
          : await intake.receive(collectionPointId, upload);
      reply.code(replayed ? 200 : 201);
      if (!wantsCsv(headers.accept)) return reply.send(receipt);
      const report = await writeAnnotatedFile(receipt, upload);
      return reply.type(CSV).header('content-disposition', DISPOSITION).send(report);
    },
  );

  app.get(
    '/batches/:batchId',
    {
      config: { roles: ['collection-point'] },
      schema: {
        tags,
        summary: 'The receipt of a batch again',
        params: batchParams,
        response: { 200: reportContent('The receipt') },
      },
    },
    async (request, reply) => {
      const { collectionPointId } = actorAs(request, 'collection-point');
      const receipt = await intake.findReceipt(request.params.batchId, collectionPointId);
      if (!wantsCsv(request.headers.accept)) return reply.send(receipt);
      return reply.type(CSV).header('content-disposition', DISPOSITION).send(writeReport(receipt));
    },
  );
  done();
};

const DISPOSITION = 'attachment; filename="batch-report.csv"';

function toUpload(
  { side, format }: BatchQuery,
  content: BatchContent,
  headers: { 'content-type'?: string | undefined; 'idempotency-key'?: string | undefined },
): Upload {
  const isFile = content instanceof Uint8Array;
  if (format !== undefined && isFile === (format === 'json')) {
    const sent = isFile ? 'a file' : 'application/json';
    throw new HomewardError(
      'FORMAT_MISMATCH',
      `format=${format} was asked for, and ${sent} was sent.`,
    );
  }
  const charset = /;\s*charset="?([\w.:-]{1,40})"?/i.exec(headers['content-type'] ?? '')?.[1];
  const hints = { format: format === 'json' ? undefined : format, charset };
  return { side, content, hints, idempotencyKey: headers['idempotency-key'] };
}

/** Whether CSV comes before JSON among what is accepted. */
function wantsCsv(accept = ''): boolean {
  const types = accept.split(',').map((part) => part.split(';', 1)[0]?.trim());
  return types.find((type) => type === 'text/csv' || type === 'application/json') === 'text/csv';
}
