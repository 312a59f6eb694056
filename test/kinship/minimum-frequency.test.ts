import t from 'tap';
import {
  dependsOnObserved,
  frequenciesFor,
  leastFrequency,
  type LocusFrequencies,
  type MinimumFrequency,
} from '../../src/kinship/index.ts';
import { alleles, D3, isClose, tableOf } from './small-table.ts';

// The worked values are those of docs/math/frequencies.md.

const SMALL = tableOf({ 8: 0.25, 9: 0.75 });
const RARE = tableOf({ 8: 0.01, 9: 0.0252, 10: 0.9648 }, 200);
const FIXED = { rule: 'fixed', frequency: 0.001, appliesTo: 'unseen' } as const;
const FIVE = { rule: 'five-over-2n', appliesTo: 'all' } as const;

type Tap = Parameters<typeof isClose>[0];

function isTable(
  t: Tap,
  actual: LocusFrequencies,
  expected: Readonly<Record<string, number>>,
): void {
  const labels = Object.keys(expected).sort((a, b) => Number(a) - Number(b) || a.localeCompare(b));
  t.same(actual.alleles, labels);
  labels.forEach((label, place) => isClose(t, actual.frequencies[place]!, expected[label]!, label));
  const sum = actual.frequencies.reduce((total, frequency) => total + frequency, 0);
  isClose(t, sum, 1, 'sum');
}

t.test('the upper limit of an allele that was not seen', (t) => {
  const bound = (confidence: number | undefined, allelesCounted: number): number =>
    leastFrequency({ rule: 'confidence-bound', confidence, appliesTo: 'all' }, D3, allelesCounted);
  isClose(t, bound(undefined, 1), 0.95, 'one allele counted');
  isClose(t, bound(0.75, 2), 0.5, '0.25 = 0.5 · 0.5');
  isClose(t, bound(0.999, 3), 0.9, '0.001 = 0.1³');
  isClose(t, (1 - bound(undefined, 200)) ** 200, 0.05, 'missed 200 times with probability 0.05');
  t.equal(bound(undefined, 200).toFixed(6), '0.014867');
  t.equal(bound(undefined, 2e9).toExponential(5), '1.49787e-9', 'close to 3/2N');
  for (const confidence of [0, 1, -0.1, 95, NaN]) {
    t.throws(() => bound(confidence, 200), {
      code: 'FREQUENCY_INVALID',
      message: `the rule "confidence-bound" needs a confidence between 0 and 1, both excluded, not ${confidence}`,
    });
  }
  t.throws(() => leastFrequency({ rule: 'confidence-bound', appliesTo: 'all' }, D3, null), {
    code: 'SAMPLE_SIZE_MISSING',
    message: /at D3S1358, which 1 − α\^\(1\/2N\) needs; use the rule "fixed"/,
  });
  t.end();
});

t.test('renormalise «all»: everything is divided by the new sum, and so it is by default', (t) => {
  const expected = { 8: 0.25 / 1.001, 9: 0.75 / 1.001, 10: 0.001 / 1.001 };
  isTable(t, frequenciesFor(SMALL, alleles('10'), FIXED), expected);
  isTable(t, frequenciesFor(SMALL, alleles('10'), { ...FIXED, renormalise: 'all' }), expected);
  t.end();
});

t.test('renormalise «others»: the minimum stays, the others are scaled', (t) => {
  const others = { ...FIXED, renormalise: 'others' } as const;
  isTable(t, frequenciesFor(SMALL, alleles('9,10'), others), { 8: 0.24975, 9: 0.74925, 10: 0.001 });
  isTable(t, frequenciesFor(SMALL, alleles('7,10'), others), { 7: 0.001, 8: 0.2495, 9: 0.7485, 10: 0.001 }); // prettier-ignore
  t.equal(frequenciesFor(SMALL, alleles('8,9'), others), SMALL);
  t.end();
});

t.test('renormalise «others»: what is scaled below the minimum is raised in its turn', (t) => {
  const used = frequenciesFor(RARE, [], { ...FIVE, renormalise: 'others' });
  isTable(t, used, { 8: 0.025, 9: 0.025, 10: 0.95 });
  t.end();
});

t.test('renormalise «none»: one allele stands for all that nobody shows', (t) => {
  const none = { ...FIXED, renormalise: 'none' } as const;
  const table = tableOf({ 8: 0.1, 9: 0.2, 10: 0.7 }, 200);
  isTable(t, frequenciesFor(table, alleles('8,12'), none), { 8: 0.1, 12: 0.001, rest: 0.899 });
  isTable(t, frequenciesFor(table, alleles('9'), none), { 9: 0.2, rest: 0.8 });
  isTable(t, frequenciesFor(table, alleles('8,9,10'), none), { 8: 0.1, 9: 0.2, 10: 0.7 });
  t.doesNotThrow(() => frequenciesFor(tableOf({ 8: 0.1, 9: 0.9 }), alleles('8'), { ...FIVE, appliesTo: 'unseen', renormalise: 'none' }), '2N is not needed'); // prettier-ignore
  t.end();
});

t.test('«observed» raises the alleles that somebody shows, and no other', (t) => {
  const observed = { ...FIVE, appliesTo: 'observed' } as const;
  const sum = 0.025 + 0.0252 + 0.9648;
  isTable(t, frequenciesFor(RARE, alleles('8,10'), observed), { 8: 0.025 / sum, 9: 0.0252 / sum, 10: 0.9648 / sum }); // prettier-ignore
  const none = { ...observed, renormalise: 'none' } as const;
  isTable(t, frequenciesFor(RARE, alleles('8,10'), none), { 8: 0.025, 10: 0.9648, rest: 0.0102 });
  isTable(t, frequenciesFor(RARE, alleles('9'), none), { 9: 0.0252, rest: 0.9748 });
  t.end();
});

t.test('a minimum that leaves nothing for the others is refused', (t) => {
  const refusal = {
    name: 'KinshipError',
    code: 'FREQUENCY_INVALID',
    message:
      /^D3S1358: .* sum to 1\.00\d+, which leaves nothing for the others; use a smaller minimum/,
  };
  const none = { ...FIXED, renormalise: 'none' } as const;
  t.throws(() => frequenciesFor(SMALL, alleles('8,9,10'), none), refusal, 'all are shown, and one more'); // prettier-ignore
  const ten = alleles('10,11,12,13,14,15,16,17,18,19');
  const tenth = { ...FIXED, frequency: 0.1, renormalise: 'others' } as const;
  t.throws(() => frequenciesFor(SMALL, ten, tenth), { code: 'FREQUENCY_INVALID' }, 'ten tenths');
  t.doesNotThrow(() => frequenciesFor(SMALL, ten.slice(1), tenth));
  t.end();
});

t.test('which policies need to know who is compared', (t) => {
  const depends = (policy: Partial<MinimumFrequency>): boolean =>
    dependsOnObserved({ ...FIXED, ...policy });
  t.same(
    [depends({}), depends({ appliesTo: 'all', renormalise: 'others' }), depends({ appliesTo: 'observed' }), depends({ renormalise: 'none' })],
    [false, false, true, true],
  ); // prettier-ignore
  t.end();
});
