import { useInfiniteQuery } from '@tanstack/react-query';
import { api, queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { type AuditView, toAuditQuery } from './audit-view.ts';

export type AuditEntry =
  paths['/v1/audit']['get']['responses'][200]['content']['application/json']['entries'][number];

const A_PAGE = 100;

/** The entries that fit, page after page, the newest first. */
export function useAudit(view: AuditView) {
  const query = useInfiniteQuery({
    queryKey: ['audit', view],
    initialPageParam: null as number | null,
    queryFn: async ({ pageParam, signal }) => {
      const { data, error } = await api.GET('/v1/audit', {
        params: {
          query: {
            ...toAuditQuery(view),
            limit: A_PAGE,
            ...(pageParam !== null && { cursor: pageParam }),
          },
        },
        signal,
      });
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the service's own problem, as the other queries throw it
      if (!data) throw error;
      return data;
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // To look again is written into the record: it is done when somebody wants it.
    refetchOnWindowFocus: false,
  });
  return {
    entries: query.data?.pages.flatMap(({ entries }) => entries) ?? [],
    /** The entry before which nothing was looked through yet; null when everything was. */
    next: query.data?.pages.at(-1)?.nextCursor ?? null,
    isLoading: query.isFetching,
    isComplete: query.data !== undefined && !query.hasNextPage,
    error: query.error,
    refetch: () => void query.refetch(),
    goOn: () => void query.fetchNextPage(),
  };
}

/** The names of people and keys, by the ids that stand in the record. */
export function useActorNames(): (id: string | null) => string | null {
  const { data: people } = queries.useQuery('get', '/v1/users');
  const { data: machines } = queries.useQuery('get', '/v1/api-keys');
  const named = [...(people?.users ?? []), ...(machines?.keys ?? [])];
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return (id) => (id === null ? null : (names.get(id) ?? null));
}
