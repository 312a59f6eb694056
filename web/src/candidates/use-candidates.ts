import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api/client.ts';
import type { CandidateView } from './candidate-view.ts';

const A_PAGE = 500;

/** Every candidate in some states, page after page, the largest LR first. */
export function useCandidates({ states, mine }: CandidateView) {
  const query = useInfiniteQuery({
    queryKey: ['candidates', states ?? [], mine ?? false],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const { data, error } = await api.GET('/v1/candidates', {
        params: {
          query: {
            limit: A_PAGE,
            ...(states && { state: [...states] }),
            ...(mine && { claimed: 'by-me' as const }),
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
  });
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  return {
    candidates: query.data?.pages.flatMap(({ candidates }) => candidates) ?? [],
    policy: query.data?.pages[0]?.policy,
    isComplete: query.data !== undefined && !hasNextPage,
    error: query.error,
    refetch: () => void query.refetch(),
  };
}
