import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { request } from 'node:http';
import { verifySignature } from 'http-message-sig';
import t from 'tap';
import { ed25519Verifier } from '../../src/http/request-signature.ts';
import {
  digestOf,
  makePair,
  seconds,
  sendSigned,
  type Sent,
  type Signing,
  signRequest,
} from './machine.ts';
import { startTestService } from './service.ts';

const CSV = 'sample_id,D3S1358\nU1,"15,16"\n';
const service = await startTestService(t, { policy: false, search: false });
const { call, db } = service;
const pair = makePair();
const point = await service.createPoint('POINT-4');
const wanted = { role: 'collection-point', name: 'machine', collectionPointId: point.id };
const created = await call('admin', 'POST', '/v1/api-keys', { ...wanted, publicKey: pair.publicKey }); // prettier-ignore
const keyId: string = created.body.id;
const upload: Signing = {
  keyId,
  privateKey: pair.privateKey,
  method: 'POST',
  path: '/v1/batches?side=unknowns',
  body: CSV,
};
const refused = { status: 401, body: { code: 'SIGNATURE_REFUSED' } };

t.test('the test request of RFC 9421 B.2.6 verifies, and no other', async (t) => {
  // The key test-key-ed25519 of B.1.4, and the message and signature of B.2.6.
  const publicKey = [
    '-----BEGIN PUBLIC KEY-----',
    'MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=',
    '-----END PUBLIC KEY-----',
  ].join('\n');
  const fields = [
    ['Host', 'example.com'],
    ['Date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
    ['Content-Type', 'application/json'],
    ['Content-Length', '18'],
    ['Signature-Input', 'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"'], // prettier-ignore
    ['Signature', 'sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:'], // prettier-ignore
  ].map(([name, value]) => ({ name: name!, value: value! }));
  const check = (method: string) =>
    verifySignature(
      { kind: 'request', method, targetUri: 'https://example.com/foo?param=Value&Pet=dog', fields },
      {
        policy: {
          algorithms: ['ed25519'],
          requiredComponents: ['@method'],
          requiredParameters: [],
        },
        resolveVerifier: () => ed25519Verifier(publicKey),
      },
    );
  t.match(await check('POST'), { parameters: { keyid: 'test-key-ed25519' } });
  await t.rejects(check('PUT'), { code: 'VerificationFailed' });
});

t.test('a machine signs, and the service keeps no secret of it', async (t) => {
  t.match(created, { status: 201, body: { key: null, id: /^key_/ } });
  const answer = await sendSigned(service, upload);
  t.equal(answer.status, 201);
  const { batchId } = answer.body;
  const receipt = { ...upload, method: 'GET', path: `/v1/batches/${batchId}`, body: '' };
  t.equal((await sendSigned(service, receipt)).status, 200, 'without a body');
  t.equal((await sendSigned(service, { ...receipt, path: '/v1/nothing' })).status, 404);
  const analysts = { ...receipt, path: '/v1/candidates' };
  t.match(await sendSigned(service, analysts), {
    status: 403,
    body: { code: 'PERMISSION_DENIED' },
  });
  const me = await sendSigned(service, { ...receipt, path: '/v1/session' });
  t.match(me.body, { id: keyId, role: 'collection-point', collectionPointId: point.id });

  const [row] = (await db.execute(`select * from api_keys where id = '${keyId}'`)) as any[];
  t.equal(row.secret_hash, null);
  t.match(row.public_key, /^-----BEGIN PUBLIC KEY-----\n/);
  const { keys } = (await call('admin', 'GET', '/v1/api-keys')).body;
  t.match(
    keys.find((key: { id: string }) => key.id === keyId),
    { signs: true },
  );
  const trail = await db.execute(`select 1 from audit_entries where actor = '${keyId}' and status = 201`); // prettier-ignore
  t.equal(trail.length, 1);
});

t.test('whatever was changed after it was signed is refused', async (t) => {
  const changes: Readonly<Record<string, Sent>> = {
    'the method': { method: 'PUT' },
    'the path': { path: '/v1/batches/?side=unknowns' },
    'the query': { path: '/v1/batches?side=relatives' },
    'more query': { path: '/v1/batches?side=unknowns&x=1' },
    'the body': { body: CSV.replace('15', '14') },
    'the body, to no CSV at all': { body: '"' },
    'a byte more': { body: `${CSV}\n` },
    'no body': { body: undefined as never },
    'the digest': { headers: { 'content-digest': digestOf('') } },
    'body and digest': { body: 'x', headers: { 'content-digest': digestOf('x') } },
    'another digest': { headers: { 'content-digest': 'md5=:AAAA:' } },
    'no signature': { headers: { signature: '' } },
    'a signature of another label': { headers: { signature: 'other=:AAAA:' } },
    'no inputs': { headers: { 'signature-input': '' } },
    'inputs that nobody can read': { headers: { 'signature-input': '("@method";;;' } },
  };
  const before = await db.execute('select count(*) from batches');
  for (const [what, sent] of Object.entries(changes)) {
    t.match(await sendSigned(service, upload, sent), refused, what);
  }
  t.same(await db.execute('select count(*) from batches'), before, 'nothing was written');
});

t.test('a signature is good for five minutes, and once', async (t) => {
  for (const [age, status] of [
    [290, 201],
    [-290, 201],
    [310, 401],
    [-310, 401],
  ] as const) {
    const body = CSV.replace('U1', `U${age}`);
    const answer = await sendSigned(service, { ...upload, body, created: seconds() - age });
    t.equal(answer.status, status, `${age} s old`);
  }
  const headers = await signRequest(service, { ...upload, nonce: 'a-nonce-that-is-used-twice' });
  const send = () => call(null, 'POST', upload.path, CSV, headers);
  const answers = await Promise.all([send(), send(), send()]);
  t.same(answers.map(({ status }) => status).sort(), [201, 401, 401], 'whoever comes first');
  t.match(await send(), refused);
  const anew = { ...upload, nonce: 'a-nonce-that-is-used-twice' };
  t.match(await sendSigned(service, anew), refused, 'signed anew with the same nonce');
  for (const nonce of ['', 'short', 'x'.repeat(129), 'with blanks in between']) {
    t.match(await sendSigned(service, { ...upload, nonce }), refused, `nonce "${nonce}"`);
  }

  const count = async () => (await db.execute(`select 1 from request_nonces`)).length;
  await db.execute(`update request_nonces set expires_at = now() - interval '1 second'`);
  await sendSigned(service, upload);
  t.equal(await count(), 1, 'nonces out of their time are forgotten');
  const [{ left }] = (await db.execute(`select extract(epoch from expires_at - now())::int as left from request_nonces`)) as any; // prettier-ignore
  t.ok(left > 600, `kept for ${left} s, longer than a request from the future could come again`);
});

t.test('a signature covers the whole request, by its own key', async (t) => {
  const all = ['@method', '@path', '@query', 'content-digest'];
  for (const missing of all) {
    const components = all.filter((name) => name !== missing);
    t.match(await sendSigned(service, { ...upload, components }), refused, `${missing} left out`);
  }
  const more = { ...upload, components: [...all, '@authority'] };
  t.equal((await sendSigned(service, more)).status, 201, 'more may be covered');
  const stranger = { ...upload, privateKey: makePair().privateKey };
  t.match(await sendSigned(service, stranger), refused, 'another pair');
  t.match(await sendSigned(service, { ...upload, keyId: 'key_0000000000000000' }), refused);
  const bearer = (await call('admin', 'GET', '/v1/api-keys')).body.keys[0].id;
  t.match(await sendSigned(service, { ...upload, keyId: bearer }), refused, 'a key with a secret');
  t.equal((await call({ key: pair.publicKey.split('\n')[1]! }, 'GET', '/v1/session')).status, 401);

  const status = await new Promise((resolve, reject) => {
    const headers = { host: 'a b:c', 'signature-input': 'x=("@path");created=1', signature: 'x=:AA==:' }; // prettier-ignore
    request(new URL('/v1/session', service.url), { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
  t.ok([400, 401].includes(status as number), `a host that is none: ${String(status)}`);
});

t.test('public keys are taken as they are meant, rotated and revoked', async (t) => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
  const texts = [
    rsa.export({ type: 'spki', format: 'pem' }).toString(),
    createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })).export({ type: 'pkcs8', format: 'pem' }).toString(), // prettier-ignore
    '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
    'hello',
  ];
  for (const publicKey of texts) {
    const answer = await call('admin', 'POST', '/v1/api-keys', { ...wanted, publicKey });
    t.match(answer, { status: 400, body: { faults: [{ field: 'publicKey' }] } });
  }
  const analyst = { role: 'analyst', name: 'a', publicKey: makePair().publicKey };
  t.equal(
    (await call('admin', 'POST', '/v1/api-keys', analyst)).status,
    400,
    'machines alone sign',
  );
  const twice = { ...wanted, publicKey: `${pair.publicKey}\n\n` };
  t.match(await call('admin', 'POST', '/v1/api-keys', twice), { status: 409, body: { code: 'CONFLICT' } }); // prettier-ignore

  const rotation = `/v1/api-keys/${keyId}/rotation`;
  t.equal((await call('admin', 'POST', rotation, {})).status, 400, 'a new pair is needed');
  const next = makePair();
  const rotated = await call('admin', 'POST', rotation, { overlapHours: 0, publicKey: next.publicKey }); // prettier-ignore
  t.match(rotated, { status: 201, body: { key: null } });
  t.match(await sendSigned(service, upload), refused, 'the old pair');
  const renewed = { ...upload, keyId: rotated.body.id, privateKey: next.privateKey };
  t.equal((await sendSigned(service, renewed)).status, 201);
  t.equal((await call('admin', 'DELETE', `/v1/api-keys/${rotated.body.id}`)).status, 204);
  t.match(await sendSigned(service, renewed), refused, 'revoked');

  const plain = await service.createKey({ role: 'analyst', name: 'plain' });
  const mixed = { publicKey: makePair().publicKey };
  t.equal((await call('admin', 'POST', `/v1/api-keys/${plain.id}/rotation`, mixed)).status, 400);
});
