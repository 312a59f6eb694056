import t from 'tap';
import {
  measureStationarity,
  mutationMatrix,
  type MutationParameters,
  reportStationarity,
} from '../../src/kinship/index.ts';
import { D3, isClose, tableOf } from './small-table.ts';

// The worked values are those of docs/math/mutation.md.

const TABLE = tableOf({ 8: 0.2, 9: 0.3, 9.3: 0.1, 10: 0.4 });

t.test('how far a model moves the frequencies, for each sex', (t) => {
  const parameters: MutationParameters = {
    model: 'equal',
    male: { rate: 0.06 },
    female: { rate: 0.006 },
  };
  const { male, female } = reportStationarity(parameters, TABLE);
  t.notOk(male.isStationary);
  isClose(t, male.largestDifference, 0.012, '9.3 gains and 10 loses 0.012');
  isClose(t, male.largestRelativeDifference, 0.12, 'of 0.1');
  isClose(t, female.largestDifference, 0.0012, 'a tenth of the rate');
  t.end();
});

t.test('models that keep the frequencies, at any rate', (t) => {
  for (const rate of [1e-9, 0.002, 0.3]) {
    const rates = { male: { rate, rate2: rate / 4 }, female: { rate: 0 } };
    const reports = [
      reportStationarity({ model: 'none' }, TABLE).male,
      reportStationarity({ model: 'proportional', ...rates }, TABLE).male,
      reportStationarity({ model: 'proportional', ...rates }, TABLE, 0.9).male,
      reportStationarity({ model: 'equal', ...rates }, tableOf({ 8: 1, 9: 1, 10: 1 })).male,
      reportStationarity({ model: 'stepwise', ...rates, stabilisation: 'PM' }, TABLE).male,
      reportStationarity({ model: 'stepwise', ...rates }, TABLE).female,
    ];
    for (const { isStationary, largestRelativeDifference } of reports) {
      t.ok(isStationary);
      t.ok(largestRelativeDifference < 1e-14);
    }
  }
  t.end();
});

t.test('a small rate does not make a model stationary', (t) => {
  const rates = { male: { rate: 1e-12 }, female: { rate: 0 } };
  const { male } = reportStationarity({ model: 'stepwise', ...rates }, TABLE);
  t.notOk(male.isStationary);
  t.end();
});

t.test('a given matrix may be stationary for one sex only', (t) => {
  const table = tableOf({ 8: 0.25, 9: 0.75 });
  const [male, female] = [[[0.97, 0.03], [0.01, 0.99]], [[0.98, 0.02], [0.02, 0.98]]] as const; // prettier-ignore
  const parameters: MutationParameters = {
    model: 'custom',
    matrices: { [D3]: { alleles: ['8', '9'], male, female } },
  };
  const report = reportStationarity(parameters, table);
  t.ok(report.male.isStationary);
  t.notOk(report.female.isStationary);
  isClose(t, report.female.largestDifference, 0.01, '8 from 0.25 to 0.26');
  isClose(t, report.female.largestRelativeDifference, 0.04, 'of 0.25');
  t.same(measureStationarity(mutationMatrix(parameters, 'female', table), table), report.female);
  t.end();
});
