import t from 'tap';
import { CHILD, FATHER, MOTHER, relativesCsv, startTestService, unknownsCsv } from './service.ts';

t.test('every parent of a candidate is weighed as other relatives too', async (t) => {
  const service = await startTestService(t);
  const { call } = service;
  const families = relativesCsv([
    ['S1', 'F1', 'father', FATHER],
    ['S2', 'F1', 'mother', MOTHER],
  ]);
  const unknowns = unknownsCsv([
    ['U1', CHILD],
    ['U2', FATHER],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', families);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknowns);
  await service.searched();
  const { candidates } = (await call('analyst', 'GET', '/v1/candidates')).body;
  let singles = 0;
  for (const { id, unknown, relatives, log10Lr, relationship } of candidates) {
    const { status, body } = await call('analyst', 'GET', `/v1/candidates/${id}/rivals`);
    t.equal(status, 200);
    t.same(
      body.rivals.map((one: { relative: string }) => one.relative),
      relatives,
    );
    const [first] = body.rivals;
    const byName = Object.fromEntries(
      first.relationships.map((one: { relationship: string }) => [one.relationship, one]),
    );
    if (relationship !== 'both-parents') {
      singles++;
      const { log10Lr: alone } = byName['parent-child'];
      t.ok(Math.abs(alone - log10Lr) < 1e-9, `${unknown}: ${alone} is ${log10Lr}`);
    }
    if (unknown === 'U2') {
      const isSame = byName.identical.log10Lr > byName['parent-child'].log10Lr;
      t.ok(isSame, 'the father himself is better explained as the same person');
    } else {
      t.same(byName.identical, { relationship: 'identical', kind: 'excluded', log10Lr: null, lociInconsistent: 8 }); // prettier-ignore
    }
  }
  t.ok(singles > 0, `${singles} candidates with one parent`);
});

t.test('rivals are shown to whom the candidate is shown', async (t) => {
  const { call } = await startTestService(t, { search: false });
  const missing = '/v1/candidates/00000000-0000-4000-8000-000000000000/rivals';
  t.match(await call('analyst', 'GET', missing), { status: 404, body: { code: 'NOT_FOUND' } });
  for (const role of ['admin', 'collection-point', 'police'] as const) {
    t.match(await call(role, 'GET', missing), { status: 403 }, role);
  }
  t.equal((await call(null, 'GET', missing)).status, 401);
});
