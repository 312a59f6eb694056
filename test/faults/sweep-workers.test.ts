import { once } from 'node:events';
import postgres from 'postgres';
import { sql } from 'drizzle-orm';
import t, { type Test } from 'tap';
import { startTestService, type TestService } from '../http/service.ts';
import { until } from '../servers.ts';
import { candidatesOf, putDemoPolicyInForce, spawnWorker, uploadDemo } from './demo-workers.ts';

/** Only a sweep searches under it: everybody is there before it is in force. */
const THRESHOLD = 5_000;

async function lastSweep({ call }: TestService): Promise<any> {
  return (await call('admin', 'GET', '/v1/sweeps?limit=1')).body.sweeps[0];
}

/** Searches everybody under the demo's policy. */
async function startSearched(t: Test, service: TestService): Promise<void> {
  await uploadDemo(service);
  await putDemoPolicyInForce(t, service);
  await service.searched();
}

async function sweepUndisturbed(t: Test): Promise<string[]> {
  const service = await startTestService(t, { policy: false });
  await startSearched(t, service);
  await putDemoPolicyInForce(t, service, THRESHOLD);
  await service.searched();
  return candidatesOf(service);
}

/** With the queue in PostgreSQL; workers.test.ts has Redis too. */
async function sweepWithKilledWorkers(t: Test): Promise<string[]> {
  const service = await startTestService(t, { policy: false, search: false });
  const doomed = [1, 2].map(() => spawnWorker(t, service.loginUrl, undefined));
  await startSearched(t, service);

  // While a family is locked, nobody can judge it: its block stands between scan and write.
  const client = postgres(service.databaseUrl, { max: 1 });
  const lock = await client.reserve();
  await lock`begin`;
  await lock`
    select id from families
    where id = (select family_id from candidate_matches order by id limit 1) for no key update`;
  await putDemoPolicyInForce(t, service, THRESHOLD);
  await until(async () => {
    const { state, blocks } = await lastSweep(service);
    return state === 'running' && blocks !== null && blocks.done > 2 && (await isWaiting(service));
  });
  for (const worker of doomed) {
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  }
  const { state, blocks } = await lastSweep(service);
  t.match({ state, failed: blocks.failed }, { state: 'running', failed: 0 });
  t.ok(blocks.pending > 0, `${blocks.done} blocks done, ${blocks.pending} left by the killed`);
  await lock`rollback`;
  lock.release();
  await client.end();
  // The queue may be wiped at any time: the database knows what is left.
  await service.db.execute(sql`update sweep_blocks set offered_at = null where state = 'pending'`);
  spawnWorker(t, service.loginUrl, undefined);
  spawnWorker(t, service.loginUrl, undefined);
  await service.searched();
  t.match(await lastSweep(service), { state: 'done', blocks: { pending: 0, failed: 0 } });
  return candidatesOf(service);
}

/** Whether a worker waits for a lock that somebody else has. */
async function isWaiting({ db }: TestService): Promise<boolean> {
  const rows = await db.execute(
    sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%for share%'`,
  );
  return rows.length > 0;
}

t.test(
  'workers killed in the middle of a sweep change nothing in what it finds',
  { timeout: 400_000 },
  async (t) => {
    const expected = await sweepUndisturbed(t);
    t.ok(expected.length > 5, `${expected.length} candidates`);
    t.same(await sweepWithKilledWorkers(t), expected, 'the same candidates');
  },
);
