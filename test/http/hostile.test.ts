import { count } from 'drizzle-orm';
import t from 'tap';
import { samples } from '../../src/platform/tables.ts';
import { startTestService } from './service.ts';

t.test('characters that no database stores refuse a row, not the batch', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const send = (body: unknown) =>
    service.call('collection-point', 'POST', '/v1/batches?side=unknowns', body);
  const csv = await send('sample_id,TH01\ngood-1,9\na\0b,9\n');
  t.match(csv, { status: 201, body: { accepted: 1, refused: 1 } });
  const json = await send({
    rows: [
      { sampleId: 'good-2', genotypes: { TH01: ['9'] } },
      { sampleId: 'a\0b', genotypes: { TH01: ['9'] } },
      { sampleId: 'x\ud800', genotypes: { TH01: ['9'] } },
      { sampleId: 'locus', genotypes: { 'T\0H01': ['9'] } },
      { sampleId: '__proto__', genotypes: { TH01: ['9'] } },
      { sampleId: 'inherited', genotypes: { constructor: ['9'] } },
      { sampleId: 'long'.repeat(1000), genotypes: { TH01: ['9'] } },
      'no object',
      null,
    ],
  });
  t.match(json, { status: 201, body: { accepted: 1, refused: 8 } });
  const poisoned = await service.call('collection-point', 'POST', '/v1/batches?side=unknowns', '{"rows": [{"__proto__": {}}]}', { 'content-type': 'application/json' }); // prettier-ignore
  t.match(
    poisoned,
    { status: 400, body: { code: 'JSON_MALFORMED' } },
    'a key that poisons objects',
  );
  t.equal((await service.db.select({ rows: count() }).from(samples))[0]!.rows, 2);
});

t.test('hostile parameters and names are refused without a fault of ours', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { call } = service;
  const dashes = Buffer.from(`[1,"${'-'.repeat(36)}"]`).toString('base64url');
  const tries: [
    who: 'admin' | 'analyst' | 'police',
    method: string,
    path: string,
    body?: unknown,
  ][] = [
    ['admin', 'DELETE', '/v1/api-keys/%00'],
    ['admin', 'POST', '/v1/api-keys', { role: 'analyst', name: 'a\0b' }],
    ['admin', 'POST', '/v1/collection-points', { code: 'AB', name: '\ud800', division: '510100' }],
    ['admin', 'POST', '/v1/frequency-tables?name=%00', 'locus,allele,frequency\nTH01,9,1\n'],
    ['admin', 'POST', '/v1/frequency-tables?name=x', 'locus,allele,frequency\nTH01,9,1\0\n'],
    ['analyst', 'GET', `/v1/candidates?cursor=${dashes}`],
    ['analyst', 'GET', '/v1/candidates?limit=1e9'],
    ['analyst', 'GET', '/v1/candidates?state[]=x&state=__proto__'],
    ['analyst', 'GET', "/v1/candidates/1'%20or%20'1'='1"],
    ['police', 'GET', '/v1/cases/HW-%00%00%00%00%00%00%00%00%00%00'],
    ['police', 'GET', '/v1/cases/%E0%A4%A'],
  ];
  for (const [who, method, path, body] of tries) {
    const answer = await call(who, method, path, body);
    t.ok(answer.status >= 400 && answer.status < 500, `${method} ${path}: ${answer.status}`);
  }
  t.equal(
    service.logged.filter((line) => line.includes('"level":50')).length,
    0,
    'no error of ours',
  );
});

t.test('a batch of too many rows is refused whole, and soon', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const rows = Array.from({ length: 10_001 }, (_, row) => `U${row},9`).join('\n');
  const csv = `sample_id,TH01\n${rows}\n`;
  const answer = await service.call('collection-point', 'POST', '/v1/batches?side=unknowns', csv);
  t.match(answer, { status: 413, body: { code: 'BATCH_TOO_LONG' } });
  t.equal((await service.db.select({ rows: count() }).from(samples))[0]!.rows, 0);
});

t.test('plain text is no format of ours', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const answer = await service.call('collection-point', 'POST', '/v1/batches?side=unknowns', 'x', {
    'content-type': 'text/plain',
  });
  t.match(answer, { status: 415, body: { code: 'MEDIA_TYPE_UNSUPPORTED' } });
});
