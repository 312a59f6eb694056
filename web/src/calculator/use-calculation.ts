import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { CalculationRequest } from './calculation-draft.ts';

/** After the last key. */
const PAUSE_MS = 400;

/**
 * Asks the service whenever what is asked has rested. The last answer stays until the next is there;
 * an answer to what is asked no more is never shown.
 * @param request null: nothing can be asked
 */
export function useCalculation(request: CalculationRequest | null) {
  const asked = JSON.stringify(request);
  const [rested] = useDebouncedValue(asked, PAUSE_MS);
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    queryKey: ['calculation', rested],
    enabled: rested !== 'null',
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const body = JSON.parse(rested) as CalculationRequest;
      const { data, error } = await api.POST('/v1/likelihood-ratios', { body, signal });
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the service's own problem, as the other queries throw it
      if (!data) throw error;
      return data;
    },
  });
  const isSettled = asked === rested && !isFetching;
  return {
    result: request === null ? undefined : data,
    error: isSettled ? error : null,
    /** Whether the answer is to what was asked before. */
    isOld: request !== null && (!isSettled || isPlaceholderData),
  };
}
