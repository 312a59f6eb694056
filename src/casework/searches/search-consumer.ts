import type { Job } from 'bullmq';
import type { QueueBackend } from '../../platform/queue.ts';
import { SEARCH_QUEUE, type SearchJob } from './dispatcher.ts';
import type { SearchService } from './search.service.ts';

/** Takes search jobs from the queue, so many at a time. */
export function startSearchConsumer({
  queues,
  search,
  concurrency,
}: {
  queues: QueueBackend;
  search: SearchService;
  concurrency: number;
}): void {
  queues.openWorker(SEARCH_QUEUE, (job: Job<SearchJob>) => search.process(job.data.requestIds), {
    concurrency,
  });
}
