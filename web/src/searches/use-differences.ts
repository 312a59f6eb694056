import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';

type DifferencePage =
  paths['/v1/sweeps/{sweepId}/differences']['get']['responses'][200]['content']['application/json'];
export type SweptPair = DifferencePage['differences'][number];

export const DIFFERENCES = ['appeared', 'gone', 'changed'] as const;
export type Difference = (typeof DIFFERENCES)[number];

const A_PAGE = 100;
const MOST_A_PAGE = 500;

async function fetchPage(
  sweepId: string,
  query: { difference: Difference; limit: number },
  cursor: string | null,
  signal?: AbortSignal,
): Promise<DifferencePage> {
  const { data, error } = await api.GET('/v1/sweeps/{sweepId}/differences', {
    params: { path: { sweepId }, query: { ...query, ...(cursor !== null && { cursor }) } },
    ...(signal && { signal }),
  });
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the service's own problem, as the other queries throw it
  if (!data) throw error;
  return data;
}

/** What one sweep did, the largest LR first, a page at a time. */
export function useDifferences(sweepId: string, difference: Difference) {
  return useInfiniteQuery({
    queryKey: ['sweep-differences', sweepId, difference],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      fetchPage(sweepId, { difference, limit: A_PAGE }, pageParam, signal),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** All of it. */
export async function fetchDifferences(
  sweepId: string,
  difference: Difference,
): Promise<SweptPair[]> {
  const found: SweptPair[] = [];
  let cursor: string | null = null;
  do {
    const page: DifferencePage = await fetchPage(
      sweepId,
      { difference, limit: MOST_A_PAGE },
      cursor,
    );
    found.push(...page.differences);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}
