import fc from 'fast-check';
import t from 'tap';
import { readNumber } from '../../web/src/common/written-number.ts';

t.test('a number is read however a field hands it over', (t) => {
  t.same(['0.', '0.0', '0.050', '0.10', '100000000000000', '5.0'].map(readNumber), [0, 0, 0.05, 0.1, 1e14, 5]); // prettier-ignore
  t.equal(readNumber(0.05), 0.05);
  t.same(['', ' ', '-', '.', 'x', '1e999', NaN, Infinity].map(readNumber), Array(8).fill(null));
  t.end();
});

t.test('with as many zeros as one likes', async () => {
  const written = fc.tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(written, fc.nat({ max: 12 }), ([whole, tenth], zeros) => {
      return readNumber(`${whole}.${tenth}${'0'.repeat(zeros)}`) === (whole * 10 + tenth) / 10;
    }),
  );
});
