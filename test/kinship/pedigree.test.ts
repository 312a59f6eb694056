import t from 'tap';
import {
  orderByGeneration,
  type Pedigree,
  type PedigreeMember,
  pruneUntypedFounders,
  type Sex,
} from '../../src/kinship/index.ts';

function member(
  id: string,
  sex: Sex = 'unknown',
  father: string | null = null,
  mother: string | null = null,
): PedigreeMember {
  return { id, sex, father, mother };
}

const ids = (pedigree: Pedigree): string[] => pedigree.map(({ id }) => id);

const THREE_GENERATIONS: Pedigree = [
  member('child', 'female', 'father', 'mother'),
  member('father', 'male', 'grandfather', 'grandmother'),
  member('mother', 'female'),
  member('grandfather', 'male'),
  member('grandmother', 'female'),
];

t.test('every parent comes before their children, everybody once', (t) => {
  for (const pedigree of [THREE_GENERATIONS, [...THREE_GENERATIONS].reverse()]) {
    const ordered = ids(orderByGeneration(pedigree));
    t.same([...ordered].sort(), ids(THREE_GENERATIONS).sort());
    for (const { id, father, mother } of THREE_GENERATIONS) {
      for (const parent of [father, mother]) {
        if (parent !== null)
          t.ok(ordered.indexOf(parent) < ordered.indexOf(id), `${parent}, ${id}`);
      }
    }
  }
  t.end();
});

t.test('cousins may have a child, and a parent of unknown sex may stand in either place', (t) => {
  const loop: Pedigree = [
    member('founder'),
    member('left', 'male', null, 'founder'),
    member('right', 'female', null, 'founder'),
    member('child', 'unknown', 'left', 'right'),
  ];
  t.same(ids(orderByGeneration(loop)), ['founder', 'left', 'right', 'child']);
  t.same(orderByGeneration([]), []);
  t.end();
});

t.test('a pedigree that cannot be is refused, and the message says where', (t) => {
  const refuses = (pedigree: Pedigree, message: string): void => {
    t.throws(() => orderByGeneration(pedigree), {
      name: 'KinshipError',
      code: 'PEDIGREE_INVALID',
      message: `The pedigree cannot be read: ${message}.`,
    });
  };
  refuses([member('a'), member('a')], 'a person stands in the pedigree twice');
  refuses([member('a', 'male', 'b')], 'b, a parent of a, is missing');
  refuses([member('a', 'male', 'b'), member('b', 'female')], 'b is female, see a');
  refuses([member('a', 'male', null, 'b'), member('b', 'male')], 'b is male, see a');
  refuses([member('a', 'male', 'a')], 'a is their own ancestor');
  refuses([member('a', 'male', 'b'), member('b', 'male', 'c'), member('c', 'male', 'a')], 'a is their own ancestor'); // prettier-ignore
  t.end();
});

t.test('an untyped founder with a single child is pruned', (t) => {
  const pruned = pruneUntypedFounders(THREE_GENERATIONS, new Set(['child', 'father']));
  t.same(ids(pruned), ['child', 'father']);
  t.same(pruned[0], member('child', 'female', 'father', null));
  t.same(pruned[1], member('father', 'male', null, null));
  t.end();
});

t.test('typed people, founders of several children and people with parents are kept', (t) => {
  t.same(
    pruneUntypedFounders(THREE_GENERATIONS, new Set(ids(THREE_GENERATIONS))),
    THREE_GENERATIONS,
  );
  const siblings: Pedigree = [
    member('mother', 'female'),
    member('one', 'male', null, 'mother'),
    member('two', 'male', null, 'mother'),
  ];
  t.same(pruneUntypedFounders(siblings, new Set(['one', 'two'])), siblings);
  const pruned = pruneUntypedFounders(THREE_GENERATIONS, new Set(['child', 'grandfather']));
  t.same(ids(pruned), ['child', 'father', 'grandfather'], 'an untyped father links the typed');
  t.end();
});
