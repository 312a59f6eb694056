import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { AccessService } from '../casework/access/access.service.ts';
import { ROLES } from '../casework/access/actor.ts';
import { isCsrfTokenOf } from '../casework/sign-in/session-token.ts';
import type { SignInService } from '../casework/sign-in/sign-in.service.ts';
import { HomewardError } from '../platform/errors.ts';
import { checkedBody } from './body-digest.ts';
import { identify } from './credentials.ts';

/**
 * The only routes that answer without a key and leave no trace: the API's description and the console's page,
 * which are public and hold nothing, and whether the process is up. Those that let people in say `signsIn`; everything else names the roles that it
 * admits, or the service does not start.
 */
export const PUBLIC_ROUTES: readonly RegExp[] = [
  /^\/$/,
  /^\/health$/,
  /^\/docs(\/|$)/,
  /^\/console(\/|$)/,
];

/** Methods that change nothing (RFC 9110), which any page may make a browser ask for. */
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/* eslint-disable @typescript-eslint/consistent-type-definitions -- only an interface can be extended */
declare module 'fastify' {
  interface FastifyRequest {
    /** SHA-256 in base64 that the body must have, where the request was signed. */
    bodyDigest: string | null;
  }
}

/** Authenticates every request and lets the route's roles in; deny by default. */
export const authentication = fp<{ access: AccessService; signIn: SignInService }>(
  (app, credentials, done) => {
    app.decorateRequest('actor', null);
    app.decorateRequest('session', null);
    app.decorateRequest('bodyDigest', null);

    app.addHook('onRoute', ({ url, config }) => {
      if (isPublic(url) || config?.signsIn || (config?.roles?.length ?? 0) > 0) return;
      throw new Error(`route ${url} does not say which roles it admits (${ROLES.join(', ')})`);
    });

    app.addHook('onRequest', async (request, reply) => {
      const { url, config } = request.routeOptions;
      await app.limits.byAddress(request, reply);
      if (isPublic(url)) return;
      if (config.signsIn) return app.limits.signIns(request, reply);
      const found = await identify(request, credentials);
      if ('refused' in found) {
        await app.limits.signIns(request, reply);
        throw new HomewardError(found.refused);
      }
      const { actor, session = null, bodyDigest = null } = found;
      // Known from here on, to the audit too; what it may do is another question.
      Object.assign(request, { actor, session, bodyDigest });
      await app.limits.byKey(request, reply);
      // A path that does not exist: said only to somebody who may speak to the service at all.
      if (url === undefined) throw new HomewardError('NOT_FOUND');
      requireCsrfToken(request);
      if (!config.roles?.includes(actor.role)) throw new HomewardError('PERMISSION_DENIED');
    });

    // Async, so that what it throws becomes the answer.
    app.addHook('preParsing', async (request, _reply, payload) =>
      request.bodyDigest === null ? payload : checkedBody(request, payload, request.bodyDigest),
    );
    done();
  },
);

/** @param url of a route; undefined where there is none */
export function isPublic(url: string | undefined): boolean {
  return url !== undefined && PUBLIC_ROUTES.some((route) => route.test(url));
}

/** A browser sends its cookie along with any page's request; only a page of ours knows the token. */
function requireCsrfToken({ method, session, headers }: FastifyRequest): void {
  if (!session || SAFE_METHODS.includes(method)) return;
  if (!isCsrfTokenOf(session.token, headers['x-csrf-token'])) {
    throw new HomewardError('CSRF_TOKEN_REQUIRED');
  }
}
