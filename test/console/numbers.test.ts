import t from 'tap';
import {
  formatGain,
  formatLr,
  formatProbability,
  formatRatio,
  formatSmall,
} from '../../web/src/common/numbers.ts';

t.test('likelihood ratios with three digits, however large', (t) => {
  t.equal(formatLr(0), '1.00');
  t.equal(formatLr(3.5), '3162');
  t.equal(formatLr(4), '1.00 × 10⁴');
  t.equal(formatLr(22.461), '2.89 × 10²²');
  t.equal(formatLr(-27.5), '3.16 × 10⁻²⁸');
  t.equal(formatLr(11.99999), '1.00 × 10¹²', 'never 10.00');
  t.end();
});

t.test('what is no number is said', (t) => {
  t.equal(formatRatio('excluded', null), '0');
  t.equal(formatRatio('infinite', null), '∞');
  t.equal(formatRatio('undefined', null), '—');
  t.equal(formatSmall(0), '0');
  t.end();
});

t.test('a probability near 1 is told from 1', (t) => {
  t.equal(formatProbability(0.5), '0.5000');
  t.equal(formatProbability(0.99999), '1 − 1.00 × 10⁻⁵');
  t.match(formatProbability(1), /^> 1 − 1\.11 × 10⁻¹⁶$/);
  t.end();
});

t.test('a gain has its sign, nothing has none', (t) => {
  t.same([4.789, -0.004, 0, -1.5].map(formatGain), ['+4.79', '0.00', '0.00', '-1.50']);
  t.end();
});
