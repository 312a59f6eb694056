import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';

type Route = paths['/v1/power']['get'];
export type PowerQuery = Route['parameters']['query'];
export type Power = Route['responses'][200]['content']['application/json'];
export type Spread = Power['h1'];
export type Estimate = Power['steps'][number]['recall'];
export type PowerRelationship = PowerQuery['relationship'];

/** After the last key. */
const PAUSE_MS = 400;

/** Asks when the question has rested; the last answer stays until the next is there. */
export function usePower(query: PowerQuery) {
  const [rested] = useDebouncedValue(query, PAUSE_MS);
  const { data, error, isFetching, isPlaceholderData, refetch } = queries.useQuery(
    'get',
    '/v1/power',
    { params: { query: rested } },
    { staleTime: Infinity, placeholderData: keepPreviousData },
  );
  const isSettled = query === rested && !isFetching;
  return {
    power: error ? undefined : data,
    error: isSettled ? error : null,
    isOld: !isSettled || isPlaceholderData,
    refetch: () => void refetch(),
  };
}
