import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Job } from 'bullmq';
import t, { type Test } from 'tap';
import { migrateDatabase } from '../../src/platform/database.ts';
import { migrateQueue, openQueueBackend, type QueueBackend } from '../../src/platform/queue.ts';
import { spawnNode } from '../package.ts';
import {
  openRedis,
  portOf,
  startDatabase,
  startRedis,
  until,
  withoutRedis,
  withoutRedisServer,
} from '../servers.ts';

const WORKER = fileURLToPath(new URL('fixtures/queue-worker.js', import.meta.url));

type Servers = { databaseUrl: string; redisUrl?: string };
type Work = { id: number };

const databaseUrl = await startDatabase(t);
await migrateDatabase(databaseUrl);
await migrateQueue(databaseUrl);

// All of it mostly waits: above all for the lock of a killed worker to expire.
t.jobs = 2;

void t.test('queues on PostgreSQL', async (t) => {
  await testQueues(t, databaseUrl, (url) => ({ databaseUrl: url }));
});

void t.test('queues on Redis', { skip: withoutRedis }, async (t) => {
  const redis = await openRedis(t);
  await testQueues(t, redis, (url) => ({ databaseUrl, redisUrl: url }));
});

void t.test('a Redis that may drop jobs', { skip: withoutRedisServer }, async (t) => {
  const redisUrl = await startRedis(t, ['--maxmemory-policy', 'allkeys-lru']);
  const { errors } = await open(t, { databaseUrl, redisUrl });
  t.match(errors, [{ message: 'maxmemory-policy is allkeys-lru, not noeviction' }]);
});

void t.test('a server that is not there', async (t) => {
  const nowhere = await openWay(t, databaseUrl);
  nowhere.cut();
  const { host } = new URL(nowhere.url);
  await t.rejects(open(t, { databaseUrl, redisUrl: `redis://${host}` }), {
    message: `Redis does not answer at ${host}.`,
  });
  await t.rejects(open(t, { databaseUrl: nowhere.url }), { code: 'ECONNREFUSED' });
});

/**
 * @param server URL of the server that holds the queues
 * @param at tells how to reach the servers when that one is reached by another URL
 */
async function testQueues(t: Test, server: string, at: (server: string) => Servers): Promise<void> {
  t.jobs = 8;
  const servers = at(server);
  const names: string[] = [];
  const makeName = (): string => {
    const name = randomUUID();
    names.push(name);
    return name;
  };
  t.teardown(async () => {
    const { backend } = await open(t, servers);
    for (const name of names) await backend.openQueue(name).obliterate({ force: true });
    await backend.close();
  });

  void t.test('the job of a killed worker is finished by another', async (t) => {
    const name = makeName();
    const { backend } = await open(t, servers);
    const queue = backend.openQueue<Work>(name);
    const job = await queue.add('work', { id: 1 });
    const worker = spawnWorker(t, name, servers);
    t.same(await once(worker, 'message'), [{ taken: job.id }, undefined]);
    worker.kill('SIGKILL');
    await once(worker, 'exit');

    const runs: Work[] = [];
    backend.openWorker(name, async ({ data }: Job<Work>) => void runs.push(data), {
      concurrency: 1,
    });
    await until(async () => (await queue.getJobCountByTypes('active', 'waiting')) === 0);
    t.same(runs, [{ id: 1 }]);
  });

  void t.test('each job runs once', async (t) => {
    const name = makeName();
    const { backend } = await open(t, servers);
    const queue = backend.openQueue<Work>(name);
    const runs: number[] = [];
    for (const concurrency of [1, 4]) {
      backend.openWorker(name, async ({ data }: Job<Work>) => void runs.push(data.id), {
        concurrency,
      });
    }
    const ids = Array.from({ length: 100 }, (_, id) => id);
    await queue.addBulk(ids.map((id) => ({ name: 'work', data: { id } })));
    await until(async () => (await queue.getJobCountByTypes('active', 'waiting')) === 0);
    t.same(
      runs.sort((a, b) => a - b),
      ids,
    );
    t.equal(await queue.getCompletedCount(), 0, 'and leaves nothing behind');
  });

  void t.test('a job that fails is tried three times and kept', async (t) => {
    const name = makeName();
    const { backend, errors } = await open(t, servers);
    const queue = backend.openQueue<Work>(name);
    const attempts: number[] = [];
    const fail = async ({ attemptsMade }: Job<Work>): Promise<void> => {
      attempts.push(attemptsMade);
      throw new Error('on purpose');
    };
    backend.openWorker(name, fail, { concurrency: 1 });
    const { id } = await queue.add('work', { id: 1 }, { backoff: { type: 'fixed', delay: 1 } });
    await until(async () => (await queue.getFailedCount()) === 1);
    t.same(attempts, [0, 1, 2]);
    t.match(await queue.getJob(id ?? ''), { failedReason: 'on purpose', data: { id: 1 } });
    t.same(errors, [], 'the queue itself has no trouble with it');
  });

  void t.test('close lets a job in progress finish', async (t) => {
    const name = makeName();
    const { backend } = await open(t, servers);
    const queue = backend.openQueue<Work>(name);
    const [started, start] = signal();
    const [finished, finish] = signal();
    backend.openWorker(
      name,
      async () => {
        start();
        await finished;
      },
      { concurrency: 1 },
    );
    await queue.add('work', { id: 1 });
    await started;
    const closed = Promise.all([backend.close(), backend.close()]);
    finish();
    await closed;

    const { backend: later } = await open(t, servers);
    const counts = await later.openQueue<Work>(name).getJobCounts('active', 'waiting', 'failed');
    t.same(counts, { active: 0, waiting: 0, failed: 0 });
  });

  void t.test('work goes on after the server was away', async (t) => {
    const name = makeName();
    const way = await openWay(t, server);
    const { backend, errors } = await open(t, at(way.url));
    const queue = backend.openQueue<Work>(name);
    const runs: number[] = [];
    backend.openWorker(name, async ({ data }: Job<Work>) => void runs.push(data.id), {
      concurrency: 1,
    });
    await queue.add('work', { id: 1 });
    await until(() => runs.includes(1));
    way.cut();
    await until(() => errors.length > 0);
    await t.rejects(queue.add('work', { id: 2 }), 'a job that cannot be added is not waited for');
    await way.mend();
    await until(async () => {
      await queue.add('work', { id: 3 }).catch(() => undefined);
      return runs.includes(3);
    });
    t.pass('the worker takes jobs again');
  });

  for (const loss of ['cut', 'silence'] as const) {
    void t.test(`close does not wait for a server that is gone: ${loss}`, async (t) => {
      const name = makeName();
      const way = await openWay(t, server);
      const { backend } = await open(t, at(way.url));
      const queue = backend.openQueue<Work>(name);
      const [started, start] = signal();
      backend.openWorker(
        name,
        () => {
          start();
          return new Promise(() => undefined);
        },
        { concurrency: 1 },
      );
      await queue.add('work', { id: 1 });
      await started;
      way[loss]();
      const begin = performance.now();
      await backend.close();
      t.ok(performance.now() - begin < 8_000, 'less than a job in progress would be granted');
    });
  }
}

/** Another way to a server: one that can be cut, can go silent without an end, and be mended. */
async function openWay(
  t: Test,
  url: string,
): Promise<{ url: string; cut(): void; silence(): void; mend(): Promise<void> }> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.pipe(far).pipe(near);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  const listen = async (at: number): Promise<void> => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const way = new URL(url);
  way.host = `127.0.0.1:${String(portOf(server))}`;
  const cut = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  t.teardown(cut);
  return {
    url: way.href,
    cut,
    silence: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    mend: () => listen(Number(way.port)),
  };
}

async function open(
  t: Test,
  servers: Servers,
): Promise<{ backend: QueueBackend; errors: Error[] }> {
  const errors: Error[] = [];
  const backend = await openQueueBackend({ ...servers, onError: (error) => errors.push(error) });
  t.teardown(() => backend.close());
  return { backend, errors };
}

function spawnWorker(t: Test, name: string, servers: Servers) {
  const urls = [servers.databaseUrl, ...(servers.redisUrl ? [servers.redisUrl] : [])];
  const worker = spawnNode([WORKER, name, ...urls], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  t.teardown(() => worker.kill('SIGKILL'));
  return worker;
}

/** @returns a promise, and what fulfils it */
function signal(): [Promise<void>, () => void] {
  let give = (): void => undefined;
  const promise = new Promise<void>((resolve) => (give = resolve));
  return [promise, () => give()];
}
