import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { ROLES } from '../casework/access/actor.ts';
import type { AccessService } from '../casework/access/access.service.ts';
import { HomewardError } from '../platform/errors.ts';

/**
 * The only routes that answer without a key: the API's description, which is public, and whether
 * the process is up. Everything else names the roles that it admits, or the service does not start.
 */
export const PUBLIC_ROUTES: readonly RegExp[] = [/^\/$/, /^\/health$/, /^\/docs(\/|$)/];

/** Authenticates every request and lets the route's roles in; deny by default. */
export const authentication = fp<{ access: AccessService }>((app, { access }, done) => {
  app.decorateRequest('actor', null);

  app.addHook('onRoute', ({ url, config }) => {
    if (isPublic(url) || (config?.roles?.length ?? 0) > 0) return;
    throw new Error(`route ${url} does not say which roles it admits (${ROLES.join(', ')})`);
  });

  app.addHook('onRequest', async (request, reply) => {
    const { url, config } = request.routeOptions;
    await app.limits.byAddress(request, reply);
    if (isPublic(url)) return;
    const secret = readBearer(request);
    const actor = secret === null ? null : await access.authenticate(secret);
    if (!actor) {
      await app.limits.refusedSignIns(request, reply);
      throw new HomewardError('AUTHENTICATION_REQUIRED');
    }
    // Known from here on, to the audit too; what it may do is another question.
    request.actor = actor;
    await app.limits.byKey(request, reply);
    // A path that does not exist: said only to somebody who may speak to the service at all.
    if (url === undefined) throw new HomewardError('NOT_FOUND');
    if (!config.roles?.includes(actor.role)) throw new HomewardError('PERMISSION_DENIED');
  });
  done();
});

/** @param url of a route; undefined where there is none */
export function isPublic(url: string | undefined): boolean {
  return url !== undefined && PUBLIC_ROUTES.some((route) => route.test(url));
}

function readBearer({ headers }: FastifyRequest): string | null {
  return /^Bearer ([\x21-\x7e]{16,256})$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}
