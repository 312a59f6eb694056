import fc from 'fast-check';
import t from 'tap';
import {
  formatGain,
  formatLr,
  formatOneIn,
  formatPercent,
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

t.test('nothing certain is made of what is not', (t) => {
  t.equal(formatProbability(4.2e-5), '4.20 × 10⁻⁵');
  t.equal(formatProbability(0), '0');
  t.same([0, 0.0004, 0.05, 0.5, 0.996, 0.99996, 1].map((share) => formatPercent(share)), ['0 %', '0.0400 %', '5.0 %', '50 %', '99.6 %', '100 % − 0.00400 %', '100 %']); // prettier-ignore
  t.equal(formatPercent(1 - 1e-20, 1e-20), '100 % − 1.00 × 10⁻¹⁸ %', 'where a double is 1 already');
  t.same([0.7, 0.5, 0.01, 1 / 123_456, 0.9999].map(formatOneIn), ['1.43', '2', '100', '123,456', '1.0001']); // prettier-ignore
  t.end();
});

/** The number that a shown text says. */
function readBack(shown: string): number {
  const plain = shown
    .replaceAll(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)))
    .replaceAll('⁻', '-')
    .replaceAll(' × 10', 'e')
    .replaceAll(/[%,>]/g, '');
  const [whole = NaN, less = 0] = plain.split('−').map(Number);
  return whole - less;
}

/** Between 0 and 1, as often very near to them as not. */
const probabilities = fc.oneof(
  fc.double({ min: 1e-300, max: 1 - 2 ** -53, noNaN: true }),
  fc.double({ min: -300, max: -1e-9, noNaN: true }).map((log10) => 10 ** log10),
  fc.double({ min: -15, max: -1, noNaN: true }).map((log10) => 1 - 10 ** log10),
);

t.test('what is shown is neither 0 nor 1, and reads back within its digits', async () => {
  const isNear = (shown: number, value: number): boolean =>
    Math.abs(shown - value) <= 0.006 * Math.min(value, 1 - value) + 6e-5 * Number(value > 1e-3);
  fc.assert(
    fc.property(probabilities, (value) => {
      const shown = formatProbability(value);
      return !/^(0(\.0*)?|1(\.0*)?)$/.test(shown) && isNear(readBack(shown), value);
    }),
  );
  fc.assert(
    fc.property(probabilities, (value) => {
      const shown = formatPercent(value);
      // Whole percents between 10 % and 99 %, a tenth of one beyond.
      const rounding = value > 0.0995 && value < 0.99 ? 0.005_01 : 0.000_501;
      const error = Math.abs(readBack(shown) / 100 - value);
      const isNearest = error <= Math.max(0.006 * Math.min(value, 1 - value), value >= 0.001 ? rounding : 0) + 1e-15; // prettier-ignore
      return !/^(0(\.0*)?|100(\.0*)?) %$/.test(shown) && isNearest;
    }),
  );
  fc.assert(
    fc.property(probabilities, (value) => {
      const shown = formatOneIn(value);
      return shown !== '1' && Math.abs(readBack(shown) * value - 1) <= 0.006;
    }),
  );
});

t.test('a gain has its sign, nothing has none', (t) => {
  t.same([4.789, -0.004, 0, -1.5].map(formatGain), ['+4.79', '0.00', '0.00', '-1.50']);
  t.end();
});
