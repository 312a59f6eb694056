import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createdWebhook, newWebhook, webhookList, webhookParams } from './webhooks.schema.ts';
import type { WebhooksService } from './webhooks.service.ts';

const tags = ['administration'];

export const webhookRoutes: FastifyPluginCallbackZod<{ webhooks: WebhooksService }> = (
  app,
  { webhooks },
  done,
) => {
  app.post(
    '/webhooks',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Tell a police unit of every change of a case in its jurisdiction',
        description: 'The message names the case and its status, and nothing else.',
        body: newWebhook,
        response: { 201: createdWebhook },
      },
    },
    async (request, reply) => reply.code(201).send(await webhooks.register(request.body)),
  );

  app.get(
    '/webhooks',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'List the webhooks, and what became of their messages',
        response: { 200: webhookList },
      },
    },
    async () => ({ webhooks: await webhooks.list() }),
  );

  app.delete(
    '/webhooks/:webhookId',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Send nothing more to a webhook',
        params: webhookParams,
        response: { 204: z.null().describe('Nothing more is sent') },
      },
    },
    async (request, reply) => {
      await webhooks.disable(request.params.webhookId);
      return reply.code(204).send(null);
    },
  );
  done();
};
