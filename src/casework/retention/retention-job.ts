import type { Logger } from 'pino';
import { type Database, tryLockByName } from '../../platform/database.ts';
import { startRegularly } from '../../platform/regular-job.ts';
import { findEndedSamples } from './retention.repository.ts';

/** Removes a sample and all that came of it; refuses one that is held. */
type Withdraw = (sampleId: string) => Promise<void>;

type Dependencies = { readonly db: Database; readonly withdraw: Withdraw; readonly log: Logger };

const EVERY_MS = 3_600_000;
/** What is left of a day on which many end comes with the next hour. */
const MOST_A_RUN = 10_000;

/**
 * Withdraws samples whose time is over: now, and every hour. Of several processes one works.
 * @returns closing it waits for the sample under way
 */
export function startRetention(dependencies: Dependencies): { close(): Promise<void> } {
  const failure = 'retention was not looked after; it is tried again';
  const run = (signal: AbortSignal) => endRetentions(dependencies, signal);
  return startRegularly({ everyMs: EVERY_MS, run, log: dependencies.log, failure });
}

/**
 * One run. What cannot be withdrawn is logged by the sample's id, and tried again in the next run.
 * @returns how many samples were withdrawn
 */
export function endRetentions(
  { db, withdraw, log }: Dependencies,
  signal?: AbortSignal,
): Promise<number> {
  // The transaction holds the lock; every sample is withdrawn in one of its own.
  return db.transaction(async (tx) => {
    if (!(await tryLockByName(tx, 'homeward retention'))) return 0;
    let withdrawn = 0;
    for (const sampleId of await findEndedSamples(tx, MOST_A_RUN)) {
      if (signal?.aborted) break;
      try {
        await withdraw(sampleId);
        withdrawn++;
      } catch (error) {
        log.error({ err: error, sampleId }, 'a sample whose time is over was not withdrawn');
      }
    }
    if (withdrawn > 0) log.info({ withdrawn }, 'samples whose time is over were withdrawn');
    return withdrawn;
  });
}
