import { sql } from 'drizzle-orm';
import t from 'tap';
import { destroyIdentities } from '../../src/casework/identities/identities.service.ts';
import { openKeyRing } from '../../src/platform/crypto/key-ring.ts';
import { makeRecordKeys } from '../../src/platform/crypto/record-keys.ts';
import { TEST_KEY_RING } from '../servers.ts';
import { FATHER, MOTHER, relativesCsv, startTestService, type TestService } from './service.ts';

const WANG = {
  name: '王芳',
  nationalId: '110105199512310023',
  phone: '+86 138 0013 8000',
  address: '成都市锦江区一号',
};
const PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from('a face'),
]);

/** A family of two whose case police of 51 may see. */
async function uploadFamily({ call }: TestService): Promise<string> {
  const { body } = await call('collection-point', 'POST', '/v1/batches?side=relatives', relativesCsv([['P/1f', 'F1', 'father', FATHER], ['P1m', 'F1', 'mother', MOTHER]])); // prettier-ignore
  return body.rows[0].caseId;
}

const put = ({ call }: TestService, code: string, identity: object) =>
  call('collection-point', 'PUT', `/v1/samples/${encodeURIComponent(code)}/identity`, identity);
const get = ({ call }: TestService, code: string) =>
  call('collection-point', 'GET', `/v1/samples/${encodeURIComponent(code)}/identity`);

const storedRows = ({ db }: TestService) =>
  db.execute('select * from vault.identities order by sample_id');

t.test(
  'an identity is read by who sent it and by police of the place, and by nobody in the tables',
  async (t) => {
    const service = await startTestService(t, { policy: false, search: false });
    const { call } = service;
    const caseId = await uploadFamily(service);
    t.equal((await get(service, 'P/1f')).status, 404, 'none was sent yet');
    const photo = PNG.toString('base64');
    t.equal((await put(service, 'P/1f', { ...WANG, photo })).status, 204);
    t.match(await get(service, 'P/1f'), {
      status: 200,
      body: { ...WANG, photo, photoType: 'image/png' },
    });

    const people = await call('police', 'GET', `/v1/cases/${caseId}/people`);
    const { nationalId: _, ...shown } = WANG;
    t.strictSame(people.body, {
      people: [
        { relation: 'father', ...shown },
        { relation: 'mother', name: null, phone: null, address: null },
      ],
    });
    t.notMatch(JSON.stringify(people.body), /D3S1358|10,11|genotype/);
    const elsewhere = await service.createKey({ role: 'police', name: 'e', jurisdiction: '33' });
    t.match(await call(elsewhere, 'GET', `/v1/cases/${caseId}/people`), { status: 404 });

    const [row] = await storedRows(service);
    const stored = Object.values(row!).filter((value) => Buffer.isBuffer(value));
    t.equal(stored.length, 5, 'five sealed columns');
    for (const secret of [...Object.values(WANG).map((text) => Buffer.from(text)), PNG]) {
      t.notOk(
        stored.some((bytes) => bytes.includes(secret)),
        'not in clear in the table',
      );
    }
    const said = service.logged.join('') + JSON.stringify(await service.db.execute('select * from audit_entries')); // prettier-ignore
    for (const secret of Object.values(WANG)) t.notOk(said.includes(secret), 'not in log or audit');
  },
);

const SAID = {
  sex: 'female',
  born: { earliest: '1994-02-01', latest: '1995-03-31' },
  happened: { earliest: '1998-05-01', latest: '1998-05-03' },
  division: '510104',
  position: { latitude: 30.67, longitude: 104.06 },
  description: '左肩有疤,\n红色外套',
};

t.test(
  'what a child is known by is said by who opened the case, read by police, and sealed',
  async (t) => {
    const service = await startTestService(t, { policy: false, search: false });
    const { call, db } = service;
    const caseId = await uploadFamily(service);
    const path = `/v1/cases/${caseId}/features`;
    type Who = Parameters<TestService['call']>[0];
    const say = (body: object, version: number, who: Who = 'collection-point') =>
      call(who, 'PUT', path, body, { 'if-match': `"${version}"` });
    const none = await call('collection-point', 'GET', path);
    t.match(none.body, { sex: 'unknown', born: null, description: null, version: 0 });
    t.equal(none.headers.get('etag'), '"0"');
    t.equal((await call('collection-point', 'PUT', path, SAID)).status, 428);

    const tries = await Promise.all([say(SAID, 0), say(SAID, 0), say(SAID, 0)]);
    t.same(tries.map(({ status }) => status).sort(), [200, 409, 409], 'one of three at once');
    for (const who of ['collection-point', 'police'] as const) {
      const { body, headers } = await call(who, 'GET', path);
      const { version, writtenAt, ...said } = body;
      t.strictSame([said, version, headers.get('etag')], [SAID, 1, '"1"'], who);
      t.ok(Date.now() - Date.parse(writtenAt) < 60_000);
    }
    const elsewhere = await service.createKey({ role: 'police', name: 'e', jurisdiction: '33' });
    const other = await service.createPoint('POINT-2');
    t.equal((await call(elsewhere, 'GET', path)).status, 404);
    t.same([(await call(other, 'GET', path)).status, (await say(SAID, 1, other)).status], [404, 404]); // prettier-ignore

    const refused: [string, object][] = [
      ['born.latest', { born: { earliest: '1995-01-01', latest: '1994-01-01' } }],
      ['born.latest', { born: { earliest: '1995-01-01', latest: '2999-01-01' } }],
      ['happened.earliest', { happened: { earliest: '1899-01-01', latest: '1994-01-01' } }],
      ['happened.latest', { happened: { earliest: '1993-01-01', latest: '1994-01-31' } }],
      ['division', { division: '999999' }],
      ['position.latitude', { position: { latitude: 91, longitude: 0 } }],
    ];
    for (const [field, change] of refused) {
      t.match(await say({ ...SAID, ...change }, 1), { status: 400, body: { faults: [{ field }] } });
    }
    const stored = async () => [
      ...(await db.execute(`select * from vault.case_descriptions`)),
      ...(await db.execute(`select * from case_features`)),
    ];
    const [described] = await stored();
    t.notOk((described!.description as Buffer).includes(Buffer.from('左肩')), 'not in clear');
    t.match((await say({}, 1)).body, { sex: 'unknown', born: null, description: null, version: 2 });
    const key = { keyPageId: described!.key_page_id as string, keySlot: described!.key_slot as number }; // prettier-ignore
    const ring = await openKeyRing({ kind: 'text', text: TEST_KEY_RING });
    const recordKeys = makeRecordKeys({ ring });
    t.equal((await recordKeys.find(db, [key]))(key), null, 'and its key is gone');

    t.equal((await say(SAID, 2)).status, 200);
    const withdraw = (code: string) =>
      call('collection-point', 'POST', `/v1/samples/${encodeURIComponent(code)}/withdrawal`);
    await withdraw('P/1f');
    t.equal((await stored()).length, 2, 'the mother is still there');
    await withdraw('P1m');
    t.same(await stored(), [], 'with the last sample it goes');
    t.match(await say(SAID, 0), { status: 409, body: { code: 'CASE_WITHDRAWN' } });
  },
);

t.test('an identity written again replaces the whole, and its old key is gone', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  await uploadFamily(service);
  await put(service, 'P1m', { ...WANG, photo: PNG.toString('base64') });
  const [before] = await storedRows(service);
  const body = { name: 'María O’Brien' };
  const answers = await Promise.all(Array.from({ length: 6 }, () => put(service, 'P1m', body)));
  t.ok(answers.every(({ status }) => status === 204), 'six at once'); // prettier-ignore
  t.match((await get(service, 'P1m')).body, {
    ...{ name: body.name, nationalId: null, phone: null, address: null },
    ...{ photo: null, photoType: null },
  });
  t.equal((await storedRows(service)).length, 1);
  const recordKeys = makeRecordKeys({
    ring: await openKeyRing({ kind: 'text', text: TEST_KEY_RING }),
  });
  const place = { keyPageId: before!.key_page_id as string, keySlot: before!.key_slot as number };
  t.equal((await recordKeys.find(service.db, [place]))(place), null);
});

t.test('a sealed value opens in its own row and column alone', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { call, db } = service;
  const caseId = await uploadFamily(service);
  await put(service, 'P/1f', WANG);
  await put(service, 'P1m', { ...WANG, name: 'Zoë Müller' });
  const moves = [
    `update vault.identities i set name = o.name, key_page_id = o.key_page_id, key_slot = o.key_slot
     from vault.identities o where o.sample_id <> i.sample_id`,
    `update vault.identities set name = address`,
    `update vault.identities set name = set_byte(name, 20, get_byte(name, 20) # 1)`,
    `update data_key_pages set keys = set_byte(keys, 40, get_byte(keys, 40) # 1)`,
  ];
  for (const move of moves) {
    await db.execute('create table kept_identities as select * from vault.identities');
    await db.execute('create table kept_pages as select * from data_key_pages');
    await db.execute(move);
    for (const answer of [
      await get(service, 'P1m'),
      await call('police', 'GET', `/v1/cases/${caseId}/people`),
    ]) {
      t.match(answer, { status: 500, body: { code: 'IDENTITY_UNREADABLE', faults: [] } }, move);
      t.notMatch(JSON.stringify(answer.body), /Zoë|王芳|\.ts|at \w+ \(/);
    }
    await db.transaction(async (tx) => {
      await tx.execute('delete from vault.identities');
      await tx.execute(
        'update data_key_pages p set keys = k.keys from kept_pages k where k.id = p.id',
      );
      await tx.execute('insert into vault.identities select * from kept_identities');
      await tx.execute('drop table kept_identities, kept_pages');
    });
    t.equal((await get(service, 'P1m')).body.name, 'Zoë Müller', 'put back, it opens again');
  }
});

t.test('many are written at once, all or none', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { call } = service;
  await uploadFamily(service);
  const other = await service.createPoint('POINT-2');
  const send = (who: 'collection-point' | { key: string }, identities: object[]) =>
    call(who, 'POST', '/v1/identities', { identities });
  const two = [
    { sampleId: 'P/1f', name: '王伟' },
    { sampleId: 'P1m', ...WANG },
  ];
  for (const [who, list, place] of [
    ['collection-point', [...two, { sampleId: 'P9', name: '王伟' }], 2],
    ['collection-point', [...two, { sampleId: 'P1m', name: '王伟' }], 2],
    [other, two, 0],
  ] as const) {
    const answer = await send(who, [...list]);
    t.match(answer, { status: 422, body: { code: 'SAMPLE_UNKNOWN' } });
    t.equal(answer.body.faults[0].field, `identities.${place}.sampleId`);
    t.notMatch(JSON.stringify(answer.body), '王伟', 'names are not repeated');
  }
  t.equal((await storedRows(service)).length, 0, 'nothing was written');
  t.match(await send('collection-point', two), { status: 200, body: { written: 2 } });
  t.equal((await get(service, 'P/1f')).body.name, '王伟');
  const foreign = await call(other, 'PUT', '/v1/samples/P1m/identity', WANG);
  const missing = await call(other, 'PUT', '/v1/samples/P9/identity', WANG);
  t.same([foreign.status, foreign.body.detail], [404, missing.body.detail]);
});

t.test('what cannot be of a person is refused by its field, and not repeated', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  await uploadFamily(service);
  const base64 = (bytes: number[], length = 0): string =>
    Buffer.concat([Buffer.from(bytes), Buffer.alloc(length)]).toString('base64');
  const jpeg = [0xff, 0xd8, 0xff];
  const refused: [field: string, value: unknown][] = [
    ['name', ''],
    ['name', 'x'.repeat(101)],
    ['name', '<script>Zq</script>'],
    ['nationalId', '110105194912310021'],
    ['nationalId', 'Zq1'],
    ['phone', 'call me Zq'],
    ['address', 'Zq\u0007'],
    ['address', 'Zq\u202e'],
    ['photo', base64([0x47, 0x49, 0x46, 0x38])],
    ['photo', 'Zq%%'],
    ['photo', base64(jpeg, 512 * 1024)],
    ['nickname', 'Zq'],
  ];
  for (const [field, value] of refused) {
    const { status, body } = await put(service, 'P1m', { ...WANG, [field]: value });
    t.match({ status, body }, { status: 400, body: { code: 'REQUEST_INVALID' } }, field);
    const [fault] = body.faults;
    t.ok(fault.field === field || fault.message.includes(field), `${field}: ${fault.message}`);
    t.notMatch(JSON.stringify(body.faults), 'Zq');
  }
  const largest = base64(jpeg, 512 * 1024 - jpeg.length);
  t.equal((await put(service, 'P1m', { ...WANG, photo: largest })).status, 204);
  t.match((await get(service, 'P1m')).body, { photo: largest, photoType: 'image/jpeg' });
});

t.test('who is destroyed cannot be opened from a copy of the row either', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { db } = service;
  await uploadFamily(service);
  await put(service, 'P/1f', WANG);
  await put(service, 'P1m', WANG);
  await db.execute('create table backup as select * from vault.identities');
  const [sample] = await db.execute<{ id: string }>(`select id from samples where code = 'P1m'`);
  const recordKeys = makeRecordKeys({
    ring: await openKeyRing({ kind: 'text', text: TEST_KEY_RING }),
  });
  await db.transaction((tx) => destroyIdentities(tx, recordKeys, [sample!.id]));
  t.equal((await get(service, 'P1m')).status, 404);
  await db.execute(sql`insert into vault.identities select * from backup where sample_id = ${sample!.id}`); // prettier-ignore
  t.match(await get(service, 'P1m'), { status: 500, body: { code: 'IDENTITY_UNREADABLE' } });
  t.equal((await get(service, 'P/1f')).body.name, WANG.name, 'the other one is not touched');
});
