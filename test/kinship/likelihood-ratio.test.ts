import t from 'tap';
import {
  combineLoci,
  type LikelihoodRatio,
  likelihoodRatio,
  reaches,
} from '../../src/kinship/index.ts';

const finite = (log10Lr: number): LikelihoodRatio => ({ kind: 'finite', log10Lr });
const excluded: LikelihoodRatio = { kind: 'excluded' };
const infinite: LikelihoodRatio = { kind: 'infinite' };
const neither: LikelihoodRatio = { kind: 'undefined' };

t.test('two likelihoods above 0 have a finite ratio', (t) => {
  t.same(likelihoodRatio(0.02, 0.0002), finite(Math.log10(0.02 / 0.0002)));
  t.same(likelihoodRatio(0.3, 0.3), finite(0));
  t.same(likelihoodRatio(1e-300, 1), finite(-300));
  t.end();
});

t.test('a likelihood of 0 makes the ratio excluded, infinite or undefined, never a number', (t) => {
  t.same(likelihoodRatio(0, 0.1), excluded);
  t.same(likelihoodRatio(0.1, 0), infinite);
  t.same(likelihoodRatio(0, 0), neither);
  t.end();
});

t.test('the logarithms of finite loci add up', (t) => {
  t.same(combineLoci([finite(1.5), finite(-2), finite(4)]), finite(3.5));
  t.same(combineLoci([]), finite(0), 'no locus: LR 1');
  t.same(combineLoci([finite(-0.25)]), finite(-0.25));
  t.end();
});

t.test('an excluded locus excludes, an infinite one makes the whole infinite', (t) => {
  t.same(combineLoci([finite(30), excluded, finite(2)]), excluded);
  t.same(combineLoci([excluded, excluded]), excluded);
  t.same(combineLoci([finite(-30), infinite]), infinite);
  t.same(combineLoci([infinite, infinite]), infinite);
  t.end();
});

t.test(
  'excluded and infinite together are undefined, and so is everything with an undefined locus',
  (t) => {
    t.same(combineLoci([excluded, finite(3), infinite]), neither);
    t.same(combineLoci([infinite, excluded]), neither);
    for (const other of [finite(3), excluded, infinite, neither]) {
      t.same(combineLoci([other, neither]), neither, `${other.kind}, undefined`);
      t.same(combineLoci([neither, other]), neither, `undefined, ${other.kind}`);
    }
    t.end();
  },
);

t.test('the sum keeps the digits that a plain sum would lose', (t) => {
  t.same(combineLoci([1e16, 1, -1e16].map(finite)), finite(1));
  t.same(combineLoci([1, 1e100, 1, -1e100].map(finite)), finite(2));
  t.same(combineLoci(Array.from({ length: 10 }, () => finite(0.1))), finite(1));
  t.end();
});

t.test('a ratio reaches a threshold from the threshold on', (t) => {
  t.ok(reaches(finite(4), 10_000));
  t.ok(reaches(finite(4.0001), 10_000));
  t.notOk(reaches(finite(3.9999), 10_000));
  t.ok(reaches(finite(0), 1));
  t.end();
});

t.test('infinite reaches every threshold, excluded and undefined none', (t) => {
  for (const threshold of [1e-9, 1, 1e30]) {
    t.ok(reaches(infinite, threshold));
    t.notOk(reaches(excluded, threshold));
    t.notOk(reaches(neither, threshold));
  }
  t.end();
});
