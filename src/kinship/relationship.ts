import { founder, type Hypothesis } from './hypothesis.ts';
import type { Pedigree, PedigreeMember, Sex } from './pedigree.ts';

/** How two people may be related. The first stands first in each name. */
export const RELATIONSHIPS = [
  'parent-child',
  'identical',
  'full-siblings',
  'paternal-half-siblings',
  'maternal-half-siblings',
  'grandparent',
  'avuncular',
  'first-cousins',
] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];

const IN_WORDS: Readonly<Record<Relationship, string>> = {
  'parent-child': 'are parent and child',
  identical: 'are the same person or identical twins',
  'full-siblings': 'are full siblings',
  'paternal-half-siblings': 'are half siblings by their father',
  'maternal-half-siblings': 'are half siblings by their mother',
  grandparent: 'are grandparent and grandchild',
  avuncular: 'are uncle or aunt and nephew or niece',
  'first-cousins': 'are first cousins',
};

/**
 * «They are so related». Where the sex of somebody in between is not known the line goes through a
 * man: the grandparent is the child's paternal one, the uncle or aunt a sibling of the father.
 */
export function relationshipHypothesis(
  relationship: Relationship,
  a: string,
  b: string,
  sexOfA: Sex = 'unknown',
): Hypothesis {
  return {
    text: `${a} and ${b} ${IN_WORDS[relationship]}`,
    pedigree: PEDIGREES[relationship](a, b, sexOfA),
    sameAs: relationship === 'identical' ? { [b]: a } : undefined,
  };
}

/** «They are unrelated». */
export function unrelatedHypothesis(a: string, b: string): Hypothesis {
  return {
    text: `${a} and ${b} are unrelated`,
    pedigree: [founder(a, 'unknown'), founder(b, 'unknown')],
  };
}

/** Names that no sample has. */
const FATHER = '(father)';
const MOTHER = '(mother)';
const OTHER = '(other parent)';
const ANOTHER = '(another parent)';
const GRANDFATHER = '(grandfather)';
const GRANDMOTHER = '(grandmother)';
const UNCLE = '(uncle)';

const OTHER_SEX: Readonly<Record<Sex, Sex>> = {
  male: 'female',
  female: 'male',
  unknown: 'unknown',
};

const PEDIGREES: Readonly<Record<Relationship, (a: string, b: string, sexOfA: Sex) => Pedigree>> = {
  'parent-child': (a, b, sexOfA) => [
    founder(a, sexOfA),
    founder(OTHER, OTHER_SEX[sexOfA]),
    sexOfA === 'female' ? child(b, OTHER, a) : child(b, a, OTHER),
  ],
  identical: (a) => [founder(a, 'unknown')],
  'full-siblings': (a, b) => [
    founder(FATHER, 'male'),
    founder(MOTHER, 'female'),
    child(a, FATHER, MOTHER),
    child(b, FATHER, MOTHER),
  ],
  'paternal-half-siblings': (a, b) => [
    founder(FATHER, 'male'),
    founder(OTHER, 'female'),
    founder(ANOTHER, 'female'),
    child(a, FATHER, OTHER),
    child(b, FATHER, ANOTHER),
  ],
  'maternal-half-siblings': (a, b) => [
    founder(MOTHER, 'female'),
    founder(OTHER, 'male'),
    founder(ANOTHER, 'male'),
    child(a, OTHER, MOTHER),
    child(b, ANOTHER, MOTHER),
  ],
  grandparent: (a, b, sexOfA) => [
    founder(a, sexOfA),
    founder(OTHER, OTHER_SEX[sexOfA]),
    sexOfA === 'female' ? child(FATHER, OTHER, a, 'male') : child(FATHER, a, OTHER, 'male'),
    founder(MOTHER, 'female'),
    child(b, FATHER, MOTHER),
  ],
  avuncular: (a, b, sexOfA) => [
    founder(GRANDFATHER, 'male'),
    founder(GRANDMOTHER, 'female'),
    child(a, GRANDFATHER, GRANDMOTHER, sexOfA),
    child(FATHER, GRANDFATHER, GRANDMOTHER, 'male'),
    founder(MOTHER, 'female'),
    child(b, FATHER, MOTHER),
  ],
  'first-cousins': (a, b) => [
    founder(GRANDFATHER, 'male'),
    founder(GRANDMOTHER, 'female'),
    child(UNCLE, GRANDFATHER, GRANDMOTHER, 'male'),
    child(FATHER, GRANDFATHER, GRANDMOTHER, 'male'),
    founder(OTHER, 'female'),
    founder(MOTHER, 'female'),
    child(a, UNCLE, OTHER),
    child(b, FATHER, MOTHER),
  ],
};

function child(id: string, father: string, mother: string, sex: Sex = 'unknown'): PedigreeMember {
  return { id, father, mother, sex };
}
