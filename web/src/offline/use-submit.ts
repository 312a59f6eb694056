import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useSession } from '../api/session.ts';
import type { Step } from './entry.ts';
import type { Result } from './outbox.ts';
import { outboxOf } from './person-outbox.ts';

type Submission = {
  /** By what it is known again: a sample, a file; never a name. */
  readonly title: string;
  readonly steps: readonly Step[];
  /** Read when it is queued. */
  readonly file?: File;
};

/**
 * Queues what somebody recorded and sends it, or keeps it until the network is back. What was refused and is recorded
 * anew takes the place of the refused; `reset` begins something else, `clear` only forgets what was said of it.
 */
export function useSubmit() {
  const client = useQueryClient();
  const session = useSession();
  const refusedId = useRef<string | null>(null);
  const isUnderWay = useRef(false);
  const submission = useMutation<Result, unknown, Submission>({
    // Without a network it is queued, which needs none.
    networkMode: 'always',
    mutationFn: async ({ title, steps, file }) => {
      if (session.state !== 'signed-in') throw new Error('nobody is signed in');
      const bytes = file && new Uint8Array(await file.arrayBuffer());
      const { outbox, submit } = await outboxOf(session.session.id);
      if (refusedId.current !== null) await outbox.discard(refusedId.current);
      const result = await submit(title, steps, bytes);
      refusedId.current = result.state === 'refused' ? result.entry.id : null;
      return result;
    },
    // What was refused may have raised an alarm.
    onSuccess: ({ state }) => (state === 'waiting' ? undefined : client.invalidateQueries()),
    onSettled: () => {
      isUnderWay.current = false;
    },
  });
  const mutate: typeof submission.mutate = (what, then) => {
    // A double click is quicker than the page shows that it is under way.
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    submission.mutate(what, then);
  };
  const clear = submission.reset;
  const reset = (): void => {
    refusedId.current = null;
    clear();
  };
  return { ...submission, mutate, clear, reset };
}
