import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  apiKeyList,
  apiKeyParams,
  createdApiKey,
  keyRotation,
  newApiKey,
} from './access.schema.ts';
import type { AccessService } from './access.service.ts';

const tags = ['administration'];

export const accessRoutes: FastifyPluginCallbackZod<{ access: AccessService }> = (
  app,
  { access },
  done,
) => {
  app.post(
    '/api-keys',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Create an API key',
        body: newApiKey,
        response: { 201: createdApiKey },
      },
    },
    async (request, reply) => reply.code(201).send(await access.createKey(request.body)),
  );

  app.get(
    '/api-keys',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'List the API keys, without their secrets',
        response: { 200: apiKeyList },
      },
    },
    async () => ({ keys: await access.listKeys() }),
  );

  app.post(
    '/api-keys/:keyId/rotation',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Give an API key a new secret',
        description: 'Makes a key of the same role and scope; the old one ends after the overlap.',
        params: apiKeyParams,
        body: keyRotation,
        response: { 201: createdApiKey },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await access.rotateKey(request.params.keyId, request.body)),
  );

  app.delete(
    '/api-keys/:keyId',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Revoke an API key at once',
        params: apiKeyParams,
        response: { 204: z.null().describe('Revoked') },
      },
    },
    async (request, reply) => {
      await access.revokeKey(request.params.keyId);
      return reply.code(204).send(null);
    },
  );
  done();
};
