import t from 'tap';
import {
  type AlleleLabel,
  alleleIndex,
  frequenciesFor,
  makeLocusFrequencies,
  type MinimumFrequency,
} from '../../src/kinship/index.ts';
import { alleles, D3, isClose, tableOf } from './small-table.ts';

// The worked values are those of docs/math/frequencies.md.

const fiveOver2N = (appliesTo: MinimumFrequency['appliesTo']): MinimumFrequency => ({
  rule: 'five-over-2n',
  appliesTo,
});
const fixed = (frequency: number | undefined): MinimumFrequency => ({
  rule: 'fixed',
  frequency,
  appliesTo: 'unseen',
});

t.test('a table is in ladder order and divided by its sum', (t) => {
  const table = tableOf({ 10: 0.3, 9.3: 0.2, 9: 0.3 });
  t.same(table.alleles, ['9', '9.3', '10']);
  isClose(t, table.frequencies[0]!, 0.3 / 0.8, '9');
  isClose(t, table.frequencies[1]!, 0.2 / 0.8, '9.3');
  isClose(t, table.frequencies[2]!, 0.3 / 0.8, '10');
  t.equal(alleleIndex(table, '9.3' as AlleleLabel), 1);
  t.equal(alleleIndex(table, '11' as AlleleLabel), undefined);
  t.end();
});

t.test('a table with a frequency that is none is refused', (t) => {
  for (const frequency of [0, -0.1, 1.1, NaN, Infinity]) {
    t.throws(() => tableOf({ 8: 0.5, 9: frequency }), {
      name: 'KinshipError',
      code: 'FREQUENCY_INVALID',
      message: `D3S1358 allele 9 has frequency ${frequency}; it must lie above 0 and be at most 1`,
    });
  }
  const twice = [...alleles('9,8,9')].map((allele) => [allele, 0.2] as const);
  t.throws(() => makeLocusFrequencies(D3, twice, null), {
    code: 'FREQUENCY_INVALID',
    message: 'D3S1358 allele 9 stands twice',
  });
  t.throws(() => tableOf({}), { code: 'FREQUENCY_TABLE_EMPTY', message: /D3S1358/ });
  t.end();
});

t.test('a table that has every observed allele is used as it is', (t) => {
  const table = tableOf({ 8: 0.25, 9: 0.75 });
  t.equal(frequenciesFor(table, alleles('8,9'), fiveOver2N('unseen')), table);
  t.equal(frequenciesFor(table, [], fixed(0.001)), table);
  t.end();
});

t.test('an unseen allele gets the fixed minimum, and the table is divided by the new sum', (t) => {
  const used = frequenciesFor(tableOf({ 8: 0.25, 9: 0.75 }), alleles('9,10'), fixed(0.001));
  t.same(used.alleles, ['8', '9', '10']);
  isClose(t, used.frequencies[0]!, 0.25 / 1.001, '8');
  isClose(t, used.frequencies[1]!, 0.75 / 1.001, '9');
  isClose(t, used.frequencies[2]!, 0.001 / 1.001, '10');
  t.end();
});

t.test('an unseen allele gets 5/2N, once however often it is seen', (t) => {
  const used = frequenciesFor(
    tableOf({ 8: 0.01, 9: 0.99 }, 200),
    alleles('10,10,8'),
    fiveOver2N('unseen'),
  );
  const minimum = 5 / 200;
  isClose(t, used.frequencies[0]!, 0.01 / (1 + minimum), '8 is rarer than the minimum, and stays');
  isClose(t, used.frequencies[2]!, minimum / (1 + minimum), '10');
  t.equal(used.allelesCounted, 200);
  t.end();
});

t.test('two unseen alleles get the minimum each', (t) => {
  const used = frequenciesFor(tableOf({ 8: 0.25, 9: 0.75 }), alleles('7,10'), fixed(0.001));
  t.same(used.alleles, ['7', '8', '9', '10']);
  isClose(t, used.frequencies[0]!, 0.001 / 1.002, '7');
  isClose(t, used.frequencies[3]!, 0.001 / 1.002, '10');
  t.end();
});

t.test('the policy «all» raises every rarer allele to the minimum', (t) => {
  const table = tableOf({ 8: 0.01, 9: 0.99 }, 200);
  const minimum = 5 / 200;
  const raised = frequenciesFor(table, [], fiveOver2N('all'));
  isClose(t, raised.frequencies[0]!, minimum / (minimum + 0.99), '8');
  isClose(t, raised.frequencies[1]!, 0.99 / (minimum + 0.99), '9');
  const added = frequenciesFor(table, alleles('10'), fiveOver2N('all'));
  isClose(t, added.frequencies[2]!, minimum / (2 * minimum + 0.99), '10');
  t.end();
});

t.test('5/2N is refused where the table does not say 2N, and only where it is needed', (t) => {
  const table = tableOf({ 8: 0.25, 9: 0.75 });
  const refusal = {
    name: 'KinshipError',
    code: 'SAMPLE_SIZE_MISSING',
    message: /at D3S1358.*"fixed"/,
  };
  t.throws(() => frequenciesFor(table, alleles('10'), fiveOver2N('unseen')), refusal);
  t.throws(() => frequenciesFor(table, [], fiveOver2N('all')), refusal);
  t.doesNotThrow(() => frequenciesFor(table, alleles('8'), fiveOver2N('unseen')));
  t.end();
});

t.test('a fixed minimum lies above 0 and is at most 0.1', (t) => {
  const table = tableOf({ 8: 0.25, 9: 0.75 });
  for (const frequency of [undefined, 0, -0.001, 0.11, NaN]) {
    t.throws(() => frequenciesFor(table, alleles('10'), fixed(frequency)), {
      code: 'FREQUENCY_INVALID',
      message: /above 0 and at most 0\.1/,
    });
  }
  t.doesNotThrow(() => frequenciesFor(table, alleles('10'), fixed(0.1)));
  t.end();
});
