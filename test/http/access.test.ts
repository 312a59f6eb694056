import type { Test } from 'tap';
import t from 'tap';
import { makeBarcode } from '../../src/casework/custody/barcode.ts';
import { PUBLIC_ROUTES } from '../../src/http/authentication.ts';
import { BODIES } from './bodies.ts';
import { operationsOf } from './operations.ts';
import { type Role, startTestService, type TestService } from './service.ts';

const ROLES: readonly Role[] = ['admin', 'analyst', 'collection-point', 'police'];

const NOWHERE = '00000000-0000-4000-8000-000000000000';
/** Parameters of paths that name nobody's object. */
const NO_OBJECTS: readonly string[] = ['format'];
/** Whose keys name what is theirs; all else is foreign to them. */
const SCOPED: readonly Role[] = ['collection-point', 'police'];

let asked = 0;

async function expectRefused(
  t: Test,
  service: TestService,
  method: string,
  path: string,
): Promise<void> {
  // Each from an address of its own: one address is soon refused for asking so often.
  const headers = { 'x-forwarded-for': `2001:db8::${(++asked).toString(16)}` };
  for (const key of [null, { key: 'hw_not-a-key-that-anybody-was-given-0000000' }]) {
    const answer = await service.call(key, method, path, undefined, headers);
    t.equal(answer.status, 401, `${method} ${path} without a valid key`);
    t.equal(answer.body.code, 'AUTHENTICATION_REQUIRED');
  }
}

t.test('every route asks for a key, and lets in only the roles that it names', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const all = await operationsOf(service);
  t.ok(all.length >= 33, `${all.length} operations`);
  const open = all.filter(({ admitsAnybody }) => admitsAnybody);
  t.same(
    open.map(({ method, path }) => `${method} ${path}`),
    ['GET /v1/sign-in', 'GET /v1/sign-in/callback'],
    'these alone let people in',
  );
  for (const { method, path: template, roles } of all.filter((one) => !open.includes(one))) {
    const path = template.replaceAll(/\{\w+\}/g, NOWHERE);
    t.notOk(
      PUBLIC_ROUTES.some((route) => route.test(path)),
      `${path} is not public`,
    );
    t.ok(roles.length > 0, `${path} names its roles`);
    await expectRefused(t, service, method, path);
    for (const role of ROLES) {
      const { status, body } = await service.call(role, method, path);
      if (roles.includes(role)) t.notMatch([401, 403], [status], `${role} may ${method} ${path}`);
      else t.match({ status, body }, { status: 403, body: { code: 'PERMISSION_DENIED' } });
      t.ok(status < 500, `${method} ${path} as ${role} is no fault of ours`);
    }
  }
  await expectRefused(t, service, 'GET', '/v1/nothing');
  t.equal((await service.call('analyst', 'GET', '/v1/nothing')).status, 404);
});

t.test('without an issuer nobody signs in, and the answer says why', async (t) => {
  const { call } = await startTestService(t, { policy: false, search: false });
  for (const path of ['/v1/sign-in', '/v1/sign-in/callback?state=a&code=b']) {
    const { status, body } = await call(null, 'GET', path);
    t.match({ status, code: body.code }, { status: 404, code: 'SIGN_IN_NOT_CONFIGURED' }, path);
  }
  const cookie = 'homeward=some-token; __Host-homeward=some-token';
  t.equal((await call(null, 'GET', '/v1/session', undefined, { cookie })).status, 401);
  const wanted = { role: 'admin', name: 'a', subject: 'b' };
  const { status, body } = await call('admin', 'POST', '/v1/users', wanted);
  t.match({ status, code: body.code }, { status: 404, code: 'SIGN_IN_NOT_CONFIGURED' });
});

t.test('what is public says nothing about anybody', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  t.same((await service.call(null, 'GET', '/health')).body, { status: 'up' });
  const page = await service.call(null, 'GET', '/docs/');
  t.equal(page.status, 200);
  t.match(page.body, /swagger-ui/);
  t.match(await service.call(null, 'GET', '/'), { status: 302 });
});

t.test('a revoked key is refused at once, and no key is kept in clear', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { id, key } = await service.createKey({ role: 'analyst', name: 'leaves tomorrow' });
  t.equal((await service.call({ key }, 'GET', '/v1/candidates')).status, 200);
  t.equal((await service.call('admin', 'DELETE', `/v1/api-keys/${id}`)).status, 204);
  t.equal((await service.call({ key }, 'GET', '/v1/candidates')).status, 401);
  t.equal((await service.call('admin', 'DELETE', `/v1/api-keys/${id}`)).status, 404);
  const stored = JSON.stringify(await service.db.execute('select * from api_keys'));
  t.ok(stored.includes(id));
  for (const secret of [key, ...ROLES.map((role) => service.keyOf(role))]) {
    t.notOk(stored.includes(secret), 'not in the database');
    t.notOk(service.logged.join('').includes(secret), 'not in the log');
  }
});

t.test('a key ends at its time, and is rotated without a gap', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { call, db } = service;
  const old = await service.createPoint('POINT-9');
  const { body } = await call('admin', 'GET', '/v1/api-keys');
  const listed = body.keys.find(({ name }: { name: string }) => name === 'POINT-9');
  t.match(listed, { role: 'collection-point', collectionPointId: old.id, revokedAt: null });
  const days = (Date.parse(listed.expiresAt) - Date.now()) / 86_400_000;
  t.ok(days > 364 && days <= 365, `${days} days`);
  t.notMatch(JSON.stringify(body), /secret|hash/i);

  const works = async (key: string): Promise<boolean> => {
    const csv = 'sample_id,D3S1358\nU1,"15,16"\n';
    const { status } = await call({ key }, 'POST', '/v1/batches?side=unknowns', csv);
    return status < 300;
  };
  const rotate = (id: string, wanted: object) =>
    call('admin', 'POST', `/v1/api-keys/${id}/rotation`, wanted);
  const rotated = await rotate(listed.id, { overlapHours: 1, expiresInDays: 30 });
  t.equal(rotated.status, 201);
  t.same([await works(old.key), await works(rotated.body.key)], [true, true], 'both for an hour');
  await db.execute(
    `update api_keys set expires_at = expires_at - interval '1 hour' where id = '${listed.id}'`,
  );
  t.same([await works(old.key), await works(rotated.body.key)], [false, true], 'then the new one');
  t.equal((await rotate(listed.id, {})).status, 404, 'what has ended is not rotated');
  const next = await rotate(rotated.body.id, { overlapHours: 0 });
  t.same([await works(rotated.body.key), await works(next.body.key)], [false, true], 'at once');
  for (const wanted of [{ expiresInDays: 0 }, { expiresInDays: 731 }, { overlapHours: 169 }]) {
    t.equal((await rotate(next.body.id, wanted)).status, 400, JSON.stringify(wanted));
  }
});

t.test(
  'the first administrator is not locked out of a service that is started again',
  async (t) => {
    const service = await startTestService(t, { policy: false, search: false });
    await service.db.execute(`update api_keys set expires_at = now() where role = 'admin'`);
    t.equal((await service.call('admin', 'GET', '/v1/api-keys')).status, 401);
    await service.startAnother();
    t.equal((await service.call('admin', 'GET', '/v1/api-keys')).status, 200);
  },
);

t.test(
  'what is foreign looks like what is missing, on every route that names an object',
  async (t) => {
    const service = await startTestService(t, { policy: false, search: false });
    const elsewhere = await service.createPoint('POINT-2', '330100');
    const { body: block } = await service.call('admin', 'POST', '/v1/barcodes', { collectionPointId: elsewhere.id, count: 1, kit: 'k', lot: 'l', expiresOn: '2099-01-01' }); // prettier-ignore
    const csv = 'sample_id,D3S1358\nU1,"15,16"\n';
    const { body } = await service.call(elsewhere, 'POST', '/v1/batches?side=unknowns', csv);
    /** Objects of another collection point in another province, and of none, by parameter. */
    const objects: Readonly<Record<string, { foreign: string; missing: string }>> = {
      barcode: { foreign: block.first, missing: makeBarcode('330100', 999_999_998)! },
      batchId: { foreign: body.batchId, missing: NOWHERE },
      caseId: { foreign: body.rows[0].caseId, missing: 'HW-0000000000' },
      sampleId: { foreign: 'U1', missing: 'U2' },
    };
    let compared = 0;
    for (const { method, path: template, roles } of await operationsOf(service)) {
      const [, parameter] = /\{(\w+)\}/.exec(template) ?? [];
      if (parameter === undefined || NO_OBJECTS.includes(parameter)) continue;
      for (const role of SCOPED.filter((one) => roles.includes(one))) {
        const object = objects[parameter];
        if (!object) {
          t.fail(`${method} ${template}: say here what is foreign to ${role}`);
          continue;
        }
        const answers = [object.foreign, object.missing].map(async (id) => {
          const body = BODIES[`${method} ${template}`]?.[0];
          const path = template.replace(`{${parameter}}`, id);
          const answer = await service.call(role, method, path, body, { 'if-match': '"1"' });
          return { status: answer.status, code: answer.body.code, detail: answer.body.detail };
        });
        const [foreign, missing] = await Promise.all(answers);
        t.same(foreign, missing, `${role}: ${method} ${template}`);
        t.equal(foreign!.status, 404);
        compared++;
      }
    }
    t.ok(compared >= 7, `${compared} routes of roles with a scope`);
  },
);

t.test('nobody sees what is not theirs', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const csv = 'sample_id,D3S1358\nU1,"15,16"\n';
  const mine = await service.call('collection-point', 'POST', '/v1/batches?side=unknowns', csv);
  const other = await service.createPoint('POINT-2', '330100');
  const missing = await service.call(
    other,
    'GET',
    '/v1/batches/00000000-0000-4000-8000-000000000000',
  );
  const foreign = await service.call(other, 'GET', `/v1/batches/${mine.body.batchId}`);
  const same = ({ status, body }: { status: number; body: any }) => [
    status,
    body.code,
    body.detail,
  ];
  t.same(same(foreign), same(missing), 'a foreign receipt looks like a missing one');
  t.equal(foreign.status, 404);
  t.equal((await service.call('collection-point', 'GET', `/v1/batches/${mine.body.batchId}`)).status, 200); // prettier-ignore

  const { caseId } = mine.body.rows[0];
  t.equal((await service.call('police', 'GET', `/v1/cases/${caseId}`)).status, 200);
  const elsewhere = await service.createKey({
    role: 'police',
    name: 'elsewhere',
    jurisdiction: '33',
  });
  const hidden = await service.call(elsewhere, 'GET', `/v1/cases/${caseId}`);
  const unknown = await service.call(elsewhere, 'GET', '/v1/cases/HW-0000000000');
  t.same(same(hidden), same(unknown), 'a case of another province looks like a missing one');

  const again = await service.call(other, 'POST', '/v1/batches?side=unknowns', csv);
  t.match(again.body, { accepted: 1, unchanged: 0 }, 'the same sample id at another point is another sample'); // prettier-ignore
});

t.test('two scopes in one key are refused', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  for (const wanted of [
    { role: 'police', name: 'no jurisdiction' },
    { role: 'analyst', name: 'with jurisdiction', jurisdiction: '51' },
    { role: 'collection-point', name: 'no point' },
    { role: 'king', name: 'unknown role' },
  ]) {
    const answer = await service.call('admin', 'POST', '/v1/api-keys', wanted);
    t.match(answer, { status: 400, body: { code: 'REQUEST_INVALID' } }, wanted.name);
  }
});
