import t from 'tap';
import { lookAfterCanaries } from '../../src/casework/statistics/canary-job.ts';
import { recallOf } from '../../src/casework/statistics/statistics.service.ts';
import { openLog } from '../../src/platform/log.ts';
import { settle, sign } from './signatures.ts';
import {
  CHILD,
  FATHER,
  MOTHER,
  relativesCsv,
  startTestService,
  STRANGER,
  unknownsCsv,
} from './service.ts';

const PERIOD = 'from=2000-01-01&to=2099-12-31';

t.test('every count has its denominator, and canaries their alarm', async (t) => {
  const service = await startTestService(t);
  const { call, db } = service;
  const south = await service.createPoint('SOUTH', '440305');
  const parents = relativesCsv([
    ['P1f', 'F1', 'father', FATHER],
    ['P1m', 'F1', 'mother', MOTHER],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', parents);
  const unknowns = unknownsCsv([
    ['U1', CHILD],
    ['U2', CHILD],
    ['U3', STRANGER],
  ]);
  await call(south, 'POST', '/v1/batches?side=unknowns', unknowns);
  const plant = (point: string, unknown: string, family: string) =>
    call('admin', 'POST', '/v1/canaries', { point, unknown, family });
  t.equal((await plant('SOUTH', 'U1', 'F1')).status, 404, 'both are of one point');
  await service.searched();
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['C1', CHILD], ['C2', STRANGER]])); // prettier-ignore
  const [{ code: point }] =
    (await db.$client`select code from collection_points where division = '510100'`) as any;
  const planted = await plant(point, 'C1', 'F1');
  t.equal(planted.status, 201);
  t.same((await plant(point, 'C1', 'F1')).body, planted.body, 'planted twice it is one');
  await service.searched();
  const read = async (period = PERIOD) =>
    (await call('analyst', 'GET', `/v1/statistics?${period}`)).body;
  t.match((await read()).recall, { count: 1, of: 1 });
  t.equal((await plant(point, 'C2', 'F1')).status, 201);
  t.match((await read()).recall, { count: 1, of: 2 }, 'the search misses a stranger');

  const lines: string[] = [];
  const log = openLog('info', { write: (line: string) => lines.push(line) });
  const listed = async () =>
    (await call('admin', 'GET', '/v1/canaries')).body.canaries.map((one: any) => ({ ...one }));
  const missed = await lookAfterCanaries({ statistics: { listCanaries: listed }, log });
  t.equal(missed.length, 1);
  t.match(JSON.parse(lines[0]!), { level: 50, missed, planted: 2 });
  t.equal((await call('admin', 'DELETE', `/v1/canaries/${missed[0]}`)).status, 204);
  t.same(await lookAfterCanaries({ statistics: { listCanaries: listed }, log }), []);
  t.equal((await call('collection-point', 'POST', '/v1/samples/C1/withdrawal')).status, 201);
  t.same((await call('admin', 'GET', '/v1/canaries')).body.canaries, [], 'withdrawn like anybody');

  const { body } = await call('analyst', 'GET', '/v1/candidates');
  const idOf = (unknown: string) => body.candidates.find((one: any) => one.unknown === unknown).id;
  await settle(service, idOf('U1'), 'supported');
  await sign(service, idOf('U2'), 'supported');
  await sign(
    service,
    idOf('U2'),
    'excluded',
    await service.createKey({ role: 'analyst', name: 'x' }),
  );
  const all = await read();
  const month = new Date().toISOString().slice(0, 7);
  t.same(all.provinces, [
    { province: '44', month, cases: 3, relatives: 0, unknowns: 3, reunited: 0 },
    { province: '51', month, cases: 3, relatives: 2, unknowns: 1, reunited: 0 },
  ]);
  t.same(all.candidates, [
    { state: 'disputed', count: 1, of: 2 },
    { state: 'supported', count: 1, of: 2 },
  ]);
  t.same(all.disputed, { count: 1, of: 2 });
  const unknownCases = all.cases.filter((one: any) => one.kind === 'unknown-origin');
  t.equal(unknownCases.reduce((sum: number, { count }: { count: number }) => sum + count, 0), unknownCases[0].of); // prettier-ignore
  t.match(all.secondsToVerdict, { count: 1 }, 'a disputed one has no verdict yet');
  t.equal(all.secondsToSearch.count, 6);
  t.ok(all.secondsToSearch.p50 > 0 && all.secondsToSearch.p50 <= all.secondsToSearch.p99);
  t.notMatch(JSON.stringify(all), /U1|P1f|HW-/, 'nobody is named');

  const third = await service.createKey({ role: 'analyst', name: 'third' });
  const settleAs = async (verdict: string, cause: string) => {
    const path = `/v1/candidates/${idOf('U2')}`;
    const etag = { 'if-match': (await call(third, 'GET', path)).headers.get('etag')! };
    return call(third, 'POST', `${path}/decisions`, { verdict, cause, reason: 'as I see it' }, etag); // prettier-ignore
  };
  t.match(await settleAs('supported', 'chance'), { status: 400, body: { faults: [{ field: 'cause' }] } }); // prettier-ignore
  t.equal((await settleAs('excluded', 'by the way')).status, 400);
  t.match((await settleAs('excluded', 'chance')).body, { state: 'excluded' });
  const seen = (await call('analyst', 'GET', `/v1/candidates/${idOf('U2')}`)).body;
  t.same(seen.decisions.map(({ cause }: any) => cause), [null, null, 'chance']); // prettier-ignore
  t.equal((await call(south, 'POST', '/v1/samples/U3/withdrawal')).status, 201);
  await db.execute(`update tombstones set cause = 'retention-ended' where code = 'U3'`);
  t.same((await read()).outcomes, {
    cases: [
      { kind: 'missing-child', outcome: 'open', count: 1, of: 1 },
      { kind: 'unknown-origin', outcome: 'consent-withdrawn', count: 1, of: 5 },
      { kind: 'unknown-origin', outcome: 'open', count: 3, of: 5 },
      { kind: 'unknown-origin', outcome: 'retention-ended', count: 1, of: 5 },
    ],
    candidates: [{ state: 'excluded', cause: 'chance', count: 1, of: 1 }],
    withdrawals: [
      { cause: 'consent-withdrawn', count: 1, of: 2, candidates: 1 },
      { cause: 'retention-ended', count: 1, of: 2, candidates: 0 },
    ],
  });

  const before = await read('from=2000-01-01&to=2000-12-31');
  t.match(before, { cases: [], provinces: [], disputed: { count: 0, of: 0 } });
  t.same(before.secondsToSearch, { count: 0, p50: null, p90: null, p99: null });
  t.equal((await call('admin', 'GET', '/v1/statistics?from=2026-02-02&to=2026-02-01')).status, 400);
});

t.test('recall counts those that were searched', (t) => {
  t.same(recallOf([{ found: true }, { found: null }, { found: false }]), { count: 1, of: 2 });
  t.same(recallOf([]), { count: 0, of: 0 });
  t.end();
});
