import { useSession } from '../api/session.ts';

/** The id of whoever is signed in; null until that is known. */
export function useMe(): string | null {
  const session = useSession();
  return session.state === 'signed-in' ? session.session.id : null;
}
