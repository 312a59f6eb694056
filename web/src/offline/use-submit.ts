import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSession } from '../api/session.ts';
import type { Step } from './entry.ts';
import type { Result } from './outbox.ts';
import { outboxOf } from './person-outbox.ts';

type Submission = {
  /** By what it is known again: a sample, a file; never a name. */
  readonly title: string;
  readonly steps: readonly Step[];
  readonly file?: Uint8Array;
};

/**
 * Queues what somebody recorded and sends it, or keeps it until the network is back. What was refused and is recorded
 * anew takes the place of the refused.
 */
export function useSubmit() {
  const client = useQueryClient();
  const session = useSession();
  const submission = useMutation<Result, unknown, Submission>({
    // Without a network it is queued, which needs none.
    networkMode: 'always',
    mutationFn: async ({ title, steps, file }) => {
      if (session.state !== 'signed-in') throw new Error('nobody is signed in');
      const { outbox, submit } = await outboxOf(session.session.id);
      if (submission.data?.state === 'refused') await outbox.discard(submission.data.entry.id);
      return submit(title, steps, file);
    },
    // What was refused may have raised an alarm.
    onSuccess: ({ state }) => (state === 'waiting' ? undefined : client.invalidateQueries()),
  });
  return submission;
}
