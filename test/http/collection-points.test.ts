import t from 'tap';
import { until } from '../servers.ts';
import { formFor } from './consent-forms.ts';
import { CHILD, startTestService, type TestService, unknownsCsv } from './service.ts';

const service = await startTestService(t, { policy: false, search: false });
const { call } = service;

const CHENGDU = { latitude: 30.67, longitude: 104.06 };

const create = (code: string, rest: object = {}) =>
  call('admin', 'POST', '/v1/collection-points', {
    code,
    name: code,
    division: '510104',
    ...rest,
  });

const setState = (id: string, state: string) =>
  call('admin', 'PUT', `/v1/collection-points/${id}/state`, { state, reason: 'power cut' });

const sheet = (...codes: string[]) => unknownsCsv(codes.map((code) => [code, CHILD]));

async function countSamples({ db }: TestService, id: string): Promise<unknown> {
  const [row] = await db.execute(
    `select (select count(*)::int from samples where collection_point_id = '${id}') as samples,
      (select count(*)::int from batches where collection_point_id = '${id}') as batches,
      (select count(*)::int from consents where collection_point_id = '${id}') as consents`,
  );
  return { ...row };
}

t.test(
  'a collection point is registered with its place, and wrong places are refused',
  async (t) => {
    const place = { address: '锦江区一号', phone: '+86 28 8666 0000', position: CHENGDU };
    const created = await create('CD-1', { ...place, monthlyQuota: 100 });
    t.match(created, {
      status: 201,
      body: { ...place, code: 'CD-1', state: 'active', stateReason: null, monthlyQuota: 100 },
    });
    t.equal(created.headers.get('etag'), '"1"');
    t.match(await create('CD-1'), { status: 409, body: { code: 'CONFLICT' } });
    for (const [field, wrong] of Object.entries({
      division: '990000',
      'position.latitude': { latitude: 90.1, longitude: 0 },
      'position.longitude': { latitude: 0, longitude: -180.5 },
      phone: 'call me',
      monthlyQuota: -1,
    })) {
      const [name = ''] = field.split('.');
      const answer = await create('CD-2', { [name]: wrong });
      t.match(
        answer,
        { status: 400, body: { code: 'REQUEST_INVALID', faults: [{ field }] } },
        field,
      );
    }
  },
);

t.test('nobody loses what somebody else has changed', async (t) => {
  const { id } = (await create('CD-3', { position: CHENGDU })).body;
  const path = `/v1/collection-points/${id}`;
  const change = { name: 'moved', division: '510105', position: null };
  const put = (etag?: string) =>
    call('admin', 'PUT', path, change, etag === undefined ? {} : { 'if-match': etag });
  t.match(await put(), { status: 428, body: { code: 'IF_MATCH_REQUIRED' } });
  t.match(await put('yesterday'), { status: 428, body: { code: 'IF_MATCH_REQUIRED' } });
  const { headers, body } = await call('admin', 'GET', path);
  t.match(body, { name: 'CD-3', position: CHENGDU });
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => put(headers.get('etag') ?? '')),
  );
  t.same(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409], 'one of five');
  t.match(await put('"1"'), { status: 409, body: { code: 'VERSION_STALE' } });
  const changed = await call('admin', 'GET', path);
  t.match(changed.body, { name: 'moved', division: '510105', position: null, code: 'CD-3' });
  t.equal((await put(changed.headers.get('etag') ?? '')).status, 200);
  const missing = '/v1/collection-points/00000000-0000-4000-8000-000000000000';
  t.equal((await call('admin', 'PUT', missing, change, { 'if-match': '"1"' })).status, 404);
});

t.test('the nearest are found by everybody who is signed in, as GeoJSON', async (t) => {
  const at = (latitude: number, longitude: number) => ({ position: { latitude, longitude } });
  // One hundredth of a degree of latitude is some 1,108.7 m at 30.7° north.
  await create('N-FAR', { division: '610102', ...at(34.26, 108.94) });
  await create('N-NEAR', { division: '510106', ...at(30.68, 104.06) });
  const { id } = (await create('N-SHUT', at(30.671, 104.06))).body;
  await create('N-NOWHERE');
  await setState(id, 'suspended');
  const ask = (query: string) => call('police', 'GET', `/v1/collection-points?near=${query}`);
  const { status, headers, body } = await ask('30.67,104.06&limit=50');
  t.equal(status, 200);
  t.match(headers.get('content-type'), /^application\/geo\+json/);
  t.equal(body.type, 'FeatureCollection');
  const found = body.features.map(({ properties }: any) => properties.code);
  t.same(
    found.filter((code: string) => code.startsWith('N-')),
    ['N-NEAR', 'N-FAR'],
  );
  const near = body.features.find(({ properties }: any) => properties.code === 'N-NEAR');
  t.match(near, { type: 'Feature', geometry: { type: 'Point', coordinates: [104.06, 30.68] } });
  t.ok(Math.abs(near.properties.distanceMetres - 1_108.7) < 2, near.properties.distanceMetres);
  t.equal((await ask('30.67,104.06&limit=1')).body.features.length, 1);
  const shaanxi = await ask('30.67,104.06&division=61');
  t.same(shaanxi.body.features.map(({ properties }: any) => properties.code), ['N-FAR']); // prettier-ignore
  for (const wrong of ['91,0', '0,181', '30.67', 'a,b', '30.67,104.06,1', '1e2,0']) {
    t.match(await ask(wrong), { status: 400, body: { code: 'REQUEST_INVALID' } }, wrong);
  }
  const listed = await call('collection-point', 'GET', '/v1/collection-points?division=61');
  t.match(listed.body.collectionPoints, [{ code: 'N-FAR', state: 'active' }]);
  t.equal(listed.body.collectionPoints.length, 1);
});

t.test('a suspended collection point writes nothing, and goes on when it is opened', async (t) => {
  const point = await service.createPoint('SUSP-1');
  const upload = (code: string) => call(point, 'POST', '/v1/batches?side=unknowns', sheet(code));
  const first = await upload('U1');
  t.equal(first.status, 201);
  const before = await countSamples(service, point.id);
  t.match((await setState(point.id, 'suspended')).body, { state: 'suspended', version: 2 });

  const refused = { status: 403, body: { code: 'COLLECTION_POINT_SUSPENDED' } };
  t.match(await upload('U2'), refused);
  t.match(await upload('U1'), refused, 'what was sent before, too');
  t.match(await call(point, 'POST', '/v1/consents', { consents: [formFor('U3')] }), refused);
  t.same(await countSamples(service, point.id), before);
  t.equal((await call(point, 'GET', `/v1/batches/${first.body.batchId}`)).status, 200, 'it reads');
  t.equal((await call(point, 'POST', '/v1/samples/U1/withdrawal')).status, 201, 'and withdraws');

  t.equal((await setState(point.id, 'active')).status, 200);
  t.equal((await upload('U2')).status, 201);
});

t.test(
  'who suspends waits for a batch that is being written; the next one is refused',
  async (t) => {
    const point = await service.createPoint('SUSP-2');
    // Whoever writes a batch holds its collection point like this.
    const { db } = service;
    let suspended = false;
    const suspending = await db.transaction(async (tx) => {
      await tx.execute(`select 1 from collection_points where id = '${point.id}' for share`);
      const answer = setState(point.id, 'suspended').finally(() => (suspended = true));
      await until(async () => {
        const waiting = await db.execute(
          `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%collection_points%'`,
        );
        return waiting.length > 0;
      });
      t.equal(suspended, false);
      return { answer };
    });
    t.equal((await suspending.answer).status, 200);

    await setState(point.id, 'active');
    const uploads = Array.from({ length: 6 }, (_, at) =>
      call(point, 'POST', '/v1/batches?side=unknowns', sheet(`R${at}`)),
    );
    const statuses = await Promise.all([...uploads, setState(point.id, 'suspended')]);
    const accepted = statuses.slice(0, 6).filter(({ status }) => status === 201).length;
    t.match(await countSamples(service, point.id), { samples: accepted, batches: accepted });
    t.ok(statuses.slice(0, 6).every(({ status }) => status === 201 || status === 403));
  },
);

t.test('a batch beyond the quota of the month is refused whole, with the numbers', async (t) => {
  const point = await service.createPoint('QUOTA-1');
  const path = `/v1/collection-points/${point.id}`;
  const { body } = await call('admin', 'GET', path);
  const change = { name: body.name, division: body.division, monthlyQuota: 3 };
  await call('admin', 'PUT', path, change, { 'if-match': '"1"' });
  const upload = (...codes: string[]) =>
    call(point, 'POST', '/v1/batches?side=unknowns', sheet(...codes));
  t.match((await upload('Q1', 'Q2')).body, { accepted: 2 });
  const before = await countSamples(service, point.id);
  const over = await upload('Q3', 'Q4');
  t.match(over, {
    status: 409,
    body: { code: 'QUOTA_EXCEEDED', detail: /2 new samples, and 2 of the 3/ },
  });
  t.match(await countSamples(service, point.id), { ...(before as object), consents: 4 });
  t.equal((await upload('Q1', 'Q2')).status, 200, 'what was there takes nothing of it');
  await call(point, 'POST', '/v1/samples/Q1/withdrawal');
  t.equal((await upload('Q3', 'Q4')).status, 409, 'a withdrawal gives nothing back');
  t.match((await upload('Q1', 'Q2', 'Q3')).body, { accepted: 1, unchanged: 1, refused: 1 });
  const tries = await Promise.all(['Q5', 'Q6', 'Q7'].map((code) => upload(code)));
  t.ok(tries.every(({ status }) => status === 409));
  await service.db.execute(
    `update batches set received_at = received_at - interval '1 month' where collection_point_id = '${point.id}'`,
  );
  const next = await Promise.all(['Q5', 'Q6', 'Q7', 'Q8', 'Q9'].map((code) => upload(code)));
  t.same(next.map(({ status }) => status).sort(), [201, 201, 201, 409, 409], 'anew every month');
});
