import fp from 'fastify-plugin';
import { HomewardError } from '../platform/errors.ts';

/** No body of ours is nested half as deep; what goes through one by calling itself stays far from its end. */
const MOST_LEVELS = 32;

/** Refuses bodies that are nested deeper than any route takes, before anything reads them. */
export const jsonDepth = fp((app, _options, done) => {
  app.addHook('preValidation', (request, _reply, next) => {
    next(reaches(request.body, MOST_LEVELS) ? new HomewardError('JSON_TOO_DEEP') : undefined);
  });
  done();
});

/** Whether something stands so many levels below a value; calls itself no more often in a row than that. */
function reaches(value: unknown, levels: number): boolean {
  if (levels === 0) return true;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  for (const part of Object.values(value)) if (reaches(part, levels - 1)) return true;
  return false;
}
