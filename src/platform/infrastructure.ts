import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { KeyRingSource } from './crypto/key-ring.ts';
import { upgradeDatabase } from './database-upgrade.ts';
import { type Databases, openDatabases } from './databases.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { HomewardError } from './errors.ts';
import { findOrCreateKeyRing } from './embedded-secrets.ts';
import { openQueueBackend, type QueueBackend } from './queue.ts';

/** The servers that a process works with: real ones by URL, or the embedded database. */
export type Infrastructure = {
  /** For a thread that opens a connection of its own. */
  readonly databaseUrl: string;
  readonly databases: Databases;
  readonly queues: QueueBackend;
  /** Queues first, then connections, then the embedded server. */
  close(): Promise<void>;
};

/** @throws HomewardError DATABASE_UNAVAILABLE */
export async function openInfrastructure(config: Config, log: Logger): Promise<Infrastructure> {
  const embedded = config.databaseUrl === undefined ? await startEmbedded(config, log) : null;
  const databaseUrl = embedded?.loginUrl ?? config.databaseUrl ?? '';
  const ownerUrl = embedded?.url ?? config.databaseOwnerUrl;
  try {
    const withQueue = config.redisUrl === undefined;
    await upgradeDatabase({ databaseUrl, ownerUrl }, { withQueue, log });
    const queues = await openQueues(databaseUrl, config, log);
    const databases = openDatabases(databaseUrl, config.searchThreads);
    return {
      databaseUrl,
      databases,
      queues,
      async close() {
        await queues.close();
        await databases.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/**
 * The key ring that is configured; an embedded service makes its own.
 * @throws HomewardError CONFIGURATION_INVALID beside a server and without a ring
 */
export async function findKeyRing({
  keyRing,
  databaseUrl,
  dataDir,
}: Config): Promise<KeyRingSource> {
  if (keyRing) return keyRing;
  if (databaseUrl === undefined) return { kind: 'file', file: await findOrCreateKeyRing(dataDir) };
  throw new HomewardError(
    'CONFIGURATION_INVALID',
    'Beside a database server a key ring is needed: make one by `homeward keys new`, keep it out of the ' +
      'database and its backups, and set KEY_RING_FILE.',
    [{ field: 'KEY_RING_FILE', message: 'is missing' }],
  );
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
