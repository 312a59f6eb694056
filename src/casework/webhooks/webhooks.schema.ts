import { z } from 'zod';
import { isTrustworthy } from '../../platform/config.ts';
import { jurisdiction } from '../access/access.schema.ts';

export const newWebhook = z.strictObject({
  jurisdiction,
  url: z
    .url()
    .max(500)
    .refine((url) => URL.canParse(url) && isTrustworthy(url, process.env.NODE_ENV), 'must be https')
    .refine((url) => URL.canParse(url) && new URL(url).username === '', 'must name no user'),
});

export const webhookParams = z.object({ webhookId: z.uuid() });

export const createdWebhook = z.object({
  id: z.uuid(),
  secret: z.string().describe('Shown this once: messages are signed with it (Standard Webhooks)'),
});

export const webhookList = z.object({
  webhooks: z.array(
    z.object({
      id: z.uuid(),
      jurisdiction: z.string(),
      url: z.string(),
      createdAt: z.date(),
      waiting: z.int(),
      delivered: z.int(),
      abandoned: z.int().describe('Given up after two weeks'),
      lastFailure: z.string().nullable(),
    }),
  ),
});
