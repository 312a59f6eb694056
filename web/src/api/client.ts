import createFetchClient, { type Middleware } from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';
import type { components, paths } from './schema.d.ts';

export type Problem = components['schemas']['Problem'];

const SAFE_METHODS = ['GET', 'HEAD'];
/** Of the session, as the service gave it; whatever changes something must bear it. */
let csrfToken: string | null = null;

export function rememberCsrfToken(token: string | null): void {
  csrfToken = token;
}

const bearCsrfToken: Middleware = {
  onRequest({ request }) {
    if (csrfToken !== null && !SAFE_METHODS.includes(request.method)) {
      request.headers.set('x-csrf-token', csrfToken);
    }
    return request;
  },
};

/** Speaks to the service that served this page, in the session of its cookie. */
export const api = createFetchClient<paths>({ credentials: 'same-origin' });
api.use(bearCsrfToken);

/** The same by hooks: each answer is kept, and asked for again when it is old. */
export const queries = createQueryClient(api);

/** The header by which a change says what it looked at. */
export function ifMatch(version: number): { 'if-match': string } {
  return { 'if-match': `"${version}"` };
}

/** What the service answered in place of what was asked for, or null for anything else. */
export function asProblem(error: unknown): Problem | null {
  const isProblem =
    typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;
  return isProblem ? (error as Problem) : null;
}
