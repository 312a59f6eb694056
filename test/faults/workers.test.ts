import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import t, { type Test } from 'tap';
import { startTestService, type TestService } from '../http/service.ts';
import { openRedis, until, withoutRedis } from '../servers.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string): string => readFileSync(`${ROOT}fixtures/${file}`, 'utf8');

/** The first rows of a demo file, with its header. */
function someRows(file: string, rows: number): string {
  return read(file)
    .split('\n')
    .slice(0, rows + 1)
    .join('\n');
}

const FAMILIES = someRows('demo/families.csv', 400);
const UNKNOWNS = someRows('demo/unknowns.csv', 80);

function spawnWorker(t: Test, databaseUrl: string, redisUrl: string | undefined): ChildProcess {
  // By way of env, to leave out the test runner's hooks: what is killed reports no coverage.
  const worker = spawn('env', ['-u', 'NODE_OPTIONS', process.execPath, 'bin/homeward', 'worker'], {
    cwd: ROOT,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      SEARCH_THREADS: '1',
      LOG_LEVEL: 'warn',
      ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  t.teardown(() => worker.kill('SIGKILL'));
  return worker;
}

async function startSearch(service: TestService): Promise<void> {
  const { call } = service;
  const table = await call(
    'admin',
    'POST',
    '/v1/frequency-tables?name=n',
    read('frequencies/nist1036_all.csv'),
  );
  await call('collection-point', 'POST', '/v1/batches?side=relatives', FAMILIES);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', UNKNOWNS);
  const policy = {
    name: 'demo',
    frequencyTableId: table.body.id,
    document: JSON.parse(read('demo/policy.json')),
  };
  t.equal((await call('admin', 'POST', '/v1/policies', policy)).status, 201);
}

async function candidatesOf({ call }: TestService): Promise<string[]> {
  const { body } = await call('analyst', 'GET', '/v1/candidates?limit=500');
  return body.candidates.map(
    ({ unknown, relatives, relationship, log10Lr, revision }: any) =>
      `${unknown} ${relatives.join('+')} ${relationship} ${log10Lr} ${revision}`,
  );
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
  const workers = [1, 2].map(() => spawnWorker(t, service.databaseUrl, redisUrl));
  await startSearch(service);
  for (const [place, doomed] of workers.entries()) {
    await until(async () => (await doneOf(service)) > 40 * (place + 1));
    doomed.kill('SIGKILL');
    await once(doomed, 'exit');
    workers.push(spawnWorker(t, service.databaseUrl, redisUrl));
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
  { timeout: 290_000 },
  async (t) => {
    const expected = await findUndisturbed(t);
    t.ok(
      expected.length > 10,
      `${expected.length} candidates among the first rows of the demo set`,
    );
    t.same(await findWithKilledWorkers(t, undefined), expected, 'with the queue in PostgreSQL');
    t.test('with the queue in Redis', { skip: withoutRedis }, async (t) => {
      t.same(await findWithKilledWorkers(t, await openRedis(t)), expected);
    });
  },
);
