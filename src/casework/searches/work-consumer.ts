import type { Job } from 'bullmq';
import type { QueueBackend } from '../../platform/queue.ts';
import type { WorkJob } from './dispatcher.ts';

/** Carries out the work that jobs name. */
export type WorkService = { process(ids: readonly number[]): Promise<void> };

/** Takes jobs from a queue, so many at a time. */
export function startWorkConsumer({
  queues,
  queue,
  work,
  concurrency,
}: {
  queues: QueueBackend;
  queue: string;
  work: WorkService;
  concurrency: number;
}): void {
  queues.openWorker(queue, (job: Job<WorkJob>) => work.process(job.data.ids), { concurrency });
}
