import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { findPackageRoot } from '../platform/data-dir.ts';

/** What `npm run build -w web` leaves. */
const BUILT = join(findPackageRoot(), 'web', 'dist');
/** Where the built page wants the nonce of its answer: see web/vite.config.ts. */
const NONCE_PLACE = 'CSP_NONCE';

/**
 * Only what this origin serves. The styles that components make as they are used bear the nonce of the
 * page; `data:` is for the small drawings in the components’ own style sheet.
 */
const policyWith = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * Serves the console under /console/, every path of it by the one page; the first page leads there. Without a
 * built console the first page is the description of the API.
 */
export const consolePages: FastifyPluginAsync = async (app) => {
  const isBuilt = existsSync(join(BUILT, 'index.html'));
  app.get('/', { schema: { hide: true } }, (_request, reply) =>
    reply.redirect(isBuilt ? '/console/' : '/docs/'),
  );
  if (!isBuilt) return;
  const page = await readFile(join(BUILT, 'index.html'), 'utf8');

  await app.register(fastifyStatic, {
    root: join(BUILT, 'assets'),
    prefix: '/console/assets/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    // Their names change with their content.
    immutable: true,
    maxAge: '365d',
    schemaHide: true,
  });
  app.get('/console', { schema: { hide: true } }, (_request, reply) => reply.redirect('/console/'));
  app.get('/console/*', { schema: { hide: true } }, (_request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    return reply
      .header('content-security-policy', policyWith(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.replaceAll(NONCE_PLACE, nonce));
  });
};
