import type { Test } from 'tap';
import t from 'tap';
import { settle } from './signatures.ts';
import {
  CHILD,
  FATHER,
  LOCI,
  MOTHER,
  relativesCsv,
  startTestService,
  type TestService,
  unknownsCsv,
} from './service.ts';

const atFirst = (cells: readonly string[]): string[] =>
  cells.map((cell, at) => (at < 6 ? cell : ''));

/** Three supported candidates of one family, whose reunions are begun in order. */
async function begin(t: Test): Promise<{ service: TestService; ids: string[] }> {
  const service = await startTestService(t);
  const { call } = service;
  const family = relativesCsv([
    ['P1f', 'F1', 'father', atFirst(FATHER)],
    ['P1m', 'F1', 'mother', atFirst(MOTHER)],
  ]);
  const people = unknownsCsv(['U1', 'U2', 'P1f.child'].map((id) => [id, atFirst(CHILD)]));
  await call('collection-point', 'POST', '/v1/batches?side=relatives', family);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', people);
  await service.searched();
  const { candidates } = (await call('analyst', 'GET', '/v1/candidates')).body;
  const ids: string[] = [];
  for (const { id } of candidates) {
    const settled = await settle(service, id, 'supported');
    const seen = { 'if-match': settled.headers.get('etag')! };
    const begun = await call('analyst', 'POST', `/v1/candidates/${id}/reunions`, { remark: 'x' }, seen); // prettier-ignore
    t.equal(begun.status, 201);
    ids.push(begun.body.id);
  }
  return { service, ids };
}

t.test('reunions under way, page by page', async (t) => {
  const { service, ids } = await begin(t);
  const { call } = service;
  const list = async (query = '') => (await call('analyst', 'GET', `/v1/reunions${query}`)).body;
  const idsOf = ({ reunions }: any) => reunions.map(({ id }: any) => id);

  await t.test('the newest first, each once', async (t) => {
    t.same(idsOf(await list()), ids.toReversed());
    const first = await list('?limit=2');
    t.same(idsOf(first), [ids[2], ids[1]]);
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    t.same(second, { reunions: [{ ...second.reunions[0], id: ids[0] }], nextCursor: null });
    t.equal((await call('analyst', 'GET', '/v1/reunions?cursor=x')).status, 400);
  });

  await t.test(
    'by state, with the codes of both sides and the time of the last step',
    async (t) => {
      const seen = await call('analyst', 'GET', `/v1/reunions/${ids[0]}`);
      const step = { step: 'refuted', remark: 'not theirs' };
      const etag = { 'if-match': seen.headers.get('etag')! };
      const refuted = await call('analyst', 'POST', `/v1/reunions/${ids[0]}/steps`, step, etag);
      t.equal(refuted.status, 201);
      const ended = await list('?state=refuted&state=undone');
      t.match(ended.reunions, [{ id: ids[0], state: 'refuted', family: 'F1', version: 2 }]);
      t.equal(ended.reunions[0].since, refuted.body.steps.at(-1).at);
      t.ok(ended.reunions[0].since > ended.reunions[0].startedAt);
      t.same(idsOf(await list('?state=re-sampling')), [ids[2], ids[1]]);
    },
  );

  await t.test('who withdrew is named no more', async (t) => {
    const before = (await list()).reunions.find(({ unknown }: any) => unknown === 'U1');
    t.match(before, { unknown: 'U1', family: 'F1' });
    t.equal((await call('collection-point', 'POST', '/v1/samples/U1/withdrawal')).status, 201);
    const after = (await list()).reunions.find(({ id }: any) => id === before.id);
    t.match(after, { candidateId: null, unknown: null, family: null });
    t.equal(after.unknownCaseNumber, before.unknownCaseNumber, 'that there was one stays');
    t.same((await call('analyst', 'GET', `/v1/reunions/${before.id}`)).body.people, []);
  });
});

t.test('a file of the laboratory becomes evidence', async (t) => {
  const { service, ids } = await begin(t);
  const { call } = service;
  const list = (await call('analyst', 'GET', '/v1/reunions')).body.reunions;
  const { id } = list.find(({ unknown }: any) => unknown === 'U2');
  const seen = await call('analyst', 'GET', `/v1/reunions/${id}`);
  const { people } = seen.body;
  t.same(people, [
    { id: 'U2', relation: 'unknown-origin' },
    { id: 'P1f', relation: 'father' },
    { id: 'P1m', relation: 'mother' },
  ]);
  const path = `/v1/reunions/${id}/typings`;

  const rows = [['K1', CHILD], ['K2', FATHER], ['K3', MOTHER]].map(([sample, cells]) => `${sample as string},${(cells as string[]).map((cell) => `"${cell}"`).join(',')}`); // prettier-ignore
  const csv = [`sample_id,${LOCI.join(',')}`, ...rows, 'K4,"10,99x",,,,,,,'].join('\n');
  const read = await call('analyst', 'POST', path, csv);
  t.equal(read.status, 200);
  t.same(read.body.people.map(({ sampleId }: any) => sampleId), ['K1', 'K2', 'K3']); // prettier-ignore
  t.same(read.body.people[0].genotypes.TH01, ['10', '12']);
  t.match(read.body.refused, [{ row: 5, sampleId: 'K4', faults: [{ field: 'D3S1358' }] }]);
  const again = (await call('analyst', 'GET', `/v1/reunions/${id}`)).body;
  t.same(again, seen.body, 'nothing is kept of what was read');

  const evidence = {
    remark: 'second cards',
    people: people.map((one: any, at: number) => ({ id: one.id, genotypes: read.body.people[at].genotypes })), // prettier-ignore
  };
  const etag = { 'if-match': seen.headers.get('etag')! };
  const given = await call('analyst', 'POST', `/v1/reunions/${id}/evidence`, evidence, etag);
  t.match(given, { status: 201, body: { state: 're-sampled' } });

  const genemapper = 'Sample Name\tMarker\tAllele 1\tAllele 2\nK1\tTH01\t9\t9.3\n';
  t.same((await call('analyst', 'POST', path, genemapper)).body.people, [{ sampleId: 'K1', genotypes: { TH01: ['9', '9.3'] } }]); // prettier-ignore
  const plate = ['sample_id,TH01', ...Array.from({ length: 401 }, (_, at) => `S${at},"9,10"`)];
  t.match(await call('analyst', 'POST', path, plate.join('\n')), { status: 413, body: { code: 'BATCH_TOO_LONG', detail: /400 rows/ } }); // prettier-ignore
  t.equal((await call('analyst', 'POST', path, { people: [] })).status, 400, 'JSON is no file');
  t.equal((await call('analyst', 'POST', path)).status, 400, 'nor is nothing');
  const nowhere = path.replace(id, '00000000-0000-4000-8000-000000000000');
  t.equal((await call('analyst', 'POST', nowhere, csv)).status, 404);
  t.notMatch(service.logged.join(''), /99x|"10,12"/, 'no genotype in the log');
  t.equal(ids.length, 3);
});
