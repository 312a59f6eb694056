import pino from 'pino';
import t from 'tap';
import { raiseGapAlarms } from '../../src/casework/custody/custody-watch.ts';
import { makeBarcode } from '../../src/casework/custody/barcode.ts';
import { CHILD, startTestService, unknownsCsv } from './service.ts';
import { at, issueTubes, outcomes, scan, sendScans } from './tubes.ts';

const service = await startTestService(t, { policy: false, search: false });
const { call, db } = service;
const point = await service.createPoint('TUBES-1', '510104');
const other = await service.createPoint('TUBES-2', '330102');

const fromPoint = (...scans: unknown[]) => sendScans(service, point, scans);
const fromLaboratory = (...scans: unknown[]) => sendScans(service, 'analyst', scans);
const upload = (...codes: string[]) =>
  call(point, 'POST', '/v1/batches?side=unknowns', unknownsCsv(codes.map((code) => [code, CHILD])));
const alarmsOf = async (barcode: string): Promise<any[]> =>
  (await call('analyst', 'GET', `/v1/custody/${barcode}`)).body.alarms;

t.test('barcodes are issued once in the country, and printed', async (t) => {
  const issue = (collectionPointId: string, rest: object = {}) =>
    call('admin', 'POST', '/v1/barcodes', {
      ...{ collectionPointId, count: 60, kit: '=cmd', lot: 'L', expiresOn: '2099-01-01' },
      ...rest,
    });
  const blocks = await Promise.all([issue(point.id), issue(other.id), issue(point.id)]);
  const sheets = await Promise.all(
    blocks.map(({ body }) => call('admin', 'GET', `/v1/barcodes/${body.blockId}`)),
  );
  const rows = sheets.map(({ body }) => String(body).trim().split('\n'));
  t.match(sheets[0]!.headers.get('content-type'), /^text\/csv/);
  t.equal(rows[0]![0], 'barcode,collection_point,kit,lot,expires_on');
  const [barcode, code, kit, lot, expiresOn] = rows[0]![1]!.split(',');
  t.same([code, kit, lot, expiresOn], ['TUBES-1', "'=cmd", 'L', '2099-01-01'], 'no formula');
  t.equal(barcode, blocks[0].body.first);
  t.match(barcode, /^HW510104\d{9}[0-9A-Z]$/);
  const serials = rows.flatMap((lines) => lines.slice(1).map((line) => line.slice(8, 17)));
  t.equal(serials.length, 180);
  t.equal(new Set(serials).size, 180, 'whoever issues at the same time');

  t.equal((await issue('00000000-0000-4000-8000-000000000000')).status, 404);
  t.match((await issue(point.id, { expiresOn: '2020-01-01' })).body, { faults: [{ field: 'expiresOn' }] }); // prettier-ignore
  t.equal((await issue(point.id, { count: 10_001 })).status, 400);
});

t.test('a tube goes from the kit to the profile, and its chain is shown', async (t) => {
  const [tube = ''] = await issueTubes(service, point.id, 1);
  await upload('S1');
  const courier = { party: 'SF Express' };
  t.same(outcomes(await fromPoint(
    // Sent in the wrong order, as a scanner may that was offline: their clocks count.
    scan(tube, 'dispatched', 2, courier),
    scan(tube, 'drawn', 1, { sampleId: 'S1' }),
  )), ['recorded', 'recorded']); // prettier-ignore
  t.same(outcomes(await fromLaboratory(
    scan(tube, 'received', 3, courier),
    scan(tube, 'typed', 4, { sampleId: 'S1' }),
    scan(tube, 'destroyed', 5),
  )), ['recorded', 'recorded', 'recorded']); // prettier-ignore
  const again = await fromLaboratory(scan(tube, 'received', 3, courier));
  t.match(again.body, { recorded: 0, unchanged: 1, refused: 0, rows: [{ state: 'destroyed' }] });

  const { body } = await call(point, 'GET', `/v1/custody/${tube}`);
  t.match(body, { barcode: tube, state: 'destroyed', issuedTo: 'TUBES-1', sampleId: 'S1', lot: 'L-1', gap: null, alarms: [] }); // prettier-ignore
  t.same(
    body.scans.map((one: any) => [one.event, one.at, one.gap]),
    ['drawn', 'dispatched', 'received', 'typed', 'destroyed'].map((event, place) => [event, at(place + 1), null]), // prettier-ignore
  );
  t.notMatch(JSON.stringify(body.scans), /S1"/, 'no scan says whose blood it is');
  t.equal((await call(other, 'GET', `/v1/custody/${tube}`)).status, 404, 'foreign');
});

t.test('what cannot be is refused by its row, and raises one alarm', async (t) => {
  const [tube = '', drawn = '', stale = ''] = await issueTubes(service, point.id, 3);
  const [old = ''] = await issueTubes(service, point.id, 1, new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)); // prettier-ignore
  await db.execute(`update barcode_blocks b set expires_on = current_date - 3 from barcodes where block_id = b.id and barcode = '${old}'`); // prettier-ignore
  await fromPoint(scan(drawn, 'drawn', 10, { sampleId: 'S2' }));
  const wrong = `${tube.slice(0, -1)}${tube.endsWith('7') ? '8' : '7'}`;
  const nobodys = makeBarcode('510104', 999_999_997)!;
  const minutesAhead = Math.ceil((Date.now() - Date.parse(at(0))) / 60_000) + 7;
  const sent = [
    scan(wrong, 'drawn', 1, { sampleId: 'S3' }),
    scan(nobodys, 'drawn', 1, { sampleId: 'S3' }),
    scan(tube, 'dispatched', 1),
    scan(tube, 'received', 1),
    scan(drawn, 'drawn', 11, { sampleId: 'S2' }),
    scan(drawn, 'dispatched', 9),
    scan(drawn, 'dispatched', minutesAhead),
    scan(old, 'drawn', 1, { sampleId: 'S4' }),
    scan(stale, 'drawn', 1, { sampleId: 'S5', replaces: drawn }),
  ];
  const codes = ['CHECK_CHARACTER_WRONG', 'BARCODE_NOT_YOURS', 'ORDER_IMPOSSIBLE', 'EVENT_NOT_YOURS', 'SCANNED_TWICE', 'TIME_BACKWARD', 'TIME_IN_FUTURE', 'LOT_EXPIRED', 'REDRAW_NOT_WANTED']; // prettier-ignore
  const open = async () => (await call(point, 'GET', '/v1/custody/alarms')).body;
  const before = (await open()).total;
  const answer = await fromPoint(...sent);
  t.match(answer, { status: 200, body: { recorded: 0, refused: sent.length } });
  t.same(outcomes(answer), codes);
  t.same(outcomes(await fromPoint(...sent)), codes);
  const { total, alarms } = await open();
  t.equal(total - before, sent.length, 'one each');
  t.same(alarms.slice(-sent.length).map(({ code }: any) => code).sort(), [...codes].sort()); // prettier-ignore
  t.match(await alarmsOf(drawn), [
    { event: 'dispatched', at: at(9) },
    { event: 'drawn', at: at(11), scanner: 'S-1', state: 'drawn', issuedTo: 'TUBES-1' },
    { event: 'dispatched', at: at(minutesAhead) },
  ]);
  const rows = ['no scan', { barcode: drawn, event: 'drawn' }, scan(drawn, 'drawn', 1), scan(drawn, 'dispatched', 11, { sampleId: 'S2' }), scan('abc', 'lost', 1)]; // prettier-ignore
  const unreadable = await fromPoint(...rows);
  t.same(outcomes(unreadable), rows.map(() => 'FIELD_INVALID')); // prettier-ignore
  t.match(unreadable.body.rows, [{ barcode: null }, { barcode: drawn }, {}, {}, { barcode: null }]);
  t.equal((await open()).total, total, 'what cannot be read raises none');
  t.match(await fromLaboratory(scan(nobodys, 'received', 1)), { body: { rows: [{ faults: [{ code: 'BARCODE_UNKNOWN' }] }] } }); // prettier-ignore
  t.equal((await open()).total, total, 'nobody’s tube at the laboratory is not the point’s to see');
});

t.test(
  'a foreign tube is like none to who scans it, and the laboratory sees whose it is',
  async (t) => {
    const [tube = ''] = await issueTubes(service, other.id, 1);
    t.same(outcomes(await fromPoint(scan(tube, 'drawn', 1, { sampleId: 'S6' }))), ['BARCODE_NOT_YOURS']); // prettier-ignore
    const mine = await call(point, 'GET', '/v1/custody/alarms');
    t.match(mine.body.alarms.find(({ barcode }: any) => barcode === tube), { issuedTo: null, state: null }); // prettier-ignore
    t.match(await alarmsOf(tube), [{ issuedTo: 'TUBES-2', state: 'issued' }]);
    const theirs = await call(other, 'GET', '/v1/custody/alarms');
    t.notOk(theirs.body.alarms.some(({ barcode }: any) => barcode === tube));
  },
);

t.test('two scanners at once: one wins, the other raises an alarm', async (t) => {
  const tubes = await issueTubes(service, point.id, 8);
  const pairs = await Promise.all(
    tubes.flatMap((tube) =>
      ['S-1', 'S-2'].map((scanner) =>
        fromPoint(scan(tube, 'drawn', 1, { scanner, sampleId: 'S7' })),
      ),
    ),
  );
  for (const [place, tube] of tubes.entries()) {
    const both = pairs.slice(2 * place, 2 * place + 2).flatMap(outcomes);
    t.same(both.sort(), ['SCANNED_TWICE', 'recorded']);
    const { body } = await call(point, 'GET', `/v1/custody/${tube}`);
    t.match(body, { scans: [{ event: 'drawn' }], alarms: [{ code: 'SCANNED_TWICE' }] });
    t.same([body.scans.length, body.alarms.length], [1, 1]);
  }
  const same = await Promise.all(
    Array.from({ length: 8 }, () => fromPoint(...tubes.map((tube) => scan(tube, 'dispatched', 2)))),
  );
  const all = same.flatMap(outcomes);
  t.equal(all.filter((one) => one === 'recorded').length, 8, 'the same scans from many at once');
  t.equal(all.filter((one) => one === 'unchanged').length, 56);
  // Both lock many tubes, in opposite orders as they are sent.
  const [here, there] = await Promise.all([
    fromPoint(...tubes.map((tube) => scan(tube, 'lost', 3))),
    fromLaboratory(...[...tubes].reverse().map((tube) => scan(tube, 'received', 3))),
  ]);
  t.equal([here, there].flatMap(outcomes).filter((one) => one === 'recorded').length, 8);
});

t.test('tubes that were swapped are found before anything is typed', async (t) => {
  const [one = '', two = ''] = await issueTubes(service, point.id, 2);
  await upload('W1');
  await fromPoint(scan(one, 'drawn', 1, { sampleId: 'W1' }), scan(two, 'drawn', 1, { sampleId: 'W2' })); // prettier-ignore
  t.same(outcomes(await fromPoint(scan(one, 'drawn', 1, { sampleId: 'W9' }))), ['SCANNED_TWICE']);
  await fromPoint(scan(one, 'dispatched', 2), scan(two, 'dispatched', 2));
  await fromLaboratory(scan(one, 'received', 3), scan(two, 'received', 3));
  t.same(outcomes(await fromLaboratory(
    scan(two, 'typed', 4, { sampleId: 'W1' }),
    scan(two, 'typed', 4, { sampleId: 'W2' }),
    scan(one, 'typed', 4, { sampleId: 'W1' }),
  )), ['SAMPLE_MISMATCH', 'SAMPLE_NOT_UPLOADED', 'recorded']); // prettier-ignore
  await upload('W2');
  t.same(outcomes(await fromLaboratory(scan(two, 'typed', 4, { sampleId: 'W2' }))), ['recorded']);
});

t.test('a tube that is overdue raises one alarm, which somebody resolves', async (t) => {
  const [drawn = '', dispatched = '', fresh = ''] = await issueTubes(service, point.id, 3);
  const ago = (hours: number) => ({ at: new Date(Date.now() - hours * 3_600_000).toISOString() });
  await fromPoint(
    scan(drawn, 'drawn', 1, { sampleId: 'G1', ...ago(49) }),
    scan(dispatched, 'drawn', 1, { sampleId: 'G2', ...ago(300) }),
    scan(dispatched, 'dispatched', 1, ago(73)),
    scan(fresh, 'drawn', 1, { sampleId: 'G3', ...ago(47) }),
  );
  const log = pino({ level: 'silent' });
  const counts = await Promise.all(
    Array.from({ length: 4 }, () => raiseGapAlarms({ db: service.db, log })),
  );
  t.ok(counts.reduce((sum, raised) => sum + raised) >= 2);
  t.equal(await raiseGapAlarms({ db: service.db, log }), 0, 'once');
  t.match(await alarmsOf(drawn), [{ code: 'NOT_DISPATCHED', event: null }]);
  t.same(await alarmsOf(fresh), []);
  const { body } = await call(point, 'GET', `/v1/custody/${dispatched}`);
  t.match(body, { gap: 'NOT_RECEIVED', scans: [{ gap: null }, { event: 'dispatched', gap: 'NOT_DISPATCHED' }] }); // prettier-ignore
  t.match(body.alarms, [{ code: 'NOT_RECEIVED' }]);

  const resolve = (id: string) =>
    call('analyst', 'POST', `/v1/custody/alarms/${id}/resolution`, { reason: 'at the courier' });
  const { id } = body.alarms[0];
  const tries = await Promise.all([resolve(id), resolve(id), resolve(id)]);
  t.same(tries.map(({ status }) => status).sort(), [204, 409, 409]);
  t.equal((await resolve('00000000-0000-4000-8000-000000000000')).status, 404);
  const resolved = await call('admin', 'GET', '/v1/custody/alarms?state=resolved');
  t.match(resolved.body.alarms[0], { id, resolution: 'at the courier', resolvedBy: /^key_/ });
  t.equal(await raiseGapAlarms({ db: service.db, log }), 0, 'and not again');
});

t.test('a lost tube is drawn again, and a destroyed one that nothing was typed of', async (t) => {
  const [lost = '', ruined = '', unused = '', again = '', more = '', last = ''] = await issueTubes(service, point.id, 6); // prettier-ignore
  const redraws = async () =>
    (await call(point, 'GET', '/v1/custody/redraws')).body.redraws.filter(({ sampleId }: any) => sampleId.startsWith('R')); // prettier-ignore
  await fromPoint(
    scan(lost, 'drawn', 1, { sampleId: 'R1' }),
    scan(lost, 'dispatched', 2),
    scan(ruined, 'drawn', 1, { sampleId: 'R2' }),
    scan(ruined, 'dispatched', 2),
    scan(lost, 'lost', 4),
    scan(unused, 'lost', 1),
  );
  await fromLaboratory(scan(ruined, 'received', 3), scan(ruined, 'destroyed', 5));
  t.match(await redraws(), [
    { barcode: lost, sampleId: 'R1', state: 'lost', drawnAt: at(1), since: at(4) },
    { barcode: ruined, sampleId: 'R2', state: 'destroyed' },
  ]);
  t.same(
    outcomes(await fromLaboratory(scan(lost, 'received', 6))),
    ['CHAIN_ENDED'],
    'it turned up',
  );

  const both = await Promise.all([
    fromPoint(scan(again, 'drawn', 10, { replaces: lost })),
    fromPoint(scan(more, 'drawn', 10, { replaces: lost })),
  ]);
  t.same(both.flatMap(outcomes).sort(), ['REDRAW_NOT_WANTED', 'recorded'], 'once');
  t.match(await redraws(), [{ barcode: ruined }]);
  t.equal((await redraws()).length, 1);
  const { replacedBy } = (await call(point, 'GET', `/v1/custody/${lost}`)).body;
  t.match((await call(point, 'GET', `/v1/custody/${replacedBy}`)).body, { replaces: lost, sampleId: 'R1' }); // prettier-ignore
  t.same(outcomes(await fromPoint(scan(last, 'drawn', 10, { replaces: unused }))), ['REDRAW_NOT_WANTED']); // prettier-ignore
});

t.test('a withdrawal leaves the chain, and nobody in it', async (t) => {
  const [typed = '', late = '', lost = ''] = await issueTubes(service, point.id, 3);
  await upload('P1');
  await fromPoint(
    scan(typed, 'drawn', 1, { sampleId: 'P1' }),
    scan(typed, 'dispatched', 2),
    scan(lost, 'drawn', 1, { sampleId: 'P1' }),
    scan(lost, 'lost', 2),
  );
  await fromLaboratory(scan(typed, 'received', 3));
  t.equal((await call(point, 'POST', '/v1/samples/P1/withdrawal')).status, 201);
  const { body } = await call('analyst', 'GET', `/v1/custody/${typed}`);
  t.match(body, { state: 'received', sampleId: null, scans: [{}, {}, {}] });
  const tables = ['barcodes', 'custody_scans', 'custody_alarms', 'barcode_blocks'];
  for (const table of tables) {
    const rows = await db.execute(`select t::text from ${table} t where t::text like '%P1%'`);
    t.same([...rows], [], table);
  }
  t.same(outcomes(await fromLaboratory(scan(typed, 'typed', 4, { sampleId: 'P1' }))), ['SAMPLE_WITHDRAWN']); // prettier-ignore
  t.same(outcomes(await fromLaboratory(scan(typed, 'destroyed', 5))), ['recorded']);
  t.same(outcomes(await fromPoint(scan(late, 'drawn', 5, { sampleId: 'P1' }))), ['SAMPLE_WITHDRAWN']); // prettier-ignore
  const { redraws } = (await call(point, 'GET', '/v1/custody/redraws')).body;
  t.notOk(redraws.some(({ barcode }: any) => barcode === lost), 'nobody is asked again'); // prettier-ignore
});

t.test('a withdrawal and a draw at once leave no link', async (t) => {
  const tubes = await issueTubes(service, point.id, 6);
  const codes = tubes.map((_, place) => `Q${place}`);
  await upload(...codes);
  await Promise.all(
    tubes.flatMap((tube, place) => [
      fromPoint(scan(tube, 'drawn', 1, { sampleId: codes[place] })),
      call(point, 'POST', `/v1/samples/${codes[place]}/withdrawal`),
    ]),
  );
  const linked = await db.execute(`select sample_code from barcodes where sample_code like 'Q_'`);
  t.same([...linked], []);
});

t.test('while a collection point is suspended, nothing of it is scanned', async (t) => {
  const { id, key } = await service.createPoint('TUBES-3');
  const [tube = ''] = await issueTubes(service, id, 1);
  const setState = (state: string) =>
    call('admin', 'PUT', `/v1/collection-points/${id}/state`, { state, reason: 'inspection' });
  await setState('suspended');
  const draw = () => sendScans(service, { key }, [scan(tube, 'drawn', 1, { sampleId: 'S1' })]);
  t.match(await draw(), { status: 403, body: { code: 'COLLECTION_POINT_SUSPENDED' } });
  t.match((await call({ key }, 'GET', `/v1/custody/${tube}`)).body, {
    state: 'issued',
    alarms: [],
  });
  await setState('active');
  t.same(outcomes(await draw()), ['recorded']);
});
