import type { Logger } from 'pino';
import type { Database } from '../../platform/database.ts';
import type { JobQueue } from '../../platform/queue.ts';
import { claimForOffer, reviveFailed, reviveRequests } from './search-requests.repository.ts';

export const SEARCH_QUEUE = 'search';

/** A job names requests; what they are about stands in the database alone. */
export type SearchJob = { readonly requestIds: readonly number[] };

const REQUESTS_A_JOB = 16;
const JOBS_A_ROUND = 64;
const LEASE_SECONDS = 60;
/** No more is offered while so many jobs wait: the rest waits in the database. */
const MOST_WAITING = 256;
const ROUND_EVERY_MS = 1_000;
const REVIVE_EVERY_MS = 3_600_000;

export type Dispatcher = { wake(): void; close(): Promise<void> };

/**
 * Takes what stands in the outbox to the queue: at once when woken, and every second whatever
 * happens, so that a queue that was wiped or a wake-up that was lost delays a search and loses none.
 */
export async function startDispatcher({
  db,
  queue,
  log,
  afresh,
}: {
  db: Database;
  queue: JobQueue<SearchJob>;
  log: Logger;
  /** Offer everything that is not done again: what was offered before may be gone with its queue. */
  afresh: boolean;
}): Promise<Dispatcher> {
  if (afresh) await reviveRequests(db);
  let running: Promise<void> | null = null;
  let again = false;
  const timer = setInterval(wake, ROUND_EVERY_MS);
  const revival = setInterval(() => void revive(), REVIVE_EVERY_MS);

  function wake(): void {
    again = true;
    running ??= rounds().finally(() => {
      running = null;
    });
  }

  /** What failed may have met a passing trouble: it gets another chance every hour. */
  async function revive(): Promise<void> {
    try {
      await reviveFailed(db);
    } catch (error) {
      log.warn({ err: error }, 'failed search requests could not be revived; trying again later');
    }
  }

  async function rounds(): Promise<void> {
    while (again) {
      again = false;
      try {
        if ((await offerSome()) === REQUESTS_A_JOB * JOBS_A_ROUND) again = true;
      } catch (error) {
        log.warn({ err: error }, 'search requests could not be offered to the queue; trying again');
      }
    }
  }

  async function offerSome(): Promise<number> {
    if ((await queue.getWaitingCount()) >= MOST_WAITING) return 0;
    const ids = await claimForOffer(db, REQUESTS_A_JOB * JOBS_A_ROUND, LEASE_SECONDS);
    const jobs: { name: string; data: SearchJob }[] = [];
    for (let at = 0; at < ids.length; at += REQUESTS_A_JOB) {
      jobs.push({ name: 'search', data: { requestIds: ids.slice(at, at + REQUESTS_A_JOB) } });
    }
    if (jobs.length > 0) await queue.addBulk(jobs);
    return ids.length;
  }

  return {
    wake,
    async close() {
      clearInterval(timer);
      clearInterval(revival);
      again = false;
      await running;
    },
  };
}
