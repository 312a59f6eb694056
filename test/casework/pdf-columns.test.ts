import fc from 'fast-check';
import t from 'tap';
import { fitColumns } from '../../src/casework/reports/pdf-columns.ts';

t.test('columns are as wide as they want where there is room', async (t) => {
  t.strictSame(fitColumns([10, 30], 80), [20, 60]);
  t.strictSame(fitColumns([10, 30], 40), [10, 30]);
});

t.test('the widest give way first', async (t) => {
  t.strictSame(fitColumns([10, 100, 200], 110), [10, 50, 50]);
  t.strictSame(fitColumns([10, 40, 200], 110), [10, 40, 60]);
  t.strictSame(fitColumns([100, 100], 50), [25, 25]);
});

t.test('columns fill the page, whatever they want', async () => {
  const widths = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(widths, fc.integer({ min: 20, max: 1_000 }), (wanted, available) => {
      const fitted = fitColumns(wanted, available);
      const sum = fitted.reduce((total, width) => total + width, 0);
      const isTight = wanted.reduce((total, width) => total + width, 0) > available;
      return (
        Math.abs(sum - available) < 1e-9 * available &&
        fitted.every((width, place) => width > 0 && (!isTight || width <= wanted[place]!))
      );
    }),
  );
});
