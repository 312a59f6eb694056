import { sql } from 'drizzle-orm';
import { Redis } from 'ioredis';
import t from 'tap';
import { VERSION } from '../../src/platform/provenance.ts';
import { startRedis, withoutRedisServer } from '../servers.ts';
import {
  CHILD,
  FATHER,
  MOTHER,
  relativesCsv,
  startTestService,
  type TestService,
  unknownsCsv,
} from './service.ts';

const FAMILY = relativesCsv([
  ['P1f', 'F1', 'father', FATHER],
  ['P1m', 'F1', 'mother', MOTHER],
]);

async function readHealth({ call }: TestService) {
  const { status, body } = await call('admin', 'GET', '/v1/health');
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
}

/** Asks until something is so; a search gets ready by and by. */
async function until(service: TestService, isSo: (body: any) => boolean) {
  for (let tries = 0; tries < 200; tries++) {
    const body = await readHealth(service);
    if (isSo(body)) return body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`never: ${JSON.stringify(await readHealth(service))}`);
}

t.test('the index, its policy and the work that waits', async (t) => {
  const service = await startTestService(t);
  const { call, db } = service;
  await call('collection-point', 'POST', '/v1/batches?side=relatives', FAMILY);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD], ['U2', CHILD]])); // prettier-ignore
  await service.searched();
  const { body: policies } = await call('admin', 'GET', '/v1/policies');
  const standing = await until(service, ({ index }) => index.policyId !== null && index.unknowns === 2); // prettier-ignore
  t.match(standing, {
    process: { version: VERSION },
    index: { threads: 1, unknowns: 2, families: 1, policyId: policies.policies[0].id },
    database: { unknowns: 2, families: 1 },
    queues: { kind: 'postgres' },
    canaries: { planted: 0, found: 0, missed: 0 },
    messages: { waiting: 0, failing: 0, abandoned: 0 },
    alarms: { custody: 0, redraws: 0, breakGlass: 0 },
  });
  t.ok(standing.index.bytes > 0 && standing.database.bytes > 1_000_000);
  t.ok(standing.index.changedAt <= standing.index.readAt, 'read again since, without a change');
  t.equal(standing.database.migrations.applied, standing.database.migrations.known);
  for (const work of standing.queues.work) {
    t.match(work, { pending: 0, failed: 0, oldestAt: null });
    t.match(work.jobs, { waiting: 0, active: 0, delayed: 0, workers: 1 }, work.name);
  }

  // Of a policy that is not in force nothing is offered: what waits stays.
  await db.execute(sql`update policies set active = false`);
  await db.execute(sql`update search_requests set state = 'pending', requested_at = '2026-01-01' where id = 1`); // prettier-ignore
  await db.execute(sql`update search_requests set state = 'failed' where id = 2`);
  t.match((await readHealth(service)).queues.work[0], {
    name: 'searches',
    pending: 1,
    failed: 1,
    oldestAt: '2026-01-01T00:00:00.000Z',
  });
});

t.test('alarms, openings, canaries and messages are counted', async (t) => {
  const service = await startTestService(t, { search: false });
  const { call, db } = service;
  t.equal((await readHealth(service)).index, null, 'this process does not search');
  const parents = await call('collection-point', 'POST', '/v1/batches?side=relatives', FAMILY);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD]]));
  const { caseId } = parents.body.rows[0];
  await call('admin', 'POST', '/v1/canaries', { point: 'POINT-1', unknown: 'U1', family: 'F1' });
  await call('analyst', 'POST', '/v1/break-glass', { caseId, reason: 'a child is in danger tonight' }); // prettier-ignore
  await call('analyst', 'POST', '/v1/custody/scans', { scans: [{ barcode: 'HW510104000000001M', event: 'received', at: '2026-01-01T00:00:00Z', scanner: 's' }] }); // prettier-ignore
  const hook = await call('admin', 'POST', '/v1/webhooks', { jurisdiction: '51', url: 'https://127.0.0.1:1/' }); // prettier-ignore
  await db.execute(sql`
    insert into webhook_deliveries (webhook_id, case_number, status, attempts, due_at, abandoned_at)
    values (${hook.body.id}, 'HW-1', 'searching', 0, '2099-01-01', null),
      (${hook.body.id}, 'HW-2', 'searching', 3, '2099-01-01', null),
      (${hook.body.id}, 'HW-3', 'searching', 9, '2099-01-01', now())`);
  const body = await readHealth(service);
  t.match(body, {
    queues: { work: [{ pending: 3, jobs: { waiting: 2, workers: 0 } }, {}] },
    canaries: { planted: 1, found: 0, missed: 0 },
    messages: { waiting: 2, failing: 1, abandoned: 1 },
    alarms: { custody: 1, redraws: 0, breakGlass: 1 },
  });
  await db.execute(sql`update search_requests set state = 'done'`);
  t.match((await readHealth(service)).canaries, { planted: 1, found: 0, missed: 1 });
  t.notMatch(JSON.stringify(body), /HW-|U1|F1|POINT/, 'numbers, and nothing of anybody');
});

t.test('being polled it leaves no trace, and only administrators ask', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  await readHealth(service);
  const { body } = await service.call('admin', 'GET', '/v1/audit?action=/v1/health');
  t.same(body.entries, []);
  t.equal((await service.call('analyst', 'GET', '/v1/health')).status, 403);
});

t.test(
  'in Redis as well, and a Redis that does not answer is said',
  { skip: withoutRedisServer },
  async (t) => {
    const redisUrl = await startRedis(t);
    const service = await startTestService(t, { redisUrl });
    const { queues } = await until(service, (body) => body.queues.work[0].jobs?.workers === 1);
    t.match(queues, { kind: 'redis', work: [{ jobs: { waiting: 0 } }, { jobs: { workers: 1 } }] });
    const client = new Redis(redisUrl);
    t.teardown(() => {
      client.disconnect();
    });
    // Longer than anybody waits for it.
    await client.client('PAUSE', 4_000);
    t.match((await readHealth(service)).queues.work, [{ pending: 0, jobs: null }, { jobs: null }]);
  },
);

t.test('a refusal leaves a trace, as everywhere', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  await readHealth(service);
  t.equal((await service.call('analyst', 'GET', '/v1/health')).status, 403);
  const { body } = await service.call('admin', 'GET', '/v1/audit?action=health');
  t.match(body.entries, [{ action: 'GET /v1/health', role: 'analyst', status: 403 }]);
});
