import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';

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

/** @returns the URL of a database of its own, stopped when the test ends */
export async function startDatabase(t: Test): Promise<string> {
  const dataDir = await makeFolder(t);
  const database = await startEmbeddedPostgres({ dataDir, durable: false });
  t.teardown(() => database.stop());
  return database.url;
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

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}
