import t from 'tap';
import { startTestService } from './service.ts';

t.test('every answer forbids what a browser might do with it', async (t) => {
  const { call } = await startTestService(t, { policy: false, search: false });
  const answers = [
    await call('analyst', 'GET', '/v1/candidates'),
    await call(null, 'GET', '/v1/candidates'),
    await call('analyst', 'GET', '/v1/nothing'),
    await call(null, 'GET', '/health'),
    await call('analyst', 'GET', '/v1/%E0%A4%A'),
    await call('analyst', 'GET', `/v1/candidates/${'a'.repeat(200)}`),
    await call(null, 'GET', `/v1/candidates/${'a'.repeat(2_000)}`),
  ];
  for (const { headers } of answers) {
    t.equal(
      headers.get('content-security-policy'),
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      'nothing is loaded',
    );
    t.equal(headers.get('x-content-type-options'), 'nosniff');
    t.match(headers.get('strict-transport-security'), /max-age=\d{8}/);
    t.equal(headers.get('x-powered-by'), null);
  }
  for (const { headers } of answers.slice(0, 2)) t.equal(headers.get('cache-control'), 'no-store');
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

t.test('behind a proxy everybody has an address of their own', async (t) => {
  const { call, db } = await startTestService(t, { policy: false, search: false });
  const from = (address: string, key = 'hw_a-guess-that-is-wrong') =>
    call({ key }, 'GET', '/v1/candidates', undefined, { 'x-forwarded-for': address });
  for (let tried = 0; tried < 100; tried++) await from('203.0.113.7');
  t.equal((await from('203.0.113.7')).status, 429);
  t.equal((await from('203.0.113.8')).status, 401, 'another one may still try');
  const [entry] = await db.execute<{ origin: string }>(
    `select origin from audit_entries order by seq desc limit 1`,
  );
  t.equal(entry?.origin, '203.0.113.8', 'the audit says who it was');
  t.equal(
    (await from('1.2.3.4, 203.0.113.7')).status,
    429,
    'what a client makes up does not count',
  );
});
