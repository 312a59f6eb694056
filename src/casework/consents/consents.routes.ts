import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { actorAs } from '../access/actor.ts';
import { consentList, consentReceipt, consentsOfSample, sampleParams } from './consents.schema.ts';
import type { ConsentsService } from './consents.service.ts';

const tags = ['intake'];
const BODY_LIMIT = 8 * 1024 * 1024;

export const consentRoutes: FastifyPluginCallbackZod<{ consents: ConsentsService }> = (
  app,
  { consents },
  done,
) => {
  app.post(
    '/consents',
    {
      bodyLimit: BODY_LIMIT,
      config: { roles: ['collection-point'] },
      schema: {
        tags,
        summary: 'Record what people signed, before their samples are uploaded',
        description:
          'Good rows are kept, bad ones refused, each with its reason. Signing another version of the ' +
          'form adds a consent; none is ever edited. Sent again, a list changes nothing.',
        body: consentList,
        response: { 200: consentReceipt },
      },
    },
    async (request) => {
      const { collectionPointId } = actorAs(request, 'collection-point');
      return consents.record(collectionPointId, request.body.consents);
    },
  );

  app.get(
    '/samples/:sampleId/consents',
    {
      config: { roles: ['collection-point'] },
      schema: {
        tags,
        summary: 'What was signed for a sample of yours',
        params: sampleParams,
        response: { 200: consentsOfSample },
      },
    },
    async (request) => {
      const { collectionPointId } = actorAs(request, 'collection-point');
      const given = await consents.list(collectionPointId, request.params.sampleId);
      return {
        consents: given.map(
          ({ version, purpose, signer, signedOn, ageYears, deceased, retainUntil, ...at }) => ({
            ...{ version, purpose, signer, signedOn, ageYears, deceased, retainUntil },
            recordedAt: at.recordedAt.toISOString(),
            withdrawnAt: at.withdrawnAt?.toISOString() ?? null,
          }),
        ),
      };
    },
  );
  done();
};
