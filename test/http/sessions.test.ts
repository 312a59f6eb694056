import t from 'tap';
import { formFor } from './consent-forms.ts';
import { type Browser, openBrowser } from './browser.ts';
import { startIssuer } from './issuer.ts';
import { startTestService } from './service.ts';

const COOKIE = '__Host-homeward';
const issuer = await startIssuer(t);
const service = await startTestService(t, {
  policy: false,
  search: false,
  signIn: issuer.config,
});
const { call, db } = service;

async function signInAs(wanted: object): Promise<{ id: string; browser: Browser }> {
  issuer.subject = `subject ${Math.random()}`;
  const { body } = await call('admin', 'POST', '/v1/users', { name: 'Li Na', subject: issuer.subject, ...wanted }); // prettier-ignore
  const browser = openBrowser(service);
  await browser.signIn();
  return { id: body.id, browser };
}

const statusOf = async (browser: Browser, path = '/v1/session'): Promise<number> =>
  (await browser.call('GET', path)).status;

t.test('a session ends when nothing is done, and after eight hours whatever is done', async (t) => {
  const { id, browser } = await signInAs({ role: 'analyst' });
  const age = (column: string, interval: string) =>
    db.execute(`update sessions set ${column} = ${column} - interval '${interval}' where user_id = '${id}'`); // prettier-ignore
  for (let step = 0; step < 3; step++) {
    await age('last_seen_at', '14 minutes 50 seconds');
    t.equal(await statusOf(browser), 200, 'each request counts anew');
  }
  await age('last_seen_at', '8 minutes');
  t.equal(await statusOf(browser, '/v1/searches/progress'), 200);
  await age('last_seen_at', '8 minutes');
  t.equal(await statusOf(browser), 401, 'what a page asks by itself is nobody at the screen');

  await browser.signIn();
  await age('created_at', '7 hours 59 minutes');
  t.equal(await statusOf(browser), 200);
  await age('created_at', '1 minute');
  t.equal(await statusOf(browser), 401, 'eight hours');

  await openBrowser(service).call('GET', '/v1/sign-in');
  const left = await db.execute(`select 1 from sessions where user_id = '${id}'`);
  t.equal(left.length, 0, 'what is over is forgotten');
});

t.test('signing in again gives another token, and ends the one before', async (t) => {
  const { browser } = await signInAs({ role: 'analyst' });
  const before = browser.cookies.get(COOKIE)!;
  await browser.signIn();
  t.not(browser.cookies.get(COOKIE), before);
  t.equal(await statusOf(browser), 200);
  const cookie = `${COOKIE}=${before}`;
  t.equal((await call(null, 'GET', '/v1/session', undefined, { cookie })).status, 401);

  const planted = openBrowser(service);
  planted.cookies.set(COOKIE, 'a-token-that-an-attacker-chose');
  await planted.signIn();
  t.match(planted.cookies.get(COOKIE), /^[\w-]{43}$/, 'a token that was there is not taken over');
});

t.test('a disabled person is out at once, and may be registered anew', async (t) => {
  const { id, browser } = await signInAs({ role: 'analyst' });
  const { subject } = issuer;
  const again = { role: 'admin', name: 'Li Na', subject };
  t.match(await call('admin', 'POST', '/v1/users', again), { status: 409, body: { code: 'CONFLICT' } }); // prettier-ignore
  t.equal((await call('admin', 'DELETE', `/v1/users/${id}`)).status, 204);
  t.equal(await statusOf(browser), 401);
  t.match(await browser.signIn(), { status: 403, body: { code: 'USER_UNKNOWN' } });
  t.equal((await call('admin', 'DELETE', `/v1/users/${id}`)).status, 404);

  const { body } = await call('admin', 'POST', '/v1/users', again);
  t.not(body.id, id);
  t.equal(await statusOf(browser), 401, 'the session of before stays over');
  await browser.signIn();
  t.match((await browser.call('GET', '/v1/session')).body, { id: body.id, role: 'admin' });
  const { users } = (await call('admin', 'GET', '/v1/users')).body;
  t.match(
    users.filter((user: { subject: string }) => user.subject === subject),
    [
      { id, role: 'analyst', disabledAt: /Z$/, issuer: issuer.config.issuer.href },
      { id: body.id, role: 'admin', disabledAt: null },
    ],
  );
});

t.test('a person sees what a key of their role and scope sees', async (t) => {
  const point = await service.createPoint('POINT-3');
  const { browser } = await signInAs({ role: 'collection-point', collectionPointId: point.id });
  const csrf = { 'x-csrf-token': await browser.csrfToken() };
  await call({ key: point.key }, 'POST', '/v1/consents', { consents: [formFor('U1')] });
  const csv = 'sample_id,D3S1358\nU1,"15,16"\n';
  const batch = await browser.call('POST', '/v1/batches?side=unknowns', csv, csrf);
  t.equal(batch.status, 201);
  const path = `/v1/batches/${batch.body.batchId}`;
  t.equal((await call({ key: point.key }, 'GET', path)).status, 200, 'the key of the same point');
  t.equal((await call('collection-point', 'GET', path)).status, 404, 'that of another one');

  const caseId = batch.body.rows[0].caseId;
  const here = await signInAs({ role: 'police', jurisdiction: '51' });
  const elsewhere = await signInAs({ role: 'police', jurisdiction: '33' });
  t.equal(await statusOf(here.browser, `/v1/cases/${caseId}`), 200);
  t.equal(await statusOf(elsewhere.browser, `/v1/cases/${caseId}`), 404);
});

t.test('who is registered has the scope of their role', async (t) => {
  const person = { name: 'Li Na', subject: 'somebody-else' };
  const nowhere = '00000000-0000-4000-8000-000000000000';
  for (const [wanted, status] of [
    [{ ...person, role: 'collection-point', collectionPointId: nowhere }, 404],
    [{ ...person, role: 'collection-point' }, 400],
    [{ ...person, role: 'analyst', jurisdiction: '51' }, 400],
    [{ ...person, role: 'police', jurisdiction: '5' }, 400],
    [{ ...person, role: 'owner' }, 400],
    [{ role: 'admin', name: 'Li Na', subject: '' }, 400],
    [{ role: 'admin', name: 'Li Na', subject: 'a\0b' }, 400],
  ] as const) {
    t.equal((await call('admin', 'POST', '/v1/users', wanted)).status, status, JSON.stringify(wanted)); // prettier-ignore
  }
});

t.test('a key counts before a session, and has none to end', async (t) => {
  const { id, browser } = await signInAs({ role: 'analyst' });
  const authorization = `Bearer ${service.keyOf('admin')}`;
  const me = await browser.call('GET', '/v1/session', undefined, { authorization });
  t.match(me.body, { id: /^key_/, role: 'admin', session: null });
  t.equal((await browser.call('DELETE', '/v1/session', undefined, { authorization })).status, 404);
  t.match((await browser.call('GET', '/v1/session')).body, { id }, 'still signed in');
  const wrong = { authorization: 'Bearer hw_not-a-key-that-anybody-was-given' };
  t.equal((await browser.call('GET', '/v1/session', undefined, wrong)).status, 401);
});
