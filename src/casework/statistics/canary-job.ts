import type { Logger } from 'pino';
import { startRegularly } from '../../platform/regular-job.ts';
import type { StatisticsService } from './statistics.service.ts';

const EVERY_MS = 24 * 3_600_000;

type Dependencies = {
  readonly statistics: Pick<StatisticsService, 'listCanaries'>;
  readonly log: Logger;
};

/** Looks every day whether the search has found every canary, and raises an alarm in the log where it has not. */
export function startCanaryWatch(dependencies: Dependencies): { close(): Promise<void> } {
  const failure = 'canaries were not looked after; tomorrow again';
  const run = () => lookAfterCanaries(dependencies);
  return startRegularly({ everyMs: EVERY_MS, run, log: dependencies.log, failure });
}

/** @returns the ids of those that were searched and not found */
export async function lookAfterCanaries({ statistics, log }: Dependencies): Promise<string[]> {
  const canaries = await statistics.listCanaries();
  const missed = canaries.flatMap(({ id, found }) => (found === false ? [id] : []));
  if (missed.length > 0) {
    log.error({ missed, planted: canaries.length }, 'the search has missed canaries: it may miss families'); // prettier-ignore
  } else if (canaries.length > 0) {
    log.info({ planted: canaries.length }, 'no canary was missed');
  }
  return missed;
}
