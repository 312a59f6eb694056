import t from 'tap';
import {
  FAMILY_RELATIONS,
  type FamilyRelation,
  familyHypotheses,
  orderByGeneration,
  type Pedigree,
} from '../../src/kinship/index.ts';

function relatives(...relations: FamilyRelation[]): { id: string; relation: FamilyRelation }[] {
  return relations.map((relation, place) => ({ id: `${place}`, relation }));
}

function parentsOf(pedigree: Pedigree, id: string): [string | null, string | null] {
  const { father, mother } = pedigree.find((one) => one.id === id)!;
  return [father, mother];
}

t.test('every relation makes a family that can be read, the person in it and beside it', (t) => {
  for (const relation of FAMILY_RELATIONS) {
    const { h1, h2 } = familyHypotheses('x', relatives(relation));
    for (const { pedigree } of [h1, h2]) {
      const ids = orderByGeneration(pedigree).map(({ id }) => id);
      t.ok(ids.includes('x') && ids.includes('0'), relation);
    }
    t.notSame(parentsOf(h1.pedigree, 'x'), [null, null], `${relation}: a child of the family`);
    t.same(parentsOf(h2.pedigree, 'x'), [null, null], `${relation}: a stranger`);
  }
  t.end();
});

t.test('a mother, a grandfather and two siblings', (t) => {
  const { h1, h2 } = familyHypotheses('x', relatives('mother', 'paternal-grandfather', 'sibling', 'sibling')); // prettier-ignore
  t.same(parentsOf(h1.pedigree, 'x'), ['(father)', '0']);
  t.same(parentsOf(h1.pedigree, '(father)'), ['1', '(paternal-grandmother)']);
  for (const { pedigree } of [h1, h2]) {
    t.same(parentsOf(pedigree, '2'), ['(father)', '0']);
    t.same(parentsOf(pedigree, '3'), ['(father)', '0']);
  }
  t.equal(
    h1.text,
    'x is the child of the family of 0 (mother), 1 (paternal-grandfather), 2 (sibling), 3 (sibling)',
  );
  t.equal(h2.text, 'x is unrelated to 0, 1, 2, 3');
  t.end();
});

t.test('half siblings and uncles hang on the right parent', (t) => {
  const { pedigree } = familyHypotheses('x', relatives('maternal-half-sibling', 'maternal-aunt', 'paternal-half-sibling')).h1; // prettier-ignore
  t.same(parentsOf(pedigree, '0'), ["(0's father)", '(mother)']);
  t.same(parentsOf(pedigree, '1'), ['(maternal-grandfather)', '(maternal-grandmother)']);
  t.same(parentsOf(pedigree, '(mother)'), ['(maternal-grandfather)', '(maternal-grandmother)']);
  t.same(parentsOf(pedigree, '2'), ['(father)', "(2's mother)"]);
  t.end();
});

t.test('a parent of unknown sex has the mean rates, and so has the other parent', (t) => {
  const { pedigree } = familyHypotheses('x', relatives('parent', 'sibling')).h1;
  t.same(parentsOf(pedigree, 'x'), ['0', '(other parent)']);
  t.same(parentsOf(pedigree, '1'), ['0', '(other parent)']);
  for (const id of ['0', '(other parent)']) {
    t.equal(pedigree.find((one) => one.id === id)!.sex, 'unknown');
  }
  t.end();
});

t.test('a family that cannot be is refused', (t) => {
  const refuses = (asked: { id: string; relation: FamilyRelation }[], what: string): void => {
    t.throws(() => familyHypotheses('x', asked), {
      code: 'PEDIGREE_INVALID',
      message: `The family cannot be read: ${what}.`,
    });
  };
  refuses([], 'nobody is named as a relative of x');
  refuses(relatives('father', 'father'), 'it has two of the relation father');
  refuses([{ id: 'x', relation: 'father' }], 'x stands in it twice');
  refuses(
    relatives('parent', 'mother'),
    'a parent of unknown sex cannot stand beside a mother; say father or mother',
  );
  t.end();
});
