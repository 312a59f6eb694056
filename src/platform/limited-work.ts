import { HomewardError } from './errors.ts';

/** Work that somebody waits for. */
export type LimitedWork = {
  /**
   * @param work ends when its signal aborts
   * @throws HomewardError CALCULATION_TOO_LONG, SERVICE_STOPPING
   */
  run<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Ends what is under way and begins nothing else. */
  stop(): void;
};

/**
 * Gives work up that takes too long, and all of it when the service stops.
 * @param timeLimitMs from the moment that it is asked for, the wait for a thread included
 * @param tooLong what to do then, where the code's own sentence does not say it
 */
export function limitWork(timeLimitMs: number, tooLong?: string): LimitedWork {
  const underWay = new Set<AbortController>();
  let stopping = false;
  return {
    async run(work) {
      if (stopping) throw new HomewardError('SERVICE_STOPPING');
      const controller = new AbortController();
      const { signal } = controller;
      const timer = setTimeout(() => {
        controller.abort(new HomewardError('CALCULATION_TOO_LONG', tooLong));
      }, timeLimitMs);
      underWay.add(controller);
      try {
        return await work(signal);
      } catch (error) {
        throw signal.aborted ? signal.reason : error;
      } finally {
        clearTimeout(timer);
        underWay.delete(controller);
        // Where one part of the work failed, the others are of no use.
        controller.abort();
      }
    },

    stop() {
      stopping = true;
      for (const controller of underWay) controller.abort(new HomewardError('SERVICE_STOPPING'));
    },
  };
}
