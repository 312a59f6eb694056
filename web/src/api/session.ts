import { asProblem, queries, rememberCsrfToken } from './client.ts';
import type { paths } from './schema.d.ts';

/** Who is signed in, as the service knows them. */
export type Session = paths['/v1/session']['get']['responses'][200]['content']['application/json'];
export type Role = Session['role'];

type SessionState =
  | { readonly state: 'loading' }
  | { readonly state: 'signed-out' }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'signed-in'; readonly session: Session };

/** Where a browser goes to sign in; the issuer leads it back to the first page. */
export const SIGN_IN = '/v1/sign-in';

export function useSession(): SessionState {
  const { data, error, isPending } = queries.useQuery('get', '/v1/session', {}, { retry: false });
  if (data) {
    rememberCsrfToken(data.session?.csrfToken ?? null);
    return { state: 'signed-in', session: data };
  }
  if (isPending) return { state: 'loading' };
  return asProblem(error)?.status === 401 ? { state: 'signed-out' } : { state: 'failed', error };
}
