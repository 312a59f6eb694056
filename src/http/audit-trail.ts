import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { AuditEvent } from '../casework/audit/audit-entry.ts';
import type { AuditService } from '../casework/audit/audit.service.ts';
import { HomewardError } from '../platform/errors.ts';
import { isPublic } from './authentication.ts';
import { PROBLEM_TYPE, problemOf } from './error-reply.ts';

/* eslint-disable @typescript-eslint/consistent-type-definitions -- only an interface can be extended */
declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route is polled and says nothing of anybody: its answers leave no trace, its refusals do. */
    untraced?: true;
  }
}

const REFUSED = 400;
const TOO_MANY = 429;

/**
 * Writes every answer but those of public routes into the audit chain before it is sent: nobody
 * learns or changes anything without a trace. Where the trace cannot be written, the answer is withheld.
 */
export const auditTrail = fp<{ audit: AuditService }>((app, { audit }, done) => {
  app.addHook('onSend', async (request, reply, payload) => {
    const { url, config } = request.routeOptions;
    if (isPublic(url) || (config.untraced && reply.statusCode < REFUSED)) return payload;
    // Who asks too much shall not fill the chain.
    if (reply.statusCode === TOO_MANY) return payload;
    try {
      await audit.record(toEvent(request, reply.statusCode));
      return payload;
    } catch (error) {
      request.log.error({ err: error }, 'an answer was withheld: it could not be audited');
      const problem = problemOf(new HomewardError('AUDIT_UNAVAILABLE'), request.id);
      reply.code(problem.status).type(PROBLEM_TYPE);
      for (const header of ['content-length', 'location', 'set-cookie']) reply.removeHeader(header);
      return JSON.stringify(problem);
    }
  });
  done();
});

function toEvent(request: FastifyRequest, status: number): AuditEvent {
  const { actor, method, routeOptions, ip, id } = request;
  return {
    at: new Date().toISOString(),
    actor: actor?.id ?? null,
    role: actor?.role ?? null,
    action: `${method} ${routeOptions.url ?? '(no such path)'}`,
    object: idsIn(request.params),
    origin: ip,
    requestId: id,
    status,
  };
}

/** What a path names, where it looks like an id: anything else may be somebody's name. */
function idsIn(params: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : '?',
    ]),
  );
}
