import type { QueueBackend, JobQueue } from '../../platform/queue.ts';

/** Jobs of one queue, and who takes them. */
export type QueueStanding = {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly workers: number;
};

/** The queues, as far as their jobs can be counted. */
export type QueueSource = {
  readonly kind: QueueBackend['kind'];
  readonly searches: JobQueue<unknown>;
  readonly sweeps: JobQueue<unknown>;
};

/** How long a queue may take to say how it stands. */
const PATIENCE_MS = 2_000;

/** @returns null for a queue that does not answer, which delays work and loses none */
export async function readStanding(queue: JobQueue<unknown>): Promise<QueueStanding | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, null);
  });
  try {
    return await Promise.race([countJobs(queue), late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function countJobs(queue: JobQueue<unknown>): Promise<QueueStanding> {
  const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
  const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
  return { waiting, active, delayed, failed, workers: await queue.getWorkersCount() };
}
