import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import t from 'tap';
import { makeIssuerClient } from '../../src/casework/sign-in/issuer-client.ts';
import { openBrowser } from './browser.ts';
import { type Issuer, startIssuer, type Token, writeToken } from './issuer.ts';
import { startTestService } from './service.ts';

// One for all tests of this file: the tries of an address are counted, up to the last test.
const issuer = await startIssuer(t);
const service = await startTestService(t, {
  policy: false,
  search: false,
  signIn: issuer.config,
});

/** Registers somebody new, who is at the browser from now on. */
async function register(role: 'admin' | 'analyst'): Promise<string> {
  issuer.subject = `subject ${Math.random()}`;
  const wanted = { subject: issuer.subject, name: 'Li Na', role };
  return (await service.call('admin', 'POST', '/v1/users', wanted)).body.id;
}

t.test('a person signs in, works, and signs out', async (t) => {
  const id = await register('analyst');
  t.match(id, /^user_[0-9a-f]{16}$/);
  const browser = openBrowser(service);
  t.equal((await browser.call('GET', '/v1/session')).status, 401, 'nobody yet');

  const begun = await browser.call('GET', '/v1/sign-in');
  t.equal(begun.status, 303);
  const asked = new URL(begun.headers.get('location')!);
  t.match(Object.fromEntries(asked.searchParams), {
    response_type: 'code',
    client_id: 'homeward',
    redirect_uri: 'https://homeward.example/v1/sign-in/callback',
    code_challenge_method: 'S256',
    state: /^.{43}$/,
    nonce: /^.{43}$/,
  });
  const [kept] = begun.headers.getSetCookie();
  t.match(kept, /^__Host-homeward-sign-in=.{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/); // prettier-ignore

  const back = await browser.signIn();
  t.match({ status: back.status, to: back.headers.get('location') }, { status: 303, to: '/' });
  const cookies = back.headers.getSetCookie();
  t.equal(cookies.length, 2);
  t.match(cookies[0], /^__Host-homeward-sign-in=; Max-Age=0; /, 'the sign-in is over');
  t.match(cookies[1], /^__Host-homeward=.{43}; Max-Age=28800; Path=\/; HttpOnly; Secure; SameSite=Strict$/); // prettier-ignore
  t.notMatch(cookies.join(), /domain/i);

  const me = await browser.call('GET', '/v1/session');
  t.match(me.body, { id, name: 'Li Na', role: 'analyst', session: { csrfToken: /^.{43}$/ } });
  const hours = (Date.parse(me.body.session.endsAt) - Date.now()) / 3_600_000;
  t.ok(hours > 7.9 && hours <= 8, `${hours} hours`);
  t.equal((await browser.call('GET', '/v1/candidates')).status, 200);
  t.equal(
    (await browser.call('GET', '/v1/api-keys')).status,
    403,
    'an analyst is no administrator',
  );

  const csrf = { 'x-csrf-token': await browser.csrfToken() };
  const stolen = browser.cookies.get('__Host-homeward')!;
  t.equal((await browser.call('DELETE', '/v1/session', undefined, csrf)).status, 204);
  t.notOk(browser.cookies.has('__Host-homeward'));
  const again = await service.call(null, 'GET', '/v1/session', undefined, { cookie: `__Host-homeward=${stolen}` }); // prettier-ignore
  t.equal(again.status, 401, 'signed out is over, for who has the cookie too');

  const trail = await service.db.execute(
    `select actor, action, status from audit_entries where actor = '${id}' or action like '%sign-in%' order by seq`,
  );
  t.match(trail, [
    { actor: null, action: 'GET /v1/sign-in', status: 303 },
    { actor: null, action: 'GET /v1/sign-in', status: 303 },
    { actor: id, action: 'GET /v1/sign-in/callback', status: 303 },
    { actor: id, action: 'GET /v1/session', status: 200 },
    { actor: id, action: 'GET /v1/candidates', status: 200 },
    { actor: id, action: 'GET /v1/api-keys', status: 403 },
    { actor: id, action: 'GET /v1/session', status: 200 },
    { actor: id, action: 'DELETE /v1/session', status: 204 },
  ]);
});

t.test('forged ID tokens are refused', async (t) => {
  await register('admin');
  const browser = openBrowser(service);
  const good = issuer.forge;
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const nothing = (): Buffer => Buffer.alloc(0);
  const withClaims = (change: (claims: Token['claims']) => object) => (token: Token) =>
    issuer.sign({ header: token.header, claims: { ...token.claims, ...change(token.claims) } });
  const now = Math.floor(Date.now() / 1_000);
  const forgeries: Readonly<Record<string, Issuer['forge']>> = {
    'no algorithm': (token) => writeToken({ ...token, header: { alg: 'none' } }, nothing),
    'no algorithm, and a key': (token) =>
      writeToken({ ...token, header: { ...token.header, alg: 'none' } }, nothing),
    'the signature left out': (token) => writeToken(token, nothing),
    'another key under the same name': (token) =>
      writeToken(token, (input) => sign('sha256', input, stranger)),
    'the secret of the client as key': (token) =>
      writeToken({ ...token, header: { alg: 'HS256' } }, (input) =>
        createHmac('sha256', issuer.config.clientSecret).update(input).digest(),
      ),
    'claims changed after they were signed': (token) => {
      const [header, , signature] = issuer.sign(token).split('.');
      const [, claims] = issuer.sign({ ...token, claims: { ...token.claims, sub: 'admin' } }).split('.'); // prettier-ignore
      return `${header}.${claims}.${signature}`;
    },
    'another audience': withClaims(() => ({ aud: 'another-service' })),
    'another issuer': withClaims(() => ({ iss: 'https://elsewhere.example' })),
    'expired an hour ago': withClaims(() => ({ iat: now - 7_200, exp: now - 3_600 })),
    'without an end': withClaims(() => ({ exp: undefined })),
    'another nonce': withClaims(() => ({ nonce: 'of-another-sign-in' })),
    'no nonce': withClaims(() => ({ nonce: undefined })),
    'no subject': withClaims(() => ({ sub: undefined })),
    'no token at all': () => '',
  };
  for (const [name, forge] of Object.entries(forgeries)) {
    issuer.forge = forge;
    const trades = issuer.trades;
    const { status, body } = await browser.signIn();
    t.match({ status, code: body.code }, { status: 401, code: 'SIGN_IN_REFUSED' }, name);
    t.equal(issuer.trades, trades + 1, `${name}: the token was fetched, and was at fault`);
    t.notOk(browser.cookies.has('__Host-homeward'), `${name}: no session`);
  }
  issuer.forge = good;
  t.equal((await browser.signIn()).status, 303, 'a good one is taken');
});

t.test('an answer is taken once, in its time, from the browser that asked', async (t) => {
  await register('analyst');
  const refused = { status: 401, body: { code: 'SIGN_IN_REFUSED' } };

  const browser = openBrowser(service);
  const answer = await browser.visitIssuer();
  const secret = browser.cookies.get('__Host-homeward-sign-in')!;
  t.equal((await browser.call('GET', answer)).status, 303);
  const trades = issuer.trades;
  t.match(await browser.call('GET', answer), refused, 'the callback once more');
  const cookie = `__Host-homeward-sign-in=${secret}`;
  t.match(await service.call(null, 'GET', answer, undefined, { cookie }), refused, 'with its cookie'); // prettier-ignore

  const victim = openBrowser(service);
  t.match(await victim.call('GET', await openBrowser(service).visitIssuer()), refused, "somebody's else answer"); // prettier-ignore
  const mine = await victim.visitIssuer();
  const theirs = await openBrowser(service).visitIssuer();
  t.match(await victim.call('GET', theirs), refused, "another's state with a sign-in of one's own");
  t.equal(issuer.trades, trades, 'none of these codes was traded');

  // A code that was stolen, put into a sign-in of the thief's own: the verifier does not fit.
  const injected = new URL(mine, 'https://homeward.example');
  injected.searchParams.set('code', /code=([0-9a-f]+)/.exec(await openBrowser(service).visitIssuer())![1]!); // prettier-ignore
  t.match(await victim.call('GET', `${injected.pathname}${injected.search}`), refused);
  t.equal(issuer.trades, trades + 1, 'the issuer refused it');

  const late = await victim.visitIssuer();
  await service.db.execute(`update sign_ins set created_at = created_at - interval '10 minutes'`);
  t.match(await victim.call('GET', late), refused, 'too late');
  await victim.visitIssuer();
  const left = await service.db.execute(`select 1 from sign_ins`);
  t.equal(left.length, 1, 'sign-ins that nobody finishes are forgotten');

  const denied = (await victim.visitIssuer()).replace(/code=\w+/, 'error=access_denied');
  t.match(await victim.call('GET', denied), refused, 'the issuer said no');
  const twice = await Promise.all(
    [1, 2].map(() => victim.call('GET', '/v1/sign-in/callback?state=x')),
  );
  t.same(
    twice.map(({ status }) => status),
    [401, 401],
  );
});

t.test('nobody becomes a person of the service by signing in', async (t) => {
  issuer.subject = 'a-stranger-to-all';
  const browser = openBrowser(service);
  const { status, body } = await browser.signIn();
  t.match({ status, code: body.code }, { status: 403, code: 'USER_UNKNOWN' });
  t.notOk(browser.cookies.has('__Host-homeward'), 'no session');
  const users = await service.call('admin', 'GET', '/v1/users');
  t.notMatch(JSON.stringify([body, users.body]), 'a-stranger');
});

t.test('no secret of signing in is stored or logged', async (t) => {
  await register('analyst');
  const browser = openBrowser(service);
  const answer = await browser.visitIssuer();
  const attempt = browser.cookies.get('__Host-homeward-sign-in')!;
  let idToken = '';
  issuer.forge = (token) => (idToken = issuer.sign(token));
  await browser.call('GET', answer);
  const csrf = await browser.csrfToken();
  issuer.forge = ({ header }) => issuer.sign({ header, claims: { aud: 'another' } });
  await openBrowser(service).signIn();
  issuer.forge = issuer.sign;

  const { searchParams } = new URL(answer, service.url);
  const secrets = [attempt, browser.cookies.get('__Host-homeward')!, csrf, idToken, searchParams.get('code')!, searchParams.get('state')!, issuer.config.clientSecret]; // prettier-ignore
  t.ok(
    secrets.every((secret) => secret.length > 20),
    'seven secrets',
  );
  const stored = JSON.stringify([
    await service.db.execute('select * from sessions'),
    await service.db.execute('select * from sign_ins'),
    await service.db.execute('select * from audit_entries'),
  ]);
  const logged = service.logged.join('');
  t.match(logged, '/v1/sign-in/callback', 'requests are logged');
  for (const secret of secrets) {
    t.notOk(stored.includes(secret), 'not in the database');
    t.notOk(logged.includes(secret), 'not in the log');
  }
});

t.test('an answer that cannot be audited gives no session', async (t) => {
  await register('analyst');
  const browser = openBrowser(service);
  const answer = await browser.visitIssuer();
  await service.db.execute('alter table audit_entries rename to elsewhere');
  const withheld = await browser.call('GET', answer);
  await service.db.execute('alter table elsewhere rename to audit_entries');
  t.equal(withheld.status, 503);
  t.same(withheld.headers.getSetCookie(), [], 'no cookie leaves');
  t.equal(withheld.headers.get('location'), null);
});

t.test('an issuer that is away is no fault of who signs in', async (t) => {
  await register('analyst');
  const browser = openBrowser(service);
  const answer = await browser.visitIssuer();
  await issuer.close();
  const { status, body } = await browser.call('GET', answer);
  t.match({ status, code: body.code }, { status: 503, code: 'ISSUER_UNAVAILABLE' });
  t.ok(
    service.logged.some((line) => line.includes('a sign-in failed')),
    'the log says why',
  );
  const client = makeIssuerClient(issuer.config);
  await t.rejects(client.begin(), { code: 'ISSUER_UNAVAILABLE' }, 'before it was ever asked');
});

t.test('who tries to sign in too often is told to wait', async (t) => {
  const callback = '/v1/sign-in/callback?state=guessed&code=guessed';
  const tries = async (): Promise<number> => (await service.call(null, 'GET', callback)).status;
  let tried = 0;
  let status = await tries();
  while (status === 401 && tried++ < 100) status = await tries();
  t.ok(tried > 20 && tried < 100, `after ${tried} more than before`);
  t.equal(status, 429);
  t.equal((await service.call(null, 'GET', '/v1/sign-in')).status, 429);
  t.equal((await service.call('analyst', 'GET', '/v1/session')).status, 200, 'a key comes in');
});
