import type { Logger } from 'pino';
import type { JobQueue } from '../../platform/queue.ts';

/** A job names work; what it is about stands in the database alone. */
export type WorkJob = { readonly ids: readonly number[] };

/** Work that stands in the database and waits to be offered to a queue. */
export type Outbox = {
  /** What the work is, for the log. */
  readonly name: string;
  readonly idsAJob: number;
  /** So many are taken to the queue at once. */
  readonly idsARound: number;
  /** No more is offered while so many jobs wait: the rest waits in the database. */
  readonly mostWaiting: number;
  /** Makes work of what was asked for, before anything is offered. */
  prepare?(): Promise<void>;
  /** Marks work as offered that was not, or whose offer is older than the lease. */
  claim(limit: number, leaseSeconds: number): Promise<number[]>;
  /** Makes work new again: `failed` work, or everything that is not done. */
  revive(which: 'failed' | 'unfinished'): Promise<void>;
};

const LEASE_SECONDS = 60;
const ROUND_EVERY_MS = 1_000;
const REVIVE_EVERY_MS = 3_600_000;

export type Dispatcher = { wake(): void; close(): Promise<void> };

/**
 * Takes what stands in an outbox to its queue: at once when woken, and every second whatever
 * happens, so that a queue that was wiped or a wake-up that was lost delays work and loses none.
 */
export async function startDispatcher({
  outbox,
  queue,
  log,
  afresh,
}: {
  outbox: Outbox;
  queue: JobQueue<WorkJob>;
  log: Logger;
  /** Offer everything that is not done again: what was offered before may be gone with its queue. */
  afresh: boolean;
}): Promise<Dispatcher> {
  const { name, idsAJob, idsARound, mostWaiting } = outbox;
  if (afresh) await outbox.revive('unfinished');
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
      await outbox.revive('failed');
    } catch (error) {
      log.warn({ err: error }, `failed ${name} could not be revived; trying again later`);
    }
  }

  async function rounds(): Promise<void> {
    while (again) {
      again = false;
      try {
        if ((await offerSome()) === idsARound) again = true;
      } catch (error) {
        log.warn({ err: error }, `${name} could not be offered to the queue; trying again`);
      }
    }
  }

  async function offerSome(): Promise<number> {
    await outbox.prepare?.();
    if ((await queue.getWaitingCount()) >= mostWaiting) return 0;
    const ids = await outbox.claim(idsARound, LEASE_SECONDS);
    const jobs: { name: string; data: WorkJob }[] = [];
    for (let at = 0; at < ids.length; at += idsAJob) {
      jobs.push({ name, data: { ids: ids.slice(at, at + idsAJob) } });
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
