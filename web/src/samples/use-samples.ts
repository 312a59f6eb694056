import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';

export type OwnSample =
  paths['/v1/samples']['get']['responses'][200]['content']['application/json']['samples'][number];
export type SampleState = OwnSample['state'];

const A_PAGE = 50;

/** A collection point's own samples by their codes, a page more whenever it is asked for. */
export function useSamples(state: SampleState | null, prefix: string) {
  const query = useInfiniteQuery({
    queryKey: ['samples', state, prefix],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const { data, error } = await api.GET('/v1/samples', {
        params: {
          query: {
            limit: A_PAGE,
            ...(state && { state }),
            ...(prefix && { prefix }),
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
    // Elsewhere a tube may have arrived since.
    staleTime: 0,
  });
  return {
    ...query,
    samples: query.data?.pages.flatMap(({ samples }) => samples) ?? [],
  };
}
