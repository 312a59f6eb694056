import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actorAs } from '../access/actor.ts';
import { caseParams } from '../cases/cases.schema.ts';
import { sampleParams } from '../consents/consents.schema.ts';
import { identity, newIdentities, newIdentity, peopleOfCase } from './identities.schema.ts';
import type { IdentitiesService } from './identities.service.ts';

const LIST_LIMIT = 4 * 1024 * 1024;

export const identityRoutes: FastifyPluginCallbackZod<{ identities: IdentitiesService }> = (
  app,
  { identities },
  done,
) => {
  app.put(
    '/samples/:sampleId/identity',
    {
      config: { roles: ['collection-point'] },
      schema: {
        tags: ['intake'],
        summary: 'Say who gave a sample of yours',
        description: 'Replaces what was there, the photo included.',
        params: sampleParams,
        body: newIdentity,
        response: { 204: z.null().describe('Written') },
      },
    },
    async (request, reply) => {
      const { collectionPointId } = actorAs(request, 'collection-point');
      await identities.put(collectionPointId, request.params.sampleId, request.body);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/samples/:sampleId/identity',
    {
      config: { roles: ['collection-point'] },
      schema: {
        tags: ['intake'],
        summary: 'Who gave a sample of yours',
        params: sampleParams,
        response: { 200: identity },
      },
    },
    async (request) => {
      const { collectionPointId } = actorAs(request, 'collection-point');
      const found = await identities.read(collectionPointId, request.params.sampleId);
      const { photo, writtenAt } = found;
      return {
        ...found,
        photo: photo && Buffer.from(photo).toString('base64'),
        writtenAt: writtenAt.toISOString(),
      };
    },
  );

  app.post(
    '/identities',
    {
      bodyLimit: LIST_LIMIT,
      config: { roles: ['collection-point'] },
      schema: {
        tags: ['intake'],
        summary: 'Say who gave up to 1,000 samples of yours',
        description:
          'All are written or none. Each replaces what was there, a photo too: photos are sent one by one.',
        body: newIdentities,
        response: { 200: z.object({ written: z.int() }) },
      },
    },
    async (request) => {
      const { collectionPointId } = actorAs(request, 'collection-point');
      const sent = request.body.identities.map((one) => ({ ...one, photo: null }));
      await identities.putAll(collectionPointId, sent);
      return { written: sent.length };
    },
  );

  app.get(
    '/cases/:caseId/people',
    {
      config: { roles: ['police'] },
      schema: {
        tags: ['police'],
        summary: 'Who the people of a case in your jurisdiction are',
        description: 'Names and how to reach them; never a genotype. There is no search by name.',
        params: caseParams,
        response: { 200: peopleOfCase },
      },
    },
    async (request) => {
      const { jurisdiction } = actorAs(request, 'police');
      const people = await identities.peopleFor(jurisdiction, request.params.caseId);
      return {
        people: people.map(({ relation, identity: known }) => ({
          relation,
          name: known?.name ?? null,
          phone: known?.phone ?? null,
          address: known?.address ?? null,
        })),
      };
    },
  );
  done();
};
