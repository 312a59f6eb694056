import t from 'tap';
import { mutationMatrix, type MutationParameters } from '../../src/kinship/index.ts';
import { D3, isClose, tableOf } from './small-table.ts';

// The worked values are those of docs/math/mutation.md.

const TABLE = tableOf({ 8: 0.25, 9: 0.75 });
type Custom = Extract<MutationParameters, { model: 'custom' }>;
type Given = Custom['matrices'][string];

const GIVEN: Given = {
  alleles: ['8', '9'],
  male: [
    [0.97, 0.03],
    [0.01, 0.99],
  ],
  female: [
    [0.98, 0.02],
    [0.02, 0.98],
  ],
};

function custom(changes: Partial<Given> = {}): Custom {
  return { model: 'custom', matrices: { [D3]: { ...GIVEN, ...changes } } };
}

t.test('a given matrix is used as it is, for each sex', (t) => {
  const expected = { male: [0.97, 0.03, 0.01, 0.99], female: [0.98, 0.02, 0.02, 0.98] };
  for (const sex of ['male', 'female'] as const) {
    const { values } = mutationMatrix(custom(), sex, TABLE);
    expected[sex].forEach((value, at) => isClose(t, values[at]!, value, `${sex} ${at}`));
  }
  t.end();
});

t.test('alleles may stand in any order and be written in any way', (t) => {
  const turned = custom({
    alleles: ['9.0', '08'],
    male: [
      [0.99, 0.01],
      [0.03, 0.97],
    ],
  });
  const [here, there] = [turned, custom()].map((one) => mutationMatrix(one, 'male', TABLE).values);
  t.same(here, there);
  t.end();
});

t.test(
  'a row may be off 1 by the rounding of its decimals, which the allele that stays takes',
  (t) => {
    const male = [
      [0.9700000001, 0.0300000001],
      [0.01, 0.99],
    ];
    const { values } = mutationMatrix(custom({ male }), 'male', TABLE);
    t.equal(values[1], 0.0300000001);
    t.equal(values[0]! + values[1]!, 1);
    t.end();
  },
);

t.test('a matrix that is none, or not of this table, is refused with the reason', (t) => {
  const refuses = (parameters: Custom, message: string, table = TABLE): void => {
    t.throws(() => mutationMatrix(parameters, 'male', table), {
      name: 'KinshipError',
      code: 'MUTATION_MATRIX_INVALID',
      message: `D3S1358, model custom: ${message}`,
    });
  };
  const withRow = (row: number[]): Custom => custom({ male: [row, [0.01, 0.99]] });
  refuses({ model: 'custom', matrices: { TH01: GIVEN } }, 'no matrix is given for this locus');
  refuses(
    withRow([0.97, 0.0300001]),
    `the male row of allele 8 sums to ${0.97 + 0.0300001}, not 1`,
  );
  refuses(
    withRow([1.01, -0.01]),
    'the male row of allele 8 holds 1.01; it must lie between 0 and 1',
  );
  refuses(withRow([NaN, 0.03]), 'the male row of allele 8 holds NaN; it must lie between 0 and 1');
  refuses(withRow([1]), 'the male row of allele 8 has 1 entries for 2 alleles');
  refuses(custom({ male: [[0.97, 0.03]] }), 'the male matrix has 1 rows for 2 alleles');
  refuses(custom({ alleles: ['8', '8.0'] }), 'allele 8 stands twice in the matrix');
  refuses(custom({ alleles: ['8', '10'] }), 'allele 10 of the matrix is not among the alleles in use, 8 9'); // prettier-ignore
  const unseen = tableOf({ 8: 0.25, 9: 0.74, 10: 0.01 });
  refuses(custom(), 'the matrix lacks allele 10, and nothing says how it would mutate', unseen);
  t.end();
});
