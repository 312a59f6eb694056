import { Command } from 'commander';
import { join } from 'node:path';
import { ADMIN_KEY_FILE } from '../platform/embedded-secrets.ts';
import { readConfig } from '../platform/config.ts';
import { openLog } from '../platform/log.ts';

/** `homeward serve` */
export function serveCommand(): Command {
  return new Command('serve')
    .description(
      'Run the service: embedded by default, on real servers with DATABASE_URL and REDIS_URL.',
    )
    .option('--no-search', 'leave searching to `homeward worker` processes')
    .addHelpText(
      'after',
      `
Environment:
  HOST, PORT           where to listen (127.0.0.1, 8080)
  DATABASE_URL         a PostgreSQL server; without it an embedded one is started
  DATABASE_OWNER_URL   the owner of its tables, to bring them up to date; not needed after \`migrate\`
  REDIS_URL            a Redis server for the queue; without it the queue lives in the database
  HOMEWARD_DATA_DIR    folder of the embedded database, kept between runs
  ADMIN_API_KEY        first administrator's key (32 characters or more); embedded: made by itself
  KEY_RING_FILE        keys that wrap data keys, see: homeward keys; embedded: made by itself
  SEARCH_THREADS       threads that score (number of processors)
  CALCULATION_THREADS  threads for likelihood ratios that analysts ask for (2)
  LOG_LEVEL            trace, debug, info, warn, error or silent (info)
The URLs and ADMIN_API_KEY are also read from the files that <NAME>_FILE name.`,
    )
    .action(async ({ search }: { search: boolean }) => {
      const [{ startService }, { default: closeWithGrace }] = await Promise.all([
        import('../main.ts'),
        import('close-with-grace'),
      ]);
      const config = readConfig(process.env);
      const log = openLog(config.logLevel);
      const service = await startService(config, log, { search });
      log.info(`listening on ${service.url}, API documentation at ${service.url}/docs/`);
      if (config.databaseUrl === undefined) {
        log.info(`an administrator's API key is in ${join(config.dataDir, ADMIN_KEY_FILE)}`);
      }
      closeWithGrace({ logger: log, delay: 30_000 }, () => service.close());
    });
}
