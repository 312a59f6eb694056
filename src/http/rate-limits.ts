import rateLimit from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { HomewardError } from '../platform/errors.ts';

/** How much one may ask in a minute; each process counts for itself. */
export type RateLimits = { readonly requestsPerMinute: number };

const MINUTE_MS = 60_000;
/** An address may hold several keys, those of a laboratory behind one router. */
const KEYS_AN_ADDRESS = 4;
/** Refused credentials, and steps of signing in: neither can be guessed; who tries shall cost little. */
const SIGN_INS_A_MINUTE = 100;
const MOST_REMEMBERED = 50_000;

/* eslint-disable @typescript-eslint/consistent-type-definitions -- only an interface can be extended */
declare module 'fastify' {
  interface FastifyInstance {
    /** Each counts one request. @throws HomewardError RATE_LIMITED, and says when to come again */
    readonly limits: Readonly<Record<'byAddress' | 'byKey' | 'signIns', Limit>>;
  }
}

type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** Limits by address, by key or person, and of tries to come in, for whoever authenticates requests. */
export const rateLimits = fp<RateLimits>(async (app, { requestsPerMinute }) => {
  await app.register(rateLimit, { global: false, cache: MOST_REMEMBERED });

  function limit(max: number, keyOf: (request: FastifyRequest) => string): Limit {
    const count = app.createRateLimit({
      max,
      timeWindow: MINUTE_MS,
      keyGenerator: keyOf,
    });
    return async (request, reply) => {
      const counted = await count(request);
      if (counted.isAllowed || !counted.isExceeded) return;
      void reply.header('retry-after', String(counted.ttlInSeconds));
      throw new HomewardError('RATE_LIMITED');
    };
  }

  app.decorate('limits', {
    byAddress: limit(KEYS_AN_ADDRESS * requestsPerMinute, ({ ip }) => ip),
    byKey: limit(requestsPerMinute, ({ actor, ip }) => actor?.id ?? ip),
    signIns: limit(SIGN_INS_A_MINUTE, ({ ip }) => ip),
  });
});
