import t from 'tap';
import { startTestService } from './service.ts';

t.test('every answer forbids what a browser might do with it', async (t) => {
  const { call } = await startTestService(t, { policy: false, search: false });
  const answers = [
    await call('analyst', 'GET', '/v1/candidates'),
    await call(null, 'GET', '/v1/candidates'),
    await call('analyst', 'GET', '/v1/nothing'),
    await call(null, 'GET', '/health'),
  ];
  for (const { headers } of answers) {
    t.equal(
      headers.get('content-security-policy'),
      "default-src 'none';frame-ancestors 'none'",
      'nothing is loaded',
    );
    t.equal(headers.get('x-content-type-options'), 'nosniff');
    t.match(headers.get('strict-transport-security'), /max-age=\d{8}/);
    t.equal(headers.get('x-powered-by'), null);
  }
  const docs = (await call(null, 'GET', '/docs/')).headers.get('content-security-policy') ?? '';
  t.match(docs, /script-src 'self'/);
  t.notMatch(
    docs,
    /script-src[^;]*unsafe/,
    'the page of the description runs its own scripts only',
  );
});

t.test('a key may ask so much in a minute, and others go on', async (t) => {
  const service = await startTestService(t, {
    policy: false,
    search: false,
    requestsPerMinute: 20,
  });
  const { call, db } = service;
  const { key } = await service.createKey({ role: 'analyst', name: 'in a hurry' });
  for (let asked = 0; asked < 20; asked++) {
    t.equal((await call({ key }, 'GET', '/v1/candidates')).status, 200);
  }
  const { status, headers, body } = await call({ key }, 'GET', '/v1/candidates');
  t.match({ status, body }, { status: 429, body: { code: 'RATE_LIMITED' } });
  const seconds = Number(headers.get('retry-after'));
  t.ok(seconds >= 1 && seconds <= 60, `again in ${seconds} s`);
  t.equal((await call('analyst', 'GET', '/v1/candidates')).status, 200, 'another key');
  t.equal((await call(null, 'GET', '/health')).status, 200, 'what is public');
  const limited = await db.execute(`select 1 from audit_entries where status = 429`);
  t.equal(limited.length, 0, 'who asks too much does not fill the audit');
});

t.test('an address is refused so many sign-ins in a minute', async (t) => {
  const { call } = await startTestService(t, { policy: false, search: false });
  const statuses: number[] = [];
  for (let tried = 0; tried < 102; tried++) {
    const { status } = await call({ key: `hw_a-guess-that-is-wrong-${tried}` }, 'GET', '/v1/candidates'); // prettier-ignore
    statuses.push(status);
  }
  t.ok(statuses.slice(0, 100).every((status) => status === 401));
  t.same(statuses.slice(100), [429, 429]);
  t.equal((await call('analyst', 'GET', '/v1/candidates')).status, 200, 'a good key comes in');
});
