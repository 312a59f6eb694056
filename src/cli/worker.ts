import { Command } from 'commander';

/** `homeward worker` */
export function workerCommand(): Command {
  return new Command('worker')
    .description('Run a search worker beside a service; any number share one database and queue.')
    .addHelpText(
      'after',
      '\nReads DATABASE_URL, REDIS_URL, SEARCH_THREADS and LOG_LEVEL as `homeward serve` does.',
    )
    .action(async () => {
      const { runSearchConsumer } = await import('../../workers/search.consumer.ts');
      await runSearchConsumer(process.env);
    });
}
