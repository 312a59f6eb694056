import { eq, sql } from 'drizzle-orm';
import t from 'tap';
import { sweepBlocks, sweeps } from '../../src/platform/sweep-tables.ts';
import { candidateMatches } from '../../src/platform/tables.ts';
import { CHILD, POLICY, putPolicyInForce, startTestService, unknownsCsv } from './service.ts';
import { settle } from './signatures.ts';
import { CHILDREN, EXPECTED, expectPairs, FAMILIES, lastSweep, listDifferences, LOWER, OTHERS, pairsOf, upload } from './sweeps.ts'; // prettier-ignore

t.test('a new policy sweeps, and says which candidates appeared, went and changed', async (t) => {
  const service = await startTestService(t);
  const { call } = service;
  await upload(service);
  // Fits the father of F0 alone, by a lower LR.
  const half = CHILD.map((_, place) => (place < 6 ? '10,14' : '10,11'));
  await call(
    'collection-point',
    'POST',
    '/v1/batches?side=unknowns',
    unknownsCsv([['HALF', half]]),
  );
  await service.searched();
  const first = await lastSweep(service);
  t.match(first, { reason: 'policy', state: 'done', previousPolicyId: null, unknowns: 0, blocks: { pending: 0, done: 0 } }); // prettier-ignore
  const before = (await call('analyst', 'GET', '/v1/candidates?limit=500')).body.candidates;
  t.same(
    (await pairsOf(service)).filter((pair) => !pair.startsWith('HALF')),
    EXPECTED,
  );
  const lowest = Math.min(...before.map(({ log10Lr }: any) => log10Lr));

  // Everything below the couples goes, and what stays is changed by the other mutation model.
  const strict = { params: { mutation: { model: 'none' } }, threshold: 1e6 };
  t.equal((await putPolicyInForce(call, strict)).status, 201);
  await service.searched();
  const second = await lastSweep(service);
  const after = (await call('analyst', 'GET', '/v1/candidates?limit=500')).body.candidates;
  t.ok(after.length < before.length && after.length > 0, `${before.length}, then ${after.length}`);
  const idOf = ({ unknown, family }: any): string => `${unknown} ${family}`;
  const kept = new Map(after.map((one: any) => [idOf(one), one]));
  const gone = before.filter((one: any) => !kept.has(idOf(one)));
  t.match(second, {
    reason: 'policy',
    state: 'done',
    previousPolicyId: first.policyId,
    unknowns: CHILDREN + OTHERS + 1,
    families: FAMILIES,
    blocks: { pending: 0, failed: 0, done: 24 },
    differences: { appeared: 0, gone: gone.length, changed: after.length, unchanged: 0 },
  });
  expectPairs(t, await listDifferences(service, second.id, 'gone'), gone.map(idOf), 'gone');
  const changed = await listDifferences(service, second.id, 'changed');
  expectPairs(t, changed, after.map(idOf), 'changed');
  for (const one of changed) {
    const old = before.find((candidate: any) => idOf(candidate) === idOf(one));
    const { id, log10Lr, relationship } = kept.get(idOf(one)) as any;
    t.equal(one.candidateId, id);
    t.same(one.before, { relationship: old.relationship, log10Lr: old.log10Lr });
    t.same(one.after, { relationship, log10Lr });
  }

  t.equal((await putPolicyInForce(call, POLICY)).status, 201, 'the first policy again');
  await service.searched();
  const third = await lastSweep(service);
  t.match(third.differences, { appeared: gone.length, gone: 0, changed: after.length });
  const appeared = await listDifferences(service, third.id, 'appeared');
  expectPairs(t, appeared, gone.map(idOf), 'appeared');
  t.ok(appeared.every(({ before }) => before === null));
  t.equal(Math.min(...appeared.map(({ after }) => after.log10Lr)), lowest);
  const { sweeps: newest, nextCursor } = (await call('analyst', 'GET', '/v1/sweeps?limit=2')).body;
  const rest = (await call('analyst', 'GET', `/v1/sweeps?cursor=${nextCursor}`)).body.sweeps;
  t.same([...newest, ...rest].map(({ id }: any) => id), [third.id, second.id, first.id]); // prettier-ignore
});

t.test('a sweep shared by three services finds what one finds, each block once', async (t) => {
  const service = await startTestService(t);
  await Promise.all([service.startAnother(), service.startAnother()]);
  await upload(service);
  await service.searched();
  t.equal((await putPolicyInForce(service.call, LOWER)).status, 201);
  await service.searched();
  t.same(await pairsOf(service), EXPECTED);
  const sweep = await lastSweep(service);
  t.match(sweep, {
    state: 'done',
    differences: { appeared: 0, gone: 0, unchanged: EXPECTED.length },
  });
  const { candidates } = (await service.call('analyst', 'GET', '/v1/candidates?limit=500')).body;
  t.ok(
    candidates.every(({ revision }: any) => revision === 1),
    'nothing was written twice',
  );

  // Done again, the blocks change nothing, and the sweep ends again.
  await service.db.update(sweeps).set({ state: 'running' }).where(eq(sweeps.id, sweep.id));
  await service.db.update(sweepBlocks).set({ state: 'pending', offeredAt: null });
  await service.searched();
  const again = (await service.call('analyst', 'GET', '/v1/candidates?limit=500')).body.candidates;
  t.same(again, candidates);
  t.same((await lastSweep(service)).differences, sweep.differences);
});

t.test('a sweep by hand finds what is stale, and lapses what no longer reaches', async (t) => {
  const service = await startTestService(t);
  const { call, db } = service;
  await upload(service);
  await service.searched();
  const [first, second, third] = await db
    .select()
    .from(candidateMatches)
    .orderBy(candidateMatches.unknownSampleId, candidateMatches.familyId);
  // One that an older release found, one that it missed, and one that it computed otherwise.
  const [stranger] = await db.execute<{ id: string }>(sql`select id from samples where code = 'U31'`); // prettier-ignore
  const { id: _id, ...copy } = first!;
  await db
    .insert(candidateMatches)
    .values({ ...copy, unknownSampleId: stranger!.id, log10Lr: 4.5 });
  await db.delete(candidateMatches).where(eq(candidateMatches.id, second!.id));
  await db
    .update(candidateMatches)
    .set({ log10Lr: 4.25 })
    .where(eq(candidateMatches.id, third!.id));
  const [stale] = await db.select().from(candidateMatches).where(eq(candidateMatches.unknownSampleId, stranger!.id)); // prettier-ignore

  const asked = await call('admin', 'POST', '/v1/sweeps', { reason: 'kit' });
  t.match(asked, { status: 201, body: { reason: 'kit', state: 'running', engineVersion: /^homeward / } }); // prettier-ignore
  const { id, policyId } = asked.body;
  t.equal(asked.body.previousPolicyId, policyId);
  await service.searched();
  const done = (await call('analyst', 'GET', `/v1/sweeps/${id}`)).body;
  t.match(done, {
    state: 'done',
    differences: { appeared: 1, gone: 1, changed: 1, unchanged: 98 },
  });
  t.match(await listDifferences(service, id, 'gone'), [
    { candidateId: stale!.id, unknown: 'U31', before: { log10Lr: 4.5 }, after: null },
  ]);
  t.match(await listDifferences(service, id, 'appeared'), [
    { before: null, after: { relationship: 'both-parents', log10Lr: second!.log10Lr } },
  ]);
  t.match(await listDifferences(service, id, 'changed'), [
    { before: { log10Lr: 4.25 }, after: { log10Lr: third!.log10Lr } },
  ]);
  t.same(await pairsOf(service), EXPECTED, 'what lapsed is no longer listed');
  const lapsed = (await call('analyst', 'GET', `/v1/candidates/${stale!.id}`)).body;
  t.match(lapsed, { revision: 2, state: 'proposed' });
  t.ok(lapsed.lapsedAt !== null, 'and can still be opened');
});

t.test(
  'what an analyst supports stays listed when it lapses, and comes back when it may',
  async (t) => {
    const service = await startTestService(t);
    const { call, db } = service;
    await upload(service);
    await service.searched();
    const [{ id, unknown }] = (await call('analyst', 'GET', '/v1/candidates')).body.candidates;
    await settle(service, id, 'supported');
    await db
      .update(candidateMatches)
      .set({ lapsedAt: new Date() })
      .where(eq(candidateMatches.id, id));
    const listed = (await call('analyst', 'GET', '/v1/candidates?limit=500')).body.candidates;
    t.ok(listed.some((one: any) => one.id === id && one.lapsedAt !== null));
    await call('admin', 'POST', '/v1/sweeps', {});
    await service.searched();
    const { body } = await call('analyst', 'GET', `/v1/candidates/${id}`);
    t.match(body, { unknown, revision: 2, state: 'proposed', lapsedAt: null });
  },
);
