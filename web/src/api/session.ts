import { asProblem, queries, rememberCsrfToken } from './client.ts';
import { isPageOf } from './page-owner.ts';
import type { Session } from './role.ts';

type SessionState =
  | { readonly state: 'loading' }
  | { readonly state: 'signed-out' }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'signed-in'; readonly session: Session };

/** Where a browser goes to sign in; the issuer leads it back to the first page. */
export const SIGN_IN = '/v1/sign-in';
const UNAUTHORIZED = 401;

export function useSession(): SessionState {
  // Whoever comes back to the page may not be whoever left it.
  const how = { retry: false, refetchOnWindowFocus: 'always' } as const;
  const { data, error, isPending } = queries.useQuery('get', '/v1/session', {}, how);
  // It is over, though who it was is still remembered.
  const isOver = asProblem(error)?.status === UNAUTHORIZED;
  const id = isOver ? null : data?.id;
  if (id !== undefined && !isPageOf(id)) return { state: 'loading' };
  if (isOver) return { state: 'signed-out' };
  if (data) {
    rememberCsrfToken(data.session?.csrfToken ?? null);
    return { state: 'signed-in', session: data };
  }
  return isPending ? { state: 'loading' } : { state: 'failed', error };
}
