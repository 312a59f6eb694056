import fc from 'fast-check';
import t from 'tap';
import { findGap } from '../../src/casework/custody/gaps.ts';
import { CUSTODY_EVENTS, type CustodyEvent, type Holder, scanFault, type ScanFault, type Tube } from '../../src/casework/custody/tube.ts'; // prettier-ignore

const NOW = new Date('2026-06-30T12:00:00Z');
const ISSUED: Tube = {
  state: 'issued',
  since: new Date('2026-06-01T00:00:00Z'),
  expiresOn: '2026-06-20',
};

type Scan = { event: CustodyEvent; holder: Holder; at: Date };

const anyOrder = fc.array(
  fc.record({
    event: fc.constantFrom(...CUSTODY_EVENTS),
    holder: fc.constantFrom<Holder>('collection-point', 'laboratory'),
    at: fc.date({
      min: new Date('2026-05-30T00:00:00Z'),
      max: new Date('2026-07-02T00:00:00Z'),
      noInvalidDate: true,
    }),
  }),
  { maxLength: 150, size: 'max' },
);

/** Half of them by the clock, so that some chains come far. */
const scans = fc.oneof(
  anyOrder,
  anyOrder.map((all) => [...all].sort((a, b) => a.at.getTime() - b.at.getTime())),
);

/** Scans one after the other; those that cannot be leave the tube as it was. */
function play(all: readonly Scan[]): { taken: Scan[]; tube: Tube } {
  let tube = ISSUED;
  const taken = all.filter((scan) => {
    if (scanFault(tube, scan, NOW) !== null) return false;
    tube = { ...tube, state: scan.event, since: scan.at };
    return true;
  });
  return { taken, tube };
}

/** P and L: the collection point's or the laboratory's word; then the event's first letter, X for destroyed. */
const LETTERS: Readonly<Record<CustodyEvent, string>> = {
  drawn: 'w',
  dispatched: 's',
  received: 'r',
  typed: 't',
  lost: 'l',
  destroyed: 'x',
};

/** Every chain that may be, written down by hand. */
const CHAINS = /^(Pl|Pw(Pl|Ps(Pl|Ll|Lr(Ll|Lx|Lt(Ll|Lx)?)?)?)?)?$/;

t.test('whatever is scanned, the chain is one that may be, in the order of time', async (t) => {
  let longest = 0;
  fc.assert(
    fc.property(scans, (all) => {
      const { taken } = play(all);
      longest = Math.max(longest, taken.length);
      const chain = taken.map(({ holder, event }) => (holder === 'laboratory' ? 'L' : 'P') + LETTERS[event]).join(''); // prettier-ignore
      return (
        CHAINS.test(chain) &&
        taken.every(({ at }, place) => at >= (taken[place - 1]?.at ?? ISSUED.since)) &&
        taken.every(({ at }) => at.getTime() <= NOW.getTime() + 300_000) &&
        taken.every(({ event, at }) => event !== 'drawn' || at < new Date('2026-06-21T00:00:00Z'))
      );
    }),
    { numRuns: 1_000 },
  );
  t.ok(longest >= 4, `chains of ${longest}`);
});

t.test('every chain that may be can be scanned', async (t) => {
  const chains = [
    'Pl',
    'PwPl',
    'PwPsPl',
    'PwPsLl',
    'PwPsLrLl',
    'PwPsLrLx',
    'PwPsLrLtLl',
    'PwPsLrLtLx',
  ];
  for (const chain of chains) {
    t.match(chain, CHAINS);
    const all = chain.match(/../g)!.map((step, place): Scan => {
      const event = CUSTODY_EVENTS.find((one) => LETTERS[one] === step.charAt(1))!;
      const holder = step.startsWith('L') ? 'laboratory' : 'collection-point';
      return { event, holder, at: new Date(Date.UTC(2026, 5, 10 + place)) };
    });
    t.equal(play(all).taken.length, all.length, chain);
  }
});

t.test('what cannot be is called by its name', async (t) => {
  const at = (day: string) => new Date(`2026-06-${day}T08:00:00Z`);
  const drawn: Tube = { ...ISSUED, state: 'drawn', since: at('10') };
  const received: Tube = { ...ISSUED, state: 'received', since: at('12') };
  const lost: Tube = { ...ISSUED, state: 'lost', since: at('12') };
  const cases: [Tube, Scan['event'], Holder, Date, ScanFault | null][] = [
    [ISSUED, 'drawn', 'collection-point', at('20'), null],
    [ISSUED, 'drawn', 'collection-point', at('21'), 'LOT_EXPIRED'],
    [ISSUED, 'drawn', 'laboratory', at('10'), 'EVENT_NOT_YOURS'],
    [ISSUED, 'drawn', 'collection-point', new Date('2026-05-31T23:59:59Z'), 'TIME_BACKWARD'],
    [ISSUED, 'dispatched', 'collection-point', at('10'), 'ORDER_IMPOSSIBLE'],
    [drawn, 'drawn', 'collection-point', at('11'), 'SCANNED_TWICE'],
    [drawn, 'dispatched', 'collection-point', at('09'), 'TIME_BACKWARD'],
    [drawn, 'dispatched', 'collection-point', at('10'), null],
    [drawn, 'received', 'laboratory', at('11'), 'ORDER_IMPOSSIBLE'],
    [received, 'drawn', 'collection-point', at('13'), 'SCANNED_TWICE'],
    [received, 'dispatched', 'collection-point', at('13'), 'SCANNED_TWICE'],
    [received, 'lost', 'collection-point', at('13'), 'ORDER_IMPOSSIBLE'],
    [received, 'typed', 'laboratory', new Date('2026-06-30T12:05:00Z'), null],
    [received, 'typed', 'laboratory', new Date('2026-06-30T12:05:01Z'), 'TIME_IN_FUTURE'],
    [lost, 'received', 'laboratory', at('13'), 'CHAIN_ENDED'],
    [lost, 'lost', 'laboratory', at('13'), 'SCANNED_TWICE'],
  ];
  for (const [tube, event, holder, when, expected] of cases) {
    const name = `${tube.state}: ${event} by ${holder} at ${when.toISOString()}`;
    t.equal(scanFault(tube, { event, holder, at: when }, NOW), expected, name);
  }
});

t.test('a tube that stays too long is a gap, to the millisecond', async (t) => {
  const since = new Date('2026-06-01T00:00:00Z');
  const after = (hours: number, ms = 0) => new Date(since.getTime() + hours * 3_600_000 + ms);
  t.equal(findGap('drawn', since, after(48)), null);
  t.equal(findGap('drawn', since, after(48, 1)), 'NOT_DISPATCHED');
  t.equal(findGap('dispatched', since, after(72)), null);
  t.equal(findGap('dispatched', since, after(72, 1)), 'NOT_RECEIVED');
  for (const state of ['issued', 'received', 'typed', 'lost', 'destroyed'] as const) {
    t.equal(findGap(state, since, after(10_000)), null, state);
  }
});
