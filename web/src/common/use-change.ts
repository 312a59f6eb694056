import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/client.ts';

/** What openapi-fetch gives: the answer or the service's problem. */
type Answer = { readonly error?: unknown };

/** Takes seconds, and what is said of a candidate does not change it. */
const COMPUTED: readonly unknown[] = [
  '/v1/candidates/{candidateId}/next-steps',
  '/v1/candidates/{candidateId}/populations',
];

/**
 * Changes something. Afterwards all that is shown is asked for again; also where somebody else was
 * faster, which is said.
 * @param refusals «beside»: the form itself says why; only that somebody else was faster is notified
 */
export function useChange<Input>(
  change: (input: Input) => Promise<Answer>,
  done?: () => void,
  refusals: 'notified' | 'beside' = 'notified',
) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation<unknown, unknown, Input>({
    mutationFn: async (input) => {
      const { error } = await change(input);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the service's own problem, as the queries throw it
      if (error !== undefined) throw error;
    },
    ...(done && { onSuccess: done }),
    onError: (error) => {
      const problem = asProblem(error);
      const isStale = problem?.code === 'VERSION_STALE';
      if (refusals === 'beside' && !isStale) return;
      notifications.show({
        color: isStale ? 'orange' : 'red',
        title: isStale ? undefined : (problem?.title ?? t('problem.title')),
        message: isStale ? t('review.stale') : (problem?.detail ?? t('problem.network')),
        closeButtonProps: { 'aria-label': t('app.close') },
        autoClose: 12_000,
      });
    },
    onSettled: () =>
      client.invalidateQueries({ predicate: ({ queryKey }) => !COMPUTED.includes(queryKey[1]) }),
  });
}
