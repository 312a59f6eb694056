import type { Logger } from 'pino';

type Job = {
  readonly everyMs: number;
  /** @param signal aborted when the job is closed */
  readonly run: (signal: AbortSignal) => Promise<unknown>;
  readonly log: Logger;
  /** What is logged of a run that fails; the next one comes all the same. */
  readonly failure: string;
};

/**
 * Does something now, and again after every interval; an interval in which the last run goes on is left out.
 * @returns closing it waits for the run under way
 */
export function startRegularly({ everyMs, run, log, failure }: Job): { close(): Promise<void> } {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  const begin = (): void => {
    running ??= run(stopping.signal)
      .then(
        () => undefined,
        (error: unknown) => {
          log.error({ err: error }, failure);
        },
      )
      .finally(() => {
        running = null;
      });
  };
  begin();
  const timer = setInterval(begin, everyMs).unref();
  return {
    async close() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
