import fp from 'fastify-plugin';
import { HomewardError } from '../platform/errors.ts';

/** No body of ours is nested half as deep; what goes through one by calling itself stays far from its end. */
const MOST_LEVELS = 32;

/** Refuses bodies that are nested deeper than any route takes, before anything reads them. */
export const jsonDepth = fp((app, _options, done) => {
  app.addHook('preValidation', (request, _reply, next) => {
    next(isDeep(request.body) ? new HomewardError('JSON_TOO_DEEP') : undefined);
  });
  done();
});

/** Level by level, so that depth costs no calls. */
function isDeep(body: unknown): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; depth < MOST_LEVELS; depth++) {
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
        ? (Object.values(value) as unknown[])
        : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}
