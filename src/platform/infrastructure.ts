import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type DatabaseConnection, migrateDatabase, openDatabase } from './database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { HomewardError } from './errors.ts';
import { openQueueBackend, type QueueBackend } from './queue.ts';

/** The servers that a process works with: real ones by URL, or the embedded database. */
export type Infrastructure = {
  readonly db: DatabaseConnection['db'];
  readonly queues: QueueBackend;
  /** Queues first, then connections, then the embedded server. */
  close(): Promise<void>;
};

/** @throws HomewardError DATABASE_UNAVAILABLE */
export async function openInfrastructure(config: Config, log: Logger): Promise<Infrastructure> {
  const embedded = config.databaseUrl === undefined ? await startEmbedded(config, log) : null;
  const databaseUrl = embedded?.url ?? config.databaseUrl ?? '';
  try {
    await migrateDatabase(databaseUrl);
    const queues = await openQueues(databaseUrl, config, log);
    // Each job that is under way holds a connection, and so may ten requests over HTTP.
    const database = openDatabase(databaseUrl, 10 + 3 * config.searchThreads);
    return {
      db: database.db,
      queues,
      async close() {
        await queues.close();
        await database.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function openQueues(databaseUrl: string, config: Config, log: Logger): Promise<QueueBackend> {
  try {
    return await openQueueBackend({
      databaseUrl,
      redisUrl: config.redisUrl,
      onError: (error) => {
        log.warn({ err: error }, 'the queue is in trouble and recovers by itself');
      },
    });
  } catch (error) {
    throw new HomewardError(
      'QUEUE_UNAVAILABLE',
      error instanceof Error ? error.message : undefined,
    );
  }
}

async function startEmbedded(config: Config, log: Logger): Promise<EmbeddedPostgres> {
  try {
    return await startEmbeddedPostgres({
      dataDir: join(config.dataDir, 'database'),
      durable: config.durable,
      onLog: (line) => {
        log.info(line);
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HomewardError('DATABASE_UNAVAILABLE', `The embedded database: ${reason}`);
  }
}
