import fc from 'fast-check';
import t from 'tap';
import {
  layOutPedigree,
  type Member,
  type Relation,
} from '../../web/src/candidates/pedigree-layout.ts';

const ONCE: readonly Relation[] = [
  'father',
  'mother',
  'paternal-grandfather',
  'paternal-grandmother',
  'maternal-grandfather',
  'maternal-grandmother',
];
const SEVERAL: readonly Relation[] = [
  'sibling',
  'paternal-half-sibling',
  'maternal-half-sibling',
  'paternal-uncle',
  'paternal-aunt',
  'maternal-uncle',
  'maternal-aunt',
];

const families = fc
  .tuple(fc.subarray([...ONCE]), fc.array(fc.constantFrom(...SEVERAL), { maxLength: 8 }))
  .map(([once, several]) =>
    [...once, ...several].map((relation, place): Member => ({
      sampleId: `S${place}`,
      relation,
      counts: true,
    })),
  );

t.test('everybody stands somewhere, nobody on another, all within the drawing', async () => {
  fc.assert(
    fc.property(families, (members) => {
      const { symbols, columns, generations } = layOutPedigree(members);
      const drawn = symbols.flatMap(({ sampleId }) => sampleId ?? []);
      const places = symbols.map(({ x, y }) => ({ x, y }));
      const apart = places.every((one, at) =>
        places.slice(at + 1).every((other) => one.y !== other.y || Math.abs(one.x - other.x) > 0.9),
      );
      const within = places.every(
        ({ x, y }) => x >= 0 && x <= columns - 1 && y >= 0 && y < generations,
      );
      return (
        drawn.length === members.length && new Set(drawn).size === drawn.length && apart && within
      );
    }),
  );
});

t.test('parents stand there whether or not they are typed', (t) => {
  const { symbols } = layOutPedigree([{ sampleId: 'M', relation: 'mother', counts: true }]);
  t.match(
    symbols.map(({ relation, shape, isTyped }) => ({ relation, shape, isTyped })),
    [
      { relation: 'father', shape: 'square', isTyped: false },
      { relation: 'mother', shape: 'circle', isTyped: true },
      { relation: null, shape: 'diamond', isTyped: true },
    ],
  );
  t.end();
});
