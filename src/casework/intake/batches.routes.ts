import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { actorAs } from '../access/actor.ts';
import { batchBody, batchHeaders, batchParams, batchQuery, receipt } from './batch.schema.ts';
import type { IntakeService } from './intake.service.ts';

const tags = ['intake'];
const BODY_LIMIT = 16 * 1024 * 1024;

export const batchRoutes: FastifyPluginCallbackZod<{ intake: IntakeService }> = (
  app,
  { intake },
  done,
) => {
  app.post(
    '/batches',
    {
      bodyLimit: BODY_LIMIT,
      config: { roles: ['collection-point'] },
      schema: {
        tags,
        summary: 'Upload a batch of profiles',
        description:
          'CSV (one row a person, a locus in one column "13,14" or in two) or JSON. Good rows are ' +
          'kept, bad ones refused, each with its reason. Sent again, a batch changes nothing.',
        consumes: ['text/csv', 'application/json'],
        querystring: batchQuery,
        headers: batchHeaders,
        body: batchBody,
        response: {
          200: receipt.describe('Received before; nothing was changed'),
          201: receipt.describe('Received'),
        },
      },
    },
    async (request, reply) => {
      const { collectionPointId } = actorAs(request, 'collection-point');
      const { receipt, replayed } = await intake.receive(
        collectionPointId,
        request.query.side,
        request.body,
        request.headers['idempotency-key'],
      );
      return reply.code(replayed ? 200 : 201).send(receipt);
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
        response: { 200: receipt },
      },
    },
    async (request) => {
      const { collectionPointId } = actorAs(request, 'collection-point');
      return intake.findReceipt(request.params.batchId, collectionPointId);
    },
  );
  done();
};
