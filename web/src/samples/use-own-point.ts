import { queries } from '../api/client.ts';
import { useSession } from '../api/session.ts';

/** The collection point of whoever is signed in; nothing until it is known. */
export function useOwnPoint() {
  const session = useSession();
  const { data } = queries.useQuery('get', '/v1/collection-points');
  const id = session.state === 'signed-in' ? session.session.collectionPointId : undefined;
  const points = data && 'collectionPoints' in data ? data.collectionPoints : [];
  return points.find((point) => point.id === id);
}
