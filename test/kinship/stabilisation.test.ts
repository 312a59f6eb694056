import t from 'tap';
import {
  type LocusFrequencies,
  type MutationMatrix,
  mutationMatrix,
  type MutationParameters,
  type MutationRate,
  stabilisationLimit,
  stabilise,
} from '../../src/kinship/index.ts';
import { D3, isClose, tableOf } from './small-table.ts';

// The worked values are those of docs/math/stabilisation.md.

const TWO = tableOf({ 8: 0.25, 9: 0.75 });
const THREE = tableOf({ 8: 0.2, 9: 0.3, 10: 0.5 });
type ModelName = 'equal' | 'proportional' | 'onestep' | 'stepwise' | 'stepwise-extended';

function stabilised(model: ModelName, rate: MutationRate): MutationParameters {
  return { model, male: rate, female: rate, stabilisation: 'PM' };
}

function matrixOf(model: ModelName, rate: MutationRate, table: LocusFrequencies): MutationMatrix {
  return mutationMatrix(stabilised(model, rate), 'male', table);
}

function isMatrix(
  t: Parameters<typeof isClose>[0],
  actual: MutationMatrix,
  rows: number[][],
): void {
  rows.flat().forEach((value, at) => isClose(t, actual.values[at]!, value, `entry ${at}`));
  t.equal(actual.size, rows.length);
}

t.test('PM multiplies each row so that the frequencies and the mean rate stay', (t) => {
  isMatrix(t, matrixOf('equal', { rate: 0.04 }, TWO), [
    [0.92, 0.08],
    [0.08 / 3, 1 - 0.08 / 3],
  ]);
  isMatrix(t, matrixOf('onestep', { rate: 0.12 }, THREE), [
    [0.85, 0.15, 0],
    [0.1, 0.8, 0.1],
    [0, 0.06, 0.94],
  ]);
  t.end();
});

t.test('a matrix that keeps the frequencies, or everything, is left as it is', (t) => {
  const parameters = stabilised('proportional', { rate: 0.04 });
  const plain = mutationMatrix({ ...parameters, stabilisation: 'none' } as MutationParameters, 'male', THREE); // prettier-ignore
  const { values } = mutationMatrix(parameters, 'male', THREE);
  plain.values.forEach((value, at) => isClose(t, values[at]!, value, `entry ${at}`));
  t.same([...matrixOf('onestep', { rate: 0 }, TWO).values], [1, 0, 0, 1]);
  t.same([...matrixOf('stepwise', { rate: 0.1 }, tableOf({ 8: 1 })).values], [1]);
  t.end();
});

t.test('small rates lose no digits', (t) => {
  const { values } = matrixOf('equal', { rate: 4e-9 }, TWO);
  isClose(t, values[1]!, 8e-9, '8 to 9');
  isClose(t, values[2]!, 8e-9 / 3, '9 to 8');
  t.end();
});

t.test('a rate too large is refused, and the largest one named and taken', (t) => {
  const refuses = (model: ModelName, rate: MutationRate, table: LocusFrequencies, why: RegExp): void => {
    t.throws(() => matrixOf(model, rate, table), {
      name: 'KinshipError',
      code: 'STABILISATION_IMPOSSIBLE',
      message: why,
    });
  }; // prettier-ignore
  refuses('equal', { rate: 0.51 }, TWO, /^D3S1358 cannot be stabilised: allele 8 would mutate more than always; rate at most 0\.5\d* for this table$/); // prettier-ignore
  refuses('onestep', { rate: 0.7 }, THREE, /allele 9 .* rate at most (0\.6|0\.60000+\d|0\.59999+\d) for this table$/); // prettier-ignore
  isMatrix(t, matrixOf('equal', { rate: 0.5 }, TWO), [
    [0, 1],
    [1 / 3, 2 / 3],
  ]);
  isMatrix(t, matrixOf('onestep', { rate: 0.6 }, THREE), [
    [0.25, 0.75, 0],
    [0.5, 0, 0.5],
    [0, 0.3, 0.7],
  ]);
  const apart = tableOf({ 8: 0.4, 9.3: 0.6 });
  refuses('stepwise', { rate: 0.1, rate2: 0.9 }, apart, /allele 8 .* rate at most 0\.0888\d*, with rate2 at most 0\.(8|80000\d*|79999\d*) for this table$/); // prettier-ignore
  t.end();
});

t.test('the limit of a given matrix is a factor of all its probabilities', (t) => {
  const rows = [
    [0.2, 0.8],
    [0.8, 0.2],
  ];
  const matrices = { [D3]: { alleles: ['8', '9'], male: rows, female: rows } };
  t.throws(() => mutationMatrix({ model: 'custom', matrices, stabilisation: 'PM' }, 'male', TWO), {
    code: 'STABILISATION_IMPOSSIBLE',
    message: /every mutation probability at most 0\.62(5|4999\d*) times as large for this table$/,
  });
  const matrix = mutationMatrix({ model: 'custom', matrices }, 'male', TWO);
  isClose(t, stabilisationLimit(matrix, TWO), 0.625, 'factor');
  t.equal(stabilisationLimit(mutationMatrix({ model: 'none' }, 'male', TWO), TWO), Infinity);
  t.end();
});

t.test(
  'where mutation does not connect the alleles there is nothing to stabilise, at any rate',
  (t) => {
    const refusal = {
      code: 'STABILISATION_IMPOSSIBLE',
      message: 'D3S1358 cannot be stabilised: some alleles cannot become others, at any rate',
    };
    const groups = tableOf({ 8: 0.2, 9: 0.3, 9.3: 0.1, 10: 0.4 });
    t.throws(() => matrixOf('onestep', { rate: 0.002 }, groups), refusal);
    t.throws(() => matrixOf('stepwise', { rate: 0.002 }, groups), refusal, 'rate2 is 0');
    t.doesNotThrow(() => matrixOf('stepwise', { rate: 0.002, rate2: 1e-6 }, groups));
    // Alleles that are left for good, whichever end they stand at.
    for (const values of [[0.9, 0.1, 0, 1], [1, 0, 0.1, 0.9]]) {
    t.throws(() => stabilise({ size: 2, values: Float64Array.from(values) }, TWO), refusal);
  } // prettier-ignore
    t.end();
  },
);
