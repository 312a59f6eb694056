import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import t, { type Test } from 'tap';
import { startTestService, type TestService } from '../http/service.ts';
import { openRedis, until, withoutRedis } from '../servers.ts';
import { candidatesOf, putDemoPolicyInForce, spawnWorker, uploadDemo } from './demo-workers.ts';

async function startSearch(service: TestService): Promise<void> {
  await uploadDemo(service);
  await putDemoPolicyInForce(t, service);
}

async function doneOf({ db }: TestService): Promise<number> {
  const [row] = await db.execute<{ done: number }>(
    sql`select count(*)::int as done from search_requests where state = 'done'`,
  );
  return row!.done;
}

/** What the search finds when nothing goes wrong. */
async function findUndisturbed(t: Test): Promise<string[]> {
  const service = await startTestService(t, { policy: false });
  await startSearch(service);
  await service.searched();
  return candidatesOf(service);
}

async function findWithKilledWorkers(t: Test, redisUrl: string | undefined): Promise<string[]> {
  const service = await startTestService(t, {
    policy: false,
    search: false,
    ...(redisUrl ? { redisUrl } : {}),
  });
  const workers = [1, 2].map(() => spawnWorker(t, service.loginUrl, redisUrl));
  await startSearch(service);
  for (const [place, doomed] of workers.entries()) {
    await until(async () => (await doneOf(service)) > 25 * (place + 1));
    doomed.kill('SIGKILL');
    await once(doomed, 'exit');
    workers.push(spawnWorker(t, service.loginUrl, redisUrl));
    if (workers.length === 4) break;
  }
  // The queue may be wiped at any time: the database knows what is left.
  await service.db.execute(
    sql`update search_requests set offered_at = null where state = 'pending'`,
  );
  await service.searched();
  for (const worker of workers.slice(2)) {
    worker.kill('SIGTERM');
    const [code] = await once(worker, 'exit');
    t.equal(code, 0, 'a worker that is told to stop ends well');
  }
  return candidatesOf(service);
}

t.test(
  'workers killed in the middle change nothing in what is found',
  { timeout: 400_000 },
  async (t) => {
    const expected = await findUndisturbed(t);
    t.ok(expected.length > 5, `${expected.length} candidates among the first rows of the demo set`);
    t.same(await findWithKilledWorkers(t, undefined), expected, 'with the queue in PostgreSQL');
    t.test('with the queue in Redis', { skip: withoutRedis }, async (t) => {
      t.same(await findWithKilledWorkers(t, await openRedis(t)), expected);
    });
  },
);
