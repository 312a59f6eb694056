import type { Logger } from 'pino';
import type { PoliciesService } from '../policies/policies.service.ts';
import type { Matcher } from './matcher.ts';

const CHECK_EVERY_MS = 5_000;

/** `stop` begins nothing new; `close` waits until nothing is under way, and stops before. */
export type Readiness = {
  stop(): void;
  close(): Promise<void>;
  /** The policy that every thread is ready for; null before the first. */
  policyId(): string | null;
};

/**
 * Keeps a process that searches ready for the next request: its index up to date, and every thread
 * with what the policy in force needs. Without this the first request after a start, or under a new
 * policy, would wait for both.
 */
export function keepReady({
  matcher,
  policies,
  log,
}: {
  matcher: Matcher;
  policies: PoliciesService;
  log: Logger;
}): Readiness {
  let stopped = false;
  let checking: Promise<void> | null = null;
  let readyFor: string | null = null;
  const timer = setInterval(start, CHECK_EVERY_MS);
  start();

  function start(): void {
    checking ??= check().finally(() => {
      checking = null;
    });
  }

  async function check(): Promise<void> {
    try {
      const policy = await policies.findActive();
      if (!policy || policy.id === readyFor) {
        await matcher.refresh();
      } else {
        await matcher.warmUp(policy);
        readyFor = policy.id;
      }
    } catch (error) {
      if (!stopped) log.warn({ err: error }, 'the search could not get ready; trying again later');
    }
  }

  function stop(): void {
    stopped = true;
    clearInterval(timer);
  }

  return {
    stop,
    policyId: () => readyFor,
    async close() {
      stop();
      await checking;
    },
  };
}
