import t from 'tap';
import { openBrowser } from './browser.ts';
import { startIssuer } from './issuer.ts';
import { operationsOf } from './operations.ts';
import { startTestService } from './service.ts';

const NOWHERE = '00000000-0000-4000-8000-000000000000';

t.test('in a session whatever changes something needs the token of that session', async (t) => {
  const issuer = await startIssuer(t);
  const service = await startTestService(t, { policy: false, search: false, signIn: issuer.config }); // prettier-ignore
  const wanted = { name: 'Li Na', role: 'admin', subject: issuer.subject };
  await service.call('admin', 'POST', '/v1/users', wanted);
  const browser = openBrowser(service);
  await browser.signIn();
  const other = openBrowser(service);
  await other.signIn();

  const point = { code: 'POINT-8', name: 'eight', division: '510100' };
  const send = (headers: Record<string, string>) =>
    browser.call('POST', '/v1/collection-points', point, headers);
  const token = await browser.csrfToken();
  const refused = { status: 403, body: { code: 'CSRF_TOKEN_REQUIRED' } };
  for (const wrong of ['', 'x', await other.csrfToken(), `${token}x`, token.toLowerCase()]) {
    t.match(await send(wrong === '' ? {} : { 'x-csrf-token': wrong }), refused, wrong);
  }
  const [{ count }] = await service.db.execute(`select count(*)::int from collection_points where code = 'POINT-8'`) as any; // prettier-ignore
  t.equal(count, 0, 'nothing was written');
  t.equal((await send({ 'x-csrf-token': token })).status, 201);
  const authorization = `Bearer ${service.keyOf('admin')}`;
  t.equal((await send({ authorization })).status, 409, 'a key needs no token, cookie or not');

  let tried = 0;
  for (const { method, path } of await operationsOf(service)) {
    if (method === 'GET') continue;
    const answer = await browser.call(method, path.replaceAll(/\{\w+\}/g, NOWHERE));
    t.match(answer, refused, `${method} ${path}`);
    tried++;
  }
  t.ok(tried >= 14, `${tried} operations that change something`);
  t.equal((await browser.call('GET', '/v1/session')).status, 200, 'nor was anybody signed out');
});
