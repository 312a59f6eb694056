import fc from 'fast-check';
import t from 'tap';
import { compareFeatures } from '../../src/casework/case-features/circumstances.ts';
import { featureFaults, type Features } from '../../src/casework/case-features/features.ts';

const SEXES = ['male', 'female', 'unknown'] as const;
const said = (features: Partial<Features>): Features => ({
  sex: 'unknown',
  born: null,
  happened: null,
  division: null,
  ...features,
});

t.test('sex contradicts when one that is known differs, said or typed', (t) => {
  let compared = 0;
  for (const typed of SEXES) {
    for (const ofUnknown of SEXES) {
      for (const ofMissing of SEXES) {
        const { agreement, unknown } = compareFeatures(typed, said({ sex: ofUnknown }), said({ sex: ofMissing })); // prettier-ignore
        const isKnown = ofMissing !== 'unknown' && (typed !== 'unknown' || ofUnknown !== 'unknown');
        const other = ofMissing === 'male' ? 'female' : 'male';
        const expected = !isKnown ? 'unknown' : typed === other || ofUnknown === other ? 'contradicts' : 'agrees'; // prettier-ignore
        t.equal(agreement.sex, expected, `${typed}, ${ofUnknown} and ${ofMissing}`);
        t.match(unknown, { sex: ofUnknown, typedSex: typed }, 'and is shown as it is');
        compared++;
      }
    }
  }
  t.equal(compared, 27);
  t.end();
});

t.test('days of birth agree when there is one in common', (t) => {
  const day = (number: number) => `2011-05-${String(number).padStart(2, '0')}`;
  const span = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 4 }));
  fc.assert(
    fc.property(span, span, ([a, aMore], [b, bMore]) => {
      const born = (from: number, more: number) =>
        said({ born: { earliest: day(from), latest: day(from + more) } });
      const common = Array.from({ length: 20 }, (_, at) => at).some(
        (one) => one >= a && one <= a + aMore && one >= b && one <= b + bMore,
      );
      const { birth } = compareFeatures('male', born(a, aMore), born(b, bMore)).agreement;
      return birth === (common ? 'agrees' : 'contradicts');
    }),
  );
  t.equal(compareFeatures('male', said({}), undefined).agreement.birth, 'unknown');
  t.end();
});

t.test('nobody goes missing before they are born, and nothing lies in the future', (t) => {
  const fields = (features: Partial<Features>) =>
    featureFaults(said(features), '2026-03-01').map(({ field }) => field);
  const on = (earliest: string, latest = earliest) => ({ earliest, latest });
  t.same(fields({ born: on('2020-01-01'), happened: on('2020-01-01') }), []);
  t.same(fields({ born: on('2020-01-02'), happened: on('2020-01-01') }), ['happened.latest']);
  t.same(fields({ born: on('2020-01-02', '2020-02-01'), happened: on('2020-01-01', '2020-01-02') }), []); // prettier-ignore
  t.same(fields({ happened: on('2026-03-01') }), []);
  t.same(fields({ happened: on('2026-03-02'), born: on('1899-12-31') }), ['born.earliest', 'happened.latest']); // prettier-ignore
  t.end();
});
