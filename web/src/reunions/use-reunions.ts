import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { ReunionState } from './reunion-detail.ts';

/** Reunions in some states, a page of them, and the next page when it is asked for. */
export function useReunions(states: readonly ReunionState[]) {
  const query = useInfiniteQuery({
    queryKey: ['reunions', states],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const { data, error } = await api.GET('/v1/reunions', {
        params: {
          query: { state: [...states], ...(pageParam !== null && { cursor: pageParam }) },
        },
        signal,
      });
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the service's own problem, as the other queries throw it
      if (!data) throw error;
      return data;
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return {
    reunions: query.data?.pages.flatMap(({ reunions }) => reunions),
    error: query.error,
    isPending: query.isPending,
    refetch: () => void query.refetch(),
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null,
  };
}
