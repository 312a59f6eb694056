import { and, eq, isNull, sql } from 'drizzle-orm';
import t from 'tap';
import { sweepBlocks, sweeps } from '../../src/platform/sweep-tables.ts';
import { shardOf } from '../../src/search/index.ts';
import { until } from '../servers.ts';
import { CHILD, POLICY, putPolicyInForce, startTestService, type TestService, unknownsCsv } from './service.ts'; // prettier-ignore
import {
  CHILDREN,
  EXPECTED,
  FITTING,
  lastSweep,
  LOWER,
  pairsOf,
  planned,
  upload,
} from './sweeps.ts';

/** Half of the blocks of every sweep are as if they had been offered just now: it stands in the middle. */
async function holdEverySecondBlock({ db }: TestService): Promise<void> {
  await db.execute(sql`
    create function hold_block() returns trigger language plpgsql as $$
    begin
      if new.family_shard % 2 = 1 then new.offered_at := now() + interval '1 hour'; end if;
      return new;
    end $$`);
  await db.execute(sql`
    create trigger hold_block before insert on sweep_blocks
    for each row execute function hold_block()`);
}

t.test('a cancelled sweep keeps what is done, and resumed does the rest', async (t) => {
  const service = await startTestService(t);
  const { call, db } = service;
  await upload(service);
  await service.searched();
  await holdEverySecondBlock(service);
  t.equal((await putPolicyInForce(call, LOWER)).status, 201);
  await planned(service);
  const { id } = await lastSweep(service);
  await until(async () => (await lastSweep(service)).blocks.done === 8);
  t.match(await lastSweep(service), { state: 'running', blocks: { pending: 8, done: 8 } });
  t.match((await call('admin', 'POST', '/v1/sweeps', {})).body, { code: 'SWEEP_NOT_ALLOWED' });

  t.match(await call('admin', 'POST', `/v1/sweeps/${id}/cancel`), { status: 200, body: { state: 'cancelled', differences: null } }); // prettier-ignore
  t.equal((await call('admin', 'POST', `/v1/sweeps/${id}/cancel`)).status, 200, 'twice is once');
  await db.update(sweepBlocks).set({ offeredAt: null });
  await call(
    'collection-point',
    'POST',
    '/v1/batches?side=unknowns',
    unknownsCsv([['NEW', CHILD]]),
  );
  await service.searched();
  t.match(await lastSweep(service), { state: 'cancelled', blocks: { pending: 8, done: 8 } });
  const middle = (await pairsOf(service)).filter((pair) => !pair.startsWith('NEW'));
  t.equal(
    middle.length,
    CHILDREN * (await countDone(service)),
    'those of the blocks that are done',
  );

  const resumed = await call('admin', 'POST', `/v1/sweeps/${id}/resume`);
  t.match(resumed, { status: 200, body: { state: 'running', blocks: { pending: 8, done: 8 } } });
  await service.searched();
  const found = await pairsOf(service);
  t.same(
    found.filter((pair) => !pair.startsWith('NEW')),
    EXPECTED,
  );
  t.equal(found.length, EXPECTED.length + FITTING, 'and who came meanwhile');
  t.match(await lastSweep(service), {
    state: 'done',
    blocks: { pending: 0, done: 16 },
    differences: { appeared: 0, gone: 0, changed: 0, unchanged: EXPECTED.length },
  });
  t.match(await call('admin', 'POST', `/v1/sweeps/${id}/resume`), { status: 409 });
  t.match(await call('admin', 'POST', `/v1/sweeps/${id}/cancel`), { status: 409 });
  const attempts = await db.select({ attempts: sweepBlocks.attempts }).from(sweepBlocks).where(eq(sweepBlocks.sweepId, id)); // prettier-ignore
  t.ok(
    attempts.every((block) => block.attempts === 1),
    'no block was done twice',
  );
});

t.test('another release sweeps when it starts, once', async (t) => {
  const service = await startTestService(t, { search: false });
  const before = await lastSweep(service);
  const another = await service.startAnother();
  await another.close();
  t.equal((await lastSweep(service)).id, before.id, 'the same release has nothing to do');
  await service.db.update(sweeps).set({ engineVersion: 'homeward 0.0.1' });
  await service.startAnother();
  await service.searched();
  const after = await lastSweep(service);
  t.match(after, { reason: 'engine', state: 'done', policyId: before.policyId });
  t.not(after.id, before.id);
  await service.startAnother();
  t.equal((await lastSweep(service)).id, after.id);
});

t.test('a new policy cancels the sweep of the old, which cannot be resumed', async (t) => {
  const service = await startTestService(t, { search: false });
  const { call, db } = service;
  await upload(service);
  t.equal((await putPolicyInForce(call, LOWER)).status, 201);
  const old = await planned(service);
  t.match(old, { state: 'running', blocks: { pending: 16 } });
  t.match(await call('admin', 'GET', `/v1/sweeps/${old.id}/differences?difference=gone`), { status: 409, body: { code: 'SWEEP_NOT_ALLOWED' } }); // prettier-ignore
  t.equal((await putPolicyInForce(call, { ...POLICY, threshold: 600 })).status, 201);
  t.match((await call('admin', 'GET', `/v1/sweeps/${old.id}`)).body, { state: 'cancelled' });
  const next = await planned(service);
  t.not(next.id, old.id);
  const refused = await call('admin', 'POST', `/v1/sweeps/${old.id}/resume`);
  t.match(refused, { status: 409, body: { code: 'SWEEP_NOT_ALLOWED', detail: /runs/ } });
  await call('admin', 'POST', `/v1/sweeps/${next.id}/cancel`);
  const still = await call('admin', 'POST', `/v1/sweeps/${old.id}/resume`);
  t.match(still, { status: 409, body: { detail: /no longer in force/ } });
  await db.update(sweeps).set({ engineVersion: 'homeward 0.0.1' }).where(eq(sweeps.id, next.id));
  const foreign = await call('admin', 'POST', `/v1/sweeps/${next.id}/resume`);
  t.match(foreign, { status: 409, body: { detail: /Another release/ } });
  const missing = '/v1/sweeps/00000000-0000-4000-8000-000000000000';
  for (const path of [missing, `${missing}/differences?difference=gone`])
    t.equal((await call('admin', 'GET', path)).status, 404);
  for (const step of ['cancel', 'resume'])
    t.equal((await call('admin', 'POST', `${missing}/${step}`)).status, 404);
  const ranges = await db.select().from(sweepBlocks).where(and(eq(sweepBlocks.sweepId, next.id), isNull(sweepBlocks.toSampleId))); // prettier-ignore
  t.equal(ranges.length, 8, 'the last range is open, for each shard');
});

t.test('without a policy there is nothing to sweep', async (t) => {
  const { call } = await startTestService(t, { policy: false, search: false });
  t.match(await call('admin', 'POST', '/v1/sweeps', {}), { status: 409, body: { code: 'SWEEP_NOT_ALLOWED' } }); // prettier-ignore
  t.same((await call('admin', 'GET', '/v1/sweeps')).body, { sweeps: [], nextCursor: null });
  t.match(await call('admin', 'POST', '/v1/sweeps', { reason: 'policy' }), { status: 400 });
});

/** How many of the fitting families stand in shards whose blocks are done. */
async function countDone({ db }: TestService): Promise<number> {
  const blocks = await db.$client<{ shard: number }[]>`
    select distinct family_shard as shard from sweep_blocks where state = 'done'`;
  const done = new Set(blocks.map(({ shard }) => shard));
  const codes = Array.from({ length: FITTING }, (_, place) => `F${2 * place}`);
  const fitting = await db.$client<{ id: string }[]>`
    select id from families where code = any(${codes})`;
  return fitting.filter(({ id }) => done.has(shardOf(id))).length;
}
