import closeWithGrace from 'close-with-grace';
import { startWorker } from '../src/main.ts';
import { readConfig } from '../src/platform/config.ts';
import { HomewardError } from '../src/platform/errors.ts';
import { openLog } from '../src/platform/log.ts';

/**
 * The root of a search worker process: runs until it is told to stop by SIGTERM or SIGINT.
 * @throws HomewardError CONFIGURATION_INVALID without a database to share with the service
 */
export async function runSearchConsumer(environment: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig(environment);
  if (config.databaseUrl === undefined) {
    throw new HomewardError(
      'CONFIGURATION_INVALID',
      'A worker shares the database of a service: set DATABASE_URL, and REDIS_URL as the service has it. ' +
        'The embedded database belongs to `homeward serve`, which searches by itself.',
    );
  }
  const log = openLog(config.logLevel);
  const worker = await startWorker(config, log);
  log.info({ threads: config.searchThreads }, 'search worker started');
  closeWithGrace({ logger: log, delay: 30_000 }, () => worker.close());
}
