import { api } from '../api/client.ts';
import { isPageOf } from '../api/page-owner.ts';
import type { Pause } from './outbox.ts';

const PATIENCE_MS = 30_000;
const UNAUTHORIZED = 401;

/** Asks the service, and not what this page remembers; the page of anybody else is opened anew. */
export async function whoIsSignedIn(): Promise<{ readonly id: string } | Pause> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const { data, response } = await api.GET('/v1/session', { cache: 'no-store', signal });
    if (!data) return response.status === UNAUTHORIZED ? 'signed-out' : 'unready';
    isPageOf(data.id);
    return data;
  } catch {
    return 'unreachable';
  }
}
