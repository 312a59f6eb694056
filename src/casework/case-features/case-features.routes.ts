import type { FastifyReply } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { ifMatchHeader, readIfMatch, writeETag } from '../../platform/if-match.ts';
import { actorAs } from '../access/actor.ts';
import { caseParams } from '../cases/cases.schema.ts';
import { features, newFeatures } from './case-features.schema.ts';
import type { CaseFeaturesService, StoredFeatures } from './case-features.service.ts';

export const caseFeatureRoutes: FastifyPluginCallbackZod<{ caseFeatures: CaseFeaturesService }> = (
  app,
  { caseFeatures },
  done,
) => {
  app.get(
    '/cases/:caseId/features',
    {
      config: { roles: ['collection-point', 'police'] },
      schema: {
        tags: ['cases'],
        summary: 'When, where and of whom a case is: one that you opened, or in your jurisdiction',
        params: caseParams,
        response: { 200: features },
      },
    },
    async (request, reply) => {
      const { caseId } = request.params;
      const found =
        request.actor?.role === 'police'
          ? await caseFeatures.readFor(request.actor.jurisdiction, caseId)
          : await caseFeatures.readOwn(actorAs(request, 'collection-point').collectionPointId, caseId); // prettier-ignore
      return send(reply, found);
    },
  );

  app.put(
    '/cases/:caseId/features',
    {
      config: { roles: ['collection-point'] },
      schema: {
        tags: ['cases'],
        summary: 'Say when, where and of whom a case is that you opened',
        description:
          'Replaces all that was said. Send the ETag of what you read as If-Match, "0" where nothing was said yet. ' +
          'What is not known is left out.',
        params: caseParams,
        headers: ifMatchHeader,
        body: newFeatures,
        response: { 200: features },
      },
    },
    async (request, reply) => {
      const { collectionPointId } = actorAs(request, 'collection-point');
      const version = readIfMatch(request.headers);
      const { caseId } = request.params;
      return send(
        reply,
        await caseFeatures.write(collectionPointId, caseId, version, request.body),
      );
    },
  );
  done();
};

function send(reply: FastifyReply, { writtenAt, ...found }: StoredFeatures) {
  const body: z.infer<typeof features> = { ...found, writtenAt: writtenAt?.toISOString() ?? null };
  return reply.header('etag', writeETag(found.version)).send(body);
}
