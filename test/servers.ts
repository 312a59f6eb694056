import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type postgres from 'postgres';
import type { Test } from 'tap';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { findFreePort } from '../src/platform/free-port.ts';

const testRedisUrl = process.env.TEST_REDIS_URL;
const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0;

/** False, or why a test that starts its own Redis is skipped. */
export const withoutRedisServer = hasRedisServer ? false : 'redis-server is not installed';

/** False, or why a test that needs some Redis is skipped. */
export const withoutRedis =
  testRedisUrl || hasRedisServer
    ? false
    : 'THE REDIS HALF IS SKIPPED: set TEST_REDIS_URL, or install redis-server';

/** A folder that the account of the database can enter, gone when the test ends. */
export async function makeFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-test-'));
  // As root, the database runs under another account.
  await chmod(folder, 0o711);
  t.teardown(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Where clusters lie that make-clusters.ts made. */
export const CLUSTERS = fileURLToPath(new URL('../clusters/', import.meta.url));

/**
 * Starts a database of its own, for its owner and for the service; stopped when the test ends.
 * @param state with the tables and roles of this release, or without any
 */
export async function startServer(
  t: Test,
  state: 'empty' | 'migrated' = 'empty',
): Promise<EmbeddedPostgres> {
  const dataDir = await makeFolder(t);
  await promisify(execFile)('cp', ['-a', `${join(CLUSTERS, state)}/.`, dataDir]);
  const database = await startEmbeddedPostgres({ dataDir, durable: false });
  t.teardown(() => database.stop());
  return database;
}

/** @returns the URL of a database of its own for its owner, stopped when the test ends */
export async function startDatabase(t: Test): Promise<string> {
  return (await startServer(t)).url;
}

/** The rows of every table as text, by its name with the schema. */
export async function readTables(client: postgres.Sql): Promise<Map<string, string[]>> {
  const tables = await client<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by name`;
  const read = new Map<string, string[]>();
  for (const { name } of tables) {
    const rows = await client.unsafe<{ row: string }[]>(`select t::text as row from ${name} t`);
    read.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return read;
}

/** @returns the URL of the Redis that is given, or of one started for the test */
export async function openRedis(t: Test): Promise<string> {
  return testRedisUrl ?? (await startRedis(t));
}

export async function startRedis(t: Test, options: string[] = []): Promise<string> {
  const port = await findFreePort();
  const args = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
  const redis = spawn('redis-server', [...args, ...options], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(async () => {
    redis.kill();
    await once(redis, 'exit');
  });
  let output = '';
  redis.stdout.on('data', (text: Buffer) => (output += text.toString()));
  await until(() => output.includes('Ready to accept connections'));
  return `redis://127.0.0.1:${String(port)}`;
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

/** The keys that wrap data keys, the same in every process of a test. */
export const TEST_KEY_RING = `tests-only ${Buffer.alloc(32, 7).toString('base64')}\n`;
