import t from 'tap';
import {
  frequenciesFor,
  type Locus,
  type LocusFrequencies,
  mutationMatrix,
  type MutationParameters,
  type MutationRate,
} from '../../src/kinship/index.ts';
import { alleles, isClose, tableOf } from './small-table.ts';

// The worked values are those of docs/math/mutation.md.

const TABLE = tableOf({ 8: 0.2, 9: 0.3, 9.3: 0.1, 10: 0.4 });
const MODELS = ['equal', 'proportional', 'onestep', 'stepwise', 'stepwise-extended'] as const;
type ModelName = (typeof MODELS)[number];

function bothSexes(model: ModelName, rate: MutationRate): MutationParameters {
  return { model, male: rate, female: rate };
}

function rowsOf(model: ModelName, rate: MutationRate, table: LocusFrequencies = TABLE): number[][] {
  const { size, values } = mutationMatrix(bothSexes(model, rate), 'male', table);
  return Array.from({ length: size }, (_, row) => [...values.slice(row * size, (row + 1) * size)]);
}

function isMatrix(t: Tap, actual: number[][], expected: number[][]): void {
  expected.forEach((row, from) => {
    row.forEach((value, to) => {
      isClose(t, actual[from]![to]!, value, `M[${from},${to}]`);
    });
  });
  t.equal(actual.length, expected.length);
}
type Tap = Parameters<typeof isClose>[0];

t.test('equal: every other allele is as likely', (t) => {
  const off = 0.06 / 3;
  isMatrix(t, rowsOf('equal', { rate: 0.06 }), [
    [1 - 0.06, off, off, off],
    [off, 1 - 0.06, off, off],
    [off, off, 1 - 0.06, off],
    [off, off, off, 1 - 0.06],
  ]);
  t.end();
});

t.test('proportional: in proportion to the frequency of the new allele', (t) => {
  const alpha = 0.07 / (1 - (0.2 ** 2 + 0.3 ** 2 + 0.1 ** 2 + 0.4 ** 2));
  isMatrix(t, rowsOf('proportional', { rate: 0.07 }), [
    [1 - alpha * 0.8, alpha * 0.3, alpha * 0.1, alpha * 0.4],
    [alpha * 0.2, 1 - alpha * 0.7, alpha * 0.1, alpha * 0.4],
    [alpha * 0.2, alpha * 0.3, 1 - alpha * 0.9, alpha * 0.4],
    [alpha * 0.2, alpha * 0.3, alpha * 0.1, 1 - alpha * 0.6],
  ]);
  t.end();
});

t.test('onestep: to the neighbours that the table has, evenly', (t) => {
  isMatrix(t, rowsOf('onestep', { rate: 0.02 }), [
    [0.98, 0.02, 0, 0],
    [0.01, 0.98, 0, 0.01],
    [0, 0, 1, 0],
    [0, 0.02, 0, 0.98],
  ]);
  // 10 and 11 are missing: 9 has one neighbour and 12 has none.
  isMatrix(t, rowsOf('onestep', { rate: 0.02 }, tableOf({ 8: 0.2, 9: 0.3, 12: 0.5 })), [
    [0.98, 0.02, 0],
    [0.02, 0.98, 0],
    [0, 0, 1],
  ]);
  isMatrix(t, rowsOf('onestep', { rate: 0.02 }, tableOf({ 9.3: 0.2, 10: 0.3, 10.3: 0.5 })), [
    [0.98, 0, 0.02],
    [0, 1, 0],
    [0.02, 0, 0.98],
  ]);
  t.end();
});

t.test('a model that counts steps refuses an allele without a size', (t) => {
  const policy = { rule: 'fixed', frequency: 0.001, appliesTo: 'unseen', renormalise: 'none' } as const; // prettier-ignore
  const table = frequenciesFor(TABLE, alleles('8,9'), policy);
  for (const model of ['onestep', 'stepwise', 'stepwise-extended'] as const) {
    t.throws(() => rowsOf(model, { rate: 0.01 }, table), {
      code: 'ALLELE_SIZE_MISSING',
      message: `D3S1358: allele rest has no size, which the model ${model} needs`,
    });
  }
  t.equal(rowsOf('equal', { rate: 0.01 }, table).length, 3, 'equal counts the rest as one allele');
  t.end();
});

t.test('stepwise: by steps within the microgroup, evenly to the others', (t) => {
  const rows = [
    [0.977, 0.016, 0.003, 0.004],
    [0.01, 0.977, 0.003, 0.01],
    [0.001, 0.001, 0.997, 0.001],
    [0.004, 0.016, 0.003, 0.977],
  ];
  const rate = { rate: 0.02, rate2: 0.003, range: 0.25 };
  isMatrix(t, rowsOf('stepwise', rate), rows);
  isMatrix(t, rowsOf('stepwise-extended', rate), rows);
  t.end();
});

t.test(
  'stepwise: steps are repeats, also over a gap in the table; one group ignores rate2',
  (t) => {
    const table = tableOf({ 8: 0.2, 9: 0.3, 12: 0.5 });
    const [fromEight] = rowsOf('stepwise', { rate: 0.009, rate2: 0.5, range: 0.5 }, table);
    isMatrix(t, [fromEight!], [[1 - 0.009, 0.008, 0.001]]);
    t.end();
  },
);

t.test('stepwise: an allele alone in its group changes with rate2 only', (t) => {
  const table = tableOf({ 8: 0.4, 9.3: 0.6 });
  const rows = rowsOf('stepwise', { rate: 0.5, rate2: 0.003, range: 0.1 }, table);
  isMatrix(t, rows, [[0.997, 0.003], [0.003, 0.997]]); // prettier-ignore
  t.end();
});

t.test('stepwise: rate2 is 0 and range 0.1 unless they are given', (t) => {
  const given = rowsOf('stepwise', { rate: 0.02, rate2: 0, range: 0.1 });
  t.same(rowsOf('stepwise', { rate: 0.02 }), given);
  t.end();
});

t.test('without mutation every allele stays', (t) => {
  const identity = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]; // prettier-ignore
  for (const model of MODELS) t.same(rowsOf(model, { rate: 0 }), identity, `${model}, rate 0`);
  t.same([...mutationMatrix({ model: 'none' }, 'male', TABLE).values], identity.flat());
  const single = tableOf({ 8: 1 });
  for (const model of MODELS)
    t.same(rowsOf(model, { rate: 0.01 }, single), [[1]], `${model}, one allele`);
  t.end();
});

t.test('every row sums to 1', (t) => {
  const tables = [
    TABLE,
    tableOf({ 8: 0.1, 9.3: 0.9 }),
    tableOf({ 9.1: 0.1, 9.2: 0.2, 10.2: 0.3, 12: 0.4 }),
  ];
  for (const model of MODELS) {
    for (const table of tables) {
      for (const rate of [1e-9, 0.002, 0.15]) {
        for (const row of rowsOf(model, { rate, rate2: rate / 3, range: 0.3 }, table)) {
          t.ok(row.every((entry) => entry >= 0 && entry <= 1));
          isClose(t, row.reduce((sum, entry) => sum + entry, 0), 1, `${model} ${rate}`); // prettier-ignore
        }
      }
    }
  }
  t.end();
});

t.test('proportional keeps the frequencies, and is reversible', (t) => {
  const rows = rowsOf('proportional', { rate: 0.07 });
  const p = TABLE.frequencies;
  p.forEach((frequency, to) => {
    isClose(t, p.reduce((sum, from, row) => sum + from * rows[row]![to]!, 0), frequency, `p·M at ${to}`); // prettier-ignore
    rows.forEach((row, from) => {
      isClose(
        t,
        p[from]! * row[to]!,
        frequency * rows[to]![from]!,
        `detailed balance ${from},${to}`,
      );
    });
  });
  const mutationProbability = p.reduce((sum, from, row) => sum + from * (1 - rows[row]![row]!), 0);
  isClose(t, mutationProbability, 0.07, 'the rate is the probability of a mutation');
  t.end();
});

t.test('fathers and mothers have their own rates, and a locus may have others', (t) => {
  const parameters: MutationParameters = {
    model: 'equal',
    male: { rate: 0.006 },
    female: { rate: 0.003 },
    perLocus: { D3S1358: { male: { rate: 0.03 } }, TH01: { female: { rate: 0.3 } } },
  };
  isClose(t, mutationMatrix(parameters, 'male', TABLE).values[1]!, 0.03 / 3, 'father, D3S1358');
  isClose(t, mutationMatrix(parameters, 'female', TABLE).values[1]!, 0.003 / 3, 'mother, D3S1358');
  const stepwise: MutationParameters = {
    model: 'stepwise',
    male: { rate: 0.02, rate2: 0.003, range: 0.25 },
    female: { rate: 0.02 },
    perLocus: { D3S1358: { male: { rate: 0.04 } } },
  };
  const [, toNine, toMicrovariant] = mutationMatrix(stepwise, 'male', TABLE).values;
  isClose(t, toNine!, 0.032, 'range is taken from the general rates');
  isClose(t, toMicrovariant!, 0.003, 'and rate2');
  t.end();
});

t.test('every model takes the rate of the sex and of the locus', (t) => {
  const th01 = tableOf({ 8: 0.2, 9: 0.3, 9.3: 0.1, 10: 0.4 }, null, 'TH01' as Locus);
  for (const model of MODELS) {
    const parameters: MutationParameters = {
      model,
      male: { rate: 0.02 },
      female: { rate: 0.004 },
      perLocus: { TH01: { male: { rate: 0.05 } } },
    };
    const used = [
      ['male', TABLE, 0.02],
      ['female', TABLE, 0.004],
      ['male', th01, 0.05],
      ['female', th01, 0.004],
    ] as const;
    for (const [sex, table, rate] of used) {
      const expected = rowsOf(model, { rate }, table).flat();
      t.same([...mutationMatrix(parameters, sex, table).values], expected, `${model} ${sex}`);
    }
  }
  t.end();
});

t.test(
  'silent alleles never mutate, so that the others do so more in the proportional model',
  (t) => {
    const parameters = bothSexes('proportional', { rate: 0.07 });
    const share = mutationMatrix(parameters, 'male', TABLE, 0.5);
    const twice = mutationMatrix(bothSexes('proportional', { rate: 0.14 }), 'male', TABLE);
    share.values.forEach((value, at) => isClose(t, value, twice.values[at]!, `entry ${at}`));
    const limit = 0.5 * (0.7 / 0.9);
    t.throws(
      () => mutationMatrix(bothSexes('proportional', { rate: 0.4 }), 'male', TABLE, 0.5),
      { message: `D3S1358, model proportional: rate 0.4 must lie between 0 and ${limit} for this table` }, // prettier-ignore
      'the limit is of the rate as it was stated',
    );
    t.end();
  },
);

t.test('a rate beyond its limit is refused, and the limit named', (t) => {
  const refuses = (model: ModelName, rate: MutationRate, message: string): void => {
    t.throws(() => rowsOf(model, rate), {
      name: 'KinshipError',
      code: 'MUTATION_RATE_INVALID',
      message,
    });
  };
  const limit = 0.7 / 0.9;
  refuses('proportional', { rate: 0.78 }, `D3S1358, model proportional: rate 0.78 must lie between 0 and ${limit} for this table`); // prettier-ignore
  for (const model of MODELS) {
    const largest = model === 'proportional' ? limit : 1;
    for (const rate of [1.01, -0.01, NaN]) {
      refuses(model, { rate }, `D3S1358, model ${model}: rate ${rate} must lie between 0 and ${largest} for this table`); // prettier-ignore
    }
    for (const row of rowsOf(model, { rate: largest })) {
      t.ok(
        row.every((entry) => entry >= 0 && entry <= 1),
        `${model} at its limit`,
      );
    }
  }
  refuses('stepwise', { rate: 0.25, rate2: 0.76 }, 'D3S1358, model stepwise: rate2 0.76 must lie between 0 and 0.75 (1 − rate)'); // prettier-ignore
  refuses('stepwise', { rate: 0.25, rate2: -1 }, 'D3S1358, model stepwise: rate2 -1 must lie between 0 and 0.75 (1 − rate)'); // prettier-ignore
  for (const range of [0, 1, -0.1, NaN]) {
    refuses('stepwise', { rate: 0.01, range }, `D3S1358, model stepwise: range ${range} must lie between 0 and 1, both excluded`); // prettier-ignore
  }
  t.ok(rowsOf('proportional', { rate: 0.777 })[2]![2]! > 0, 'just below the limit it is taken');
  t.end();
});
