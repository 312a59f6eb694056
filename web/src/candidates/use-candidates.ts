import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { api } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import type { CandidateView } from './candidate-view.ts';

type CandidateQuery = NonNullable<paths['/v1/candidates']['get']['parameters']['query']>;

const A_PAGE = 500;

/** Every candidate that the service finds for a view, page after page, the largest LR first. */
export function useCandidates(view: CandidateView) {
  const asked = toQuery(view);
  const query = useInfiniteQuery({
    queryKey: ['candidates', asked],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const { data, error } = await api.GET('/v1/candidates', {
        params: { query: { ...asked, ...(pageParam !== null && { cursor: pageParam }) } },
        signal,
      });
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the service's own problem, as the other queries throw it
      if (!data) throw error;
      return data;
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // What was seen stays until the answer comes; whoever filters is not shown an empty page.
    placeholderData: keepPreviousData,
  });
  const { data, hasNextPage, isFetchingNextPage, isError, isPlaceholderData, fetchNextPage } =
    query;
  const isReady = hasNextPage && !isFetchingNextPage && !isError && !isPlaceholderData;
  useEffect(() => {
    if (isReady) void fetchNextPage();
  }, [isReady, fetchNextPage]);
  return {
    candidates: useMemo(() => data?.pages.flatMap(({ candidates }) => candidates) ?? [], [data]),
    policy: data?.pages[0]?.policy,
    isComplete: data !== undefined && !hasNextPage && !isPlaceholderData,
    error: query.error,
    refetch: () => void query.refetch(),
  };
}

/** What of a view the service answers; the text is looked for in what it answered. */
function toQuery(view: CandidateView): CandidateQuery {
  const { states, relationships, provinces, sexes, births, from, to } = view;
  return {
    limit: A_PAGE,
    ...(states && { state: [...states] }),
    ...(relationships && { relationship: [...relationships] }),
    ...(view.mine && { claimed: 'by-me' }),
    ...(provinces && { province: [...provinces] }),
    ...(sexes && { sex: [...sexes] }),
    ...(births && { birth: [...births] }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(view.hidesUnsaid && { unsaid: 'hidden' }),
  };
}
