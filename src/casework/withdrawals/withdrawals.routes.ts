import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { actorAs } from '../access/actor.ts';
import { sampleParams } from '../consents/consents.schema.ts';
import { withdrawalReceipt } from './withdrawals.schema.ts';
import type { Tombstone, WithdrawalsService } from './withdrawals.service.ts';

const tags = ['intake'];

export const withdrawalRoutes: FastifyPluginCallbackZod<{ withdrawals: WithdrawalsService }> = (
  app,
  { withdrawals },
  done,
) => {
  app.post(
    '/samples/:sampleId/withdrawal',
    {
      config: { roles: ['collection-point'] },
      schema: {
        tags,
        summary: 'Withdraw a sample for good',
        description:
          'Destroys the key of its profile, and removes the profile, its candidates and what was said of them. A ' +
          'search that runs meanwhile brings nothing of the person. This cannot be undone.',
        params: sampleParams,
        response: {
          200: withdrawalReceipt.describe('Withdrawn before; nothing was changed'),
          201: withdrawalReceipt.describe('Withdrawn'),
        },
      },
    },
    async (request, reply) => {
      const { collectionPointId, id } = actorAs(request, 'collection-point');
      const { tombstone, replayed } = await withdrawals.withdraw(
        collectionPointId,
        request.params.sampleId,
        id,
      );
      return reply.code(replayed ? 200 : 201).send(toReceipt(tombstone));
    },
  );

  app.get(
    '/samples/:sampleId/withdrawal',
    {
      config: { roles: ['collection-point'] },
      schema: {
        tags,
        summary: 'The receipt of a withdrawal again',
        params: sampleParams,
        response: { 200: withdrawalReceipt },
      },
    },
    async (request) => {
      const { collectionPointId } = actorAs(request, 'collection-point');
      return toReceipt(await withdrawals.read(collectionPointId, request.params.sampleId));
    },
  );
  done();
};

/** The id of the receipt is the sample's own, which the collection point never saw before. */
function toReceipt(tombstone: Tombstone): z.infer<typeof withdrawalReceipt> {
  const { sampleId, code, caseNumber, cause, withdrawnAt, candidates } = tombstone;
  return {
    receiptId: sampleId,
    sampleId: code,
    caseId: caseNumber,
    cause,
    withdrawnAt: withdrawnAt.toISOString(),
    candidatesRemoved: candidates,
  };
}
