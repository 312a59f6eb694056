import t from 'tap';
import { FATHER, relativesCsv, startTestService, type TestService } from './service.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const REASON = 'A hospital asks for the father of a child tonight.';
const WANG = {
  name: '王芳',
  nationalId: '110105199512310023',
  phone: '13800138000',
  address: '成都市',
};

async function uploadFather({ call }: TestService): Promise<string> {
  const csv = relativesCsv([['P1f', 'F1', 'father', FATHER]]);
  const { body } = await call('collection-point', 'POST', '/v1/batches?side=relatives', csv);
  await call('collection-point', 'PUT', '/v1/samples/P1f/identity', WANG);
  return body.rows[0].caseId;
}

t.test('a case is opened for an hour, by who says why, and raises an alert', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { call, db, logged } = service;
  const caseId = await uploadFather(service);
  const open = (who: 'analyst' | 'admin', body: object) =>
    call(who, 'POST', '/v1/break-glass', body);
  for (const reason of ['too short', ' '.repeat(30), 'x'.repeat(501)]) {
    t.equal((await open('analyst', { caseId, reason })).status, 400, reason);
  }
  t.equal((await open('analyst', { caseId: 'HW-0000000000', reason: REASON })).status, 404);
  const before = logged.length;
  const { status, body: grant } = await open('analyst', { caseId, reason: REASON });
  t.equal(status, 201);
  t.equal(Date.parse(grant.expiresAt) - Date.parse(grant.openedAt), 3_600_000);

  const look = (who: 'analyst' | 'admin' | { key: string }, id: string) =>
    call(who, 'GET', `/v1/break-glass/${id}/people`);
  t.strictSame((await look('analyst', grant.id)).body, { people: [{ relation: 'father', ...WANG }] }); // prettier-ignore
  const alerts = logged.slice(before).filter((line) => line.includes('"level":40'));
  t.equal(alerts.length, 2, 'the opening and the look');
  for (const alert of alerts) t.match(JSON.parse(alert), { grantId: grant.id, actor: /^key_/ });
  t.notMatch(logged.join(''), /hospital|王芳|13800138000/);

  const colleague = await service.createKey({ role: 'analyst', name: 'colleague' });
  const refused = [
    await look(colleague, grant.id),
    await look('admin', grant.id),
    await look('analyst', NOBODY),
  ];
  await db.execute(`update break_glass_grants set expires_at = now()`);
  refused.push(await look('analyst', grant.id));
  for (const answer of refused) {
    t.match(answer, { status: 404, body: { code: 'NOT_FOUND', detail: refused[2]!.body.detail } });
  }
});

t.test("an opening waits for another administrator's word, which is given once", async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { call } = service;
  const caseId = await uploadFather(service);
  const { body: grant } = await call('admin', 'POST', '/v1/break-glass', {
    caseId,
    reason: REASON,
  });
  const list = async (state?: string) =>
    (await call('admin', 'GET', `/v1/break-glass${state ? `?state=${state}` : ''}`)).body.grants;
  t.match(await list(), [{ id: grant.id, caseId, reason: REASON, openedBy: /^key_/, verdict: null }]); // prettier-ignore
  t.strictSame(await list('reviewed'), []);

  const other = await service.createKey({ role: 'admin', name: 'other' });
  const review = (who: 'admin' | { key: string }, id: string, verdict = 'unjustified') =>
    call(who, 'POST', `/v1/break-glass/${id}/review`, { verdict, remark: 'police were on duty' });
  t.match(await review('admin', grant.id), { status: 409, body: { code: 'REVIEW_NOT_ALLOWED' } });
  t.equal((await review(other, NOBODY)).status, 404);
  t.equal((await review(other, grant.id, 'perhaps')).status, 400);
  const answers = await Promise.all([review(other, grant.id), review(other, grant.id)]);
  t.same(answers.map(({ status }) => status).sort(), [204, 409], 'two at once');
  t.strictSame(await list('unreviewed'), []);
  t.match(await list('reviewed'), [
    { id: grant.id, verdict: 'unjustified', remark: 'police were on duty', reviewedBy: other.id },
  ]);
});
