import { Command } from 'commander';
import { runSearchConsumer } from '../../workers/search.consumer.ts';

/** `homeward worker` */
export function workerCommand(): Command {
  return new Command('worker')
    .description('Run a search worker beside a service; any number share one database and queue.')
    .addHelpText(
      'after',
      '\nReads DATABASE_URL, REDIS_URL, SEARCH_THREADS and LOG_LEVEL as `homeward serve` does.',
    )
    .action(() => runSearchConsumer(process.env));
}
