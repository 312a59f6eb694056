import fc from 'fast-check';
import t from 'tap';
import {
  changedFields,
  mergeContent,
  POINT_FIELDS,
  type PointContent,
} from '../../web/src/administration/point-content.ts';

const text = fc.constantFrom('a', 'b', 'c');
const content: fc.Arbitrary<PointContent> = fc.record({
  name: text,
  division: text,
  address: fc.option(text),
  phone: fc.option(text),
  position: fc.option(
    fc.record({ latitude: fc.constantFrom(1, 2), longitude: fc.constantFrom(1, 2) }),
  ),
  monthlyQuota: fc.option(fc.constantFrom(0, 1)),
});

t.test('what one has written stays, and what somebody else has changed is not lost', (t) => {
  fc.assert(
    fc.property(content, content, content, (base, mine, theirs) => {
      const merged = mergeContent(base, mine, theirs);
      const touched = changedFields(base, mine);
      const from = (field: (typeof POINT_FIELDS)[number]) =>
        touched.includes(field) ? mine : theirs;
      return POINT_FIELDS.every(
        (field) => JSON.stringify(merged[field]) === JSON.stringify(from(field)[field]),
      );
    }),
  );
  t.end();
});

t.test('a position is the same in whatever order it is written', (t) => {
  const point = { name: 'a', division: 'b', address: null, phone: null, monthlyQuota: null };
  const here = { ...point, position: { latitude: 30, longitude: 104 } };
  t.same(changedFields(here, { ...point, position: { longitude: 104, latitude: 30 } }), []);
  t.same(changedFields(here, { ...point, position: null, monthlyQuota: 0 }), [
    'position',
    'monthlyQuota',
  ]);
  t.end();
});
