import type { Step } from './entry.ts';
import type { Pause, StepAnswer } from './outbox.ts';

type Send = (step: Step, file: Uint8Array | null) => Promise<StepAnswer>;

/**
 * Sends only while the owner is signed in, as the service says anew before each step: in another page of this browser
 * they may have signed out, and somebody else in.
 * @param owner the id of whose the entries are
 */
export function sendAs(
  owner: string,
  {
    whoIsSignedIn,
    send,
  }: { whoIsSignedIn: () => Promise<{ readonly id: string } | Pause>; send: Send },
): Send {
  return async (step, file) => {
    const who = await whoIsSignedIn();
    if (typeof who === 'string') return { outcome: 'later', why: who };
    return who.id === owner ? send(step, file) : { outcome: 'later', why: 'signed-out' };
  };
}
