import fc from 'fast-check';
import t from 'tap';
import { makeBarcode } from '../../src/casework/custody/barcode.ts';
import { type FilledTube, hashOfScan, isRedrawWanted, type KnownCustody, planScans, type Scan, type ScanPlan } from '../../src/casework/custody/scan-plan.ts'; // prettier-ignore
import { CUSTODY_EVENTS } from '../../src/casework/custody/tube.ts';

const POINT = 'a-point';
const NOW = new Date('2026-06-30T00:00:00Z');
const START = Date.UTC(2026, 5, 1);
const TUBES = [1, 2, 3].map((serial) => makeBarcode('510104', serial)!);

const KNOWN: KnownCustody = {
  tubes: TUBES.map((barcode) => ({
    ...{ barcode, collectionPointId: POINT, state: 'issued', since: new Date(START) },
    ...{ expiresOn: '2026-06-25', sampleCode: null, drawnAt: null, typedAt: null, replaces: null },
  })),
  recorded: new Set(),
  replaced: new Set(),
  withdrawn: new Set(['GONE']),
  uploaded: new Set(),
};

/** What a collection point scans of three tubes within a month; no two at the same time. */
const scans = fc
  .uniqueArray(
    fc.record({
      barcode: fc.constantFrom(...TUBES),
      // Mostly what makes a tube be drawn again.
      event: fc.oneof(
        fc.constantFrom('drawn' as const, 'lost' as const),
        fc.constantFrom(...CUSTODY_EVENTS),
      ),
      hour: fc.integer({ min: -20, max: 720 }),
      sampleCode: fc.constantFrom('A', 'B', 'GONE'),
      replaces: fc.option(fc.constantFrom(...TUBES), { freq: 2 }),
    }),
    { selector: ({ hour }) => hour, maxLength: 40, size: 'max' },
  )
  .map((all) =>
    all.map(({ hour, sampleCode, replaces, ...scan }, place): Scan => {
      const isDraw = scan.event === 'drawn';
      return {
        ...scan,
        row: place + 1,
        at: new Date(START + hour * 3_600_000),
        scanner: 'S',
        party: null,
        sampleCode: isDraw ? sampleCode : null,
        replaces: isDraw && replaces !== scan.barcode ? replaces : null,
      };
    }),
  );

/** A tube that is lost and drawn again, before everything else. */
const REDRAW = [
  { barcode: TUBES[0]!, event: 'drawn' as const, sampleCode: 'A', replaces: null },
  { barcode: TUBES[0]!, event: 'lost' as const, sampleCode: null, replaces: null },
  { barcode: TUBES[1]!, event: 'drawn' as const, sampleCode: null, replaces: TUBES[0]! },
].map((scan, place): Scan => {
  const at = new Date(START + (place + 1) * 60_000);
  return { ...scan, row: place + 1, at, scanner: 'S', party: null };
});

const withRedraw = scans.map((all) => [
  ...REDRAW,
  ...all.map((scan) => ({ ...scan, row: scan.row + REDRAW.length })),
]);

const plan = (sent: readonly Scan[], known = KNOWN): ScanPlan => planScans(POINT, sent, known, NOW);

/** What is known once a plan is carried out. */
function after(known: KnownCustody, { tubes, scans: written }: ScanPlan): KnownCustody {
  const changed = new Map(tubes.map((tube) => [tube.barcode, tube]));
  return {
    ...known,
    tubes: known.tubes.map((tube) => changed.get(tube.barcode) ?? tube),
    recorded: new Set([...known.recorded, ...written.map(({ contentHash }) => contentHash)]),
    replaced: new Set([...known.replaced, ...tubes.flatMap(({ replaces }) => replaces ?? [])]),
  };
}

const finalTubes = (known: KnownCustody): readonly FilledTube[] => known.tubes;

t.test('scans that are sent again change nothing and raise nothing new', async (t) => {
  let repeated = 0;
  fc.assert(
    fc.property(scans, (sent) => {
      const first = plan(sent);
      const known = after(KNOWN, first);
      const second = plan(sent, known);
      const raised = new Set(first.alarms.map(({ contentHash }) => contentHash));
      repeated += first.scans.length;
      return (
        second.scans.length === 0 &&
        second.tubes.length === 0 &&
        first.rows.every(
          ({ outcome }, at) => outcome !== 'recorded' || second.rows[at]!.outcome === 'unchanged',
        ) && // prettier-ignore
        first.alarms.length === raised.size
      );
    }),
  );
  t.ok(repeated >= 100, `${repeated} scans were recorded before`);
});

t.test(
  'their order in a batch, and batches in the order of time, make no difference',
  async (t) => {
    fc.assert(
      fc.property(scans, fc.nat(), (sent, cut) => {
        const whole = after(KNOWN, plan(sent));
        const backwards = after(KNOWN, plan([...sent].reverse()));
        const byTime = [...sent].sort((a, b) => a.at.getTime() - b.at.getTime());
        const place = sent.length === 0 ? 0 : cut % sent.length;
        const part = after(KNOWN, plan(byTime.slice(0, place)));
        const parts = after(part, plan(byTime.slice(place), part));
        t.strictSame(finalTubes(backwards), finalTubes(whole));
        t.strictSame(finalTubes(parts), finalTubes(whole));
      }),
      { numRuns: 50 },
    );
  },
);

t.test('every row is answered once, and every tube is drawn again once at most', async (t) => {
  let redrawn = 0;
  fc.assert(
    fc.property(withRedraw, (sent) => {
      const { rows, tubes, scans: written, alarms } = plan(sent);
      const replaces = tubes.flatMap((tube) => tube.replaces ?? []);
      redrawn += replaces.length;
      return (
        rows.every(({ row }, at) => row === at + 1) &&
        rows.length === sent.length &&
        written.length + alarms.length === sent.length &&
        new Set(replaces).size === replaces.length &&
        written.every(({ sampleCode }) => sampleCode !== 'GONE')
      );
    }),
    { numRuns: 200 },
  );
  t.ok(redrawn >= 50, `${redrawn} drawn again`);
});

t.test('a draw of the same sample names the lost tube by itself, once', (t) => {
  const [lost, again, more] = TUBES as [string, string, string];
  const base = { scanner: 'S', party: null, replaces: null };
  const draw = (row: number, barcode: string, sampleCode: string): Scan =>
    ({ ...base, row, barcode, event: 'drawn', sampleCode, at: new Date(START + row * 60_000) }); // prettier-ignore
  const gone: Scan = { ...base, row: 2, barcode: lost, event: 'lost', sampleCode: null, at: new Date(START + 120_000) }; // prettier-ignore
  const linked = (...sent: Scan[]) =>
    plan(sent).tubes.map(({ barcode, replaces }) => [barcode, replaces]);
  const first = draw(1, lost, 'A');
  t.same(linked(first, gone, draw(3, again, 'A'), draw(4, more, 'A')), [
    [lost, null],
    [again, lost],
    [more, null],
  ]);
  t.same(linked(first, gone, draw(3, again, 'B')).at(-1), [again, null], 'of somebody else');
  t.same(linked(draw(1, again, 'A'), draw(1.5, lost, 'A'), gone)[0], [again, null], 'drawn before it was lost'); // prettier-ignore
  t.end();
});

t.test('what is in a tube does not name its scan', async (t) => {
  const [barcode = ''] = TUBES;
  const draw: Scan = { row: 1, barcode, event: 'drawn', at: NOW, scanner: 'S', party: null, sampleCode: 'A', replaces: null }; // prettier-ignore
  t.equal(hashOfScan(draw), hashOfScan({ ...draw, row: 9, sampleCode: 'B' }));
  const others: Partial<Scan>[] = [{ barcode: TUBES[1]! }, { event: 'lost' }, { at: new Date(START) }, { scanner: 'T' }, { party: 'P' }, { replaces: TUBES[2]! }]; // prettier-ignore
  const hashes = new Set(others.map((other) => hashOfScan({ ...draw, ...other })));
  t.equal(hashes.add(hashOfScan(draw)).size, others.length + 1);
});

t.test('blood is drawn again where it is gone and was wanted', async (t) => {
  const drawn: FilledTube = { ...KNOWN.tubes[0]!, state: 'lost', drawnAt: NOW, sampleCode: 'A' };
  t.ok(isRedrawWanted(drawn));
  t.ok(isRedrawWanted({ ...drawn, state: 'destroyed' }));
  for (const other of [
    { state: 'dispatched' },
    { drawnAt: null },
    { typedAt: NOW },
    { sampleCode: null },
  ] as Partial<FilledTube>[]) {
    t.notOk(isRedrawWanted({ ...drawn, ...other }), JSON.stringify(other));
  }
});
