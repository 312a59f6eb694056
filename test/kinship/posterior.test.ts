import t from 'tap';
import { posterior } from '../../src/kinship/index.ts';
import { isClose } from './small-table.ts';

// The worked values are those of docs/math/posterior.md.

t.test('a single candidate among a thousand families', (t) => {
  const prior = 0.5 / 1000;
  isClose(
    t,
    posterior(6, [6], 1000, 0.5),
    (prior * 1e6) / (0.5 + 999 * prior + prior * 1e6),
    '0.998005',
  );
  isClose(
    t,
    posterior(4, [4], 1000, 0.5),
    (prior * 1e4) / (0.5 + 999 * prior + prior * 1e4),
    '0.833403',
  );
  isClose(
    t,
    posterior(4, [4], 1000, 0.1),
    (1e-4 * 1e4) / (0.9 + 999 * 1e-4 + 1e-4 * 1e4),
    '0.500025',
  );
  t.end();
});

t.test('two candidates with the same LR share it', (t) => {
  const prior = 0.5 / 1000;
  const share = (prior * 1e4) / (0.5 + 998 * prior + 2 * prior * 1e4);
  isClose(t, posterior(4, [4, 4], 1000, 0.5), share, '0.454587');
  t.end();
});

t.test('in a database a hundred times larger the same LR is worth less', (t) => {
  const [families, prior] = [100_000, 0.5 / 100_000];
  const alone = (prior * 1e4) / (0.5 + (families - 1) * prior + prior * 1e4);
  isClose(t, posterior(4, [4], families, 0.5), alone, '0.047619');
  const beside = 0.5 + (families - 2) * prior + prior * (1e8 + 1e4);
  isClose(t, posterior(8, [8, 4], families, 0.5), (prior * 1e8) / beside, '0.997904');
  isClose(t, posterior(4, [8, 4], families, 0.5), (prior * 1e4) / beside, '0.0000998');
  t.end();
});

t.test('evidence that says nothing leaves the prior', (t) => {
  isClose(t, posterior(0, [0], 1, 0.5), 0.5, 'one family');
  isClose(t, posterior(0, [0], 20, 0.3), 0.3 / 20, 'twenty families, one scored');
  isClose(t, posterior(0, [0, 0, 0], 20, 0.3), 0.3 / 20, 'three scored');
  t.end();
});

t.test('all families and «none of them» together have probability 1', (t) => {
  const [families, inDatabase] = [500, 0.2];
  const log10Lrs = [7, 4.5, 4.2, 0.5];
  const ofCandidates = log10Lrs.map((one) => posterior(one, log10Lrs, families, inDatabase));
  // An unscored family counts with LR 1; «none of them» has the prior of (1 − π)·N/π such families.
  const ofOneUnscored = posterior(0, log10Lrs, families, inDatabase);
  const unscored = families - log10Lrs.length + ((1 - inDatabase) * families) / inDatabase;
  const sum = ofCandidates.reduce((total, one) => total + one, unscored * ofOneUnscored);
  isClose(t, sum, 1, 'the sum');
  t.end();
});

t.test('a larger LR, a larger prior and a smaller database make it larger', (t) => {
  t.ok(posterior(5, [5], 1000, 0.5) > posterior(4, [4], 1000, 0.5));
  t.ok(posterior(4, [4], 1000, 0.6) > posterior(4, [4], 1000, 0.5));
  t.ok(posterior(4, [4], 999, 0.5) > posterior(4, [4], 1000, 0.5));
  t.ok(
    posterior(4, [4], 1000, 0.5) > posterior(4, [4, 3], 1000, 0.5),
    'and a rival makes it smaller',
  );
  t.end();
});

t.test('a ratio beyond the range of numbers does not overflow', (t) => {
  t.equal(posterior(400, [400], 1000, 0.5), 1);
  isClose(t, posterior(400, [400, 400], 1000, 0.5), 0.5, 'two');
  isClose(t, posterior(399, [400, 399], 1000, 0.5), 1 / 11, 'a tenth of the other');
  t.end();
});
