import type { HypothesisPair } from './hypothesis.ts';
import type { Pedigree, PedigreeMember, Sex } from './pedigree.ts';

/** How two people may be related, apart from parent and child. The first stands first in each name. */
export const RELATIONSHIPS = [
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
  identical: 'are the same person or identical twins',
  'full-siblings': 'are full siblings',
  'paternal-half-siblings': 'are half siblings by their father',
  'maternal-half-siblings': 'are half siblings by their mother',
  grandparent: 'are grandparent and grandchild',
  avuncular: 'are uncle or aunt and nephew or niece',
  'first-cousins': 'are first cousins',
};

/**
 * «They are so related» against «they are unrelated». Where the sex of somebody in between is not
 * known the line goes through a man: the grandparent is the child's paternal one, the uncle or
 * aunt a sibling of the father.
 */
export function relationshipHypotheses(
  relationship: Relationship,
  a: string,
  b: string,
  sexOfA: Sex = 'unknown',
): HypothesisPair {
  return {
    h1: {
      text: `${a} and ${b} ${IN_WORDS[relationship]}`,
      pedigree: PEDIGREES[relationship](a, b, sexOfA),
    },
    h2: { text: `${a} and ${b} are unrelated`, pedigree: [founder(a), founder(b)] },
  };
}

/** Names that no sample has. */
const [FATHER, MOTHER, OTHER, ANOTHER, GRANDFATHER, GRANDMOTHER, UNCLE] = [
  'father',
  'mother',
  'other parent',
  'another parent',
  'grandfather',
  'grandmother',
  'uncle',
].map((name) => `(${name})`) as [string, string, string, string, string, string, string];

const PEDIGREES: Readonly<Record<Relationship, (a: string, b: string, sexOfA: Sex) => Pedigree>> = {
  identical: (a) => [founder(a)],
  'full-siblings': (a, b) => [
    founder(FATHER),
    founder(MOTHER),
    child(a, FATHER, MOTHER),
    child(b, FATHER, MOTHER),
  ],
  'paternal-half-siblings': (a, b) => [
    founder(FATHER),
    founder(OTHER),
    founder(ANOTHER),
    child(a, FATHER, OTHER),
    child(b, FATHER, ANOTHER),
  ],
  'maternal-half-siblings': (a, b) => [
    founder(MOTHER),
    founder(OTHER),
    founder(ANOTHER),
    child(a, OTHER, MOTHER),
    child(b, ANOTHER, MOTHER),
  ],
  grandparent: (a, b, sexOfA) => [
    founder(a),
    founder(OTHER),
    sexOfA === 'female' ? child(FATHER, OTHER, a) : child(FATHER, a, OTHER),
    founder(MOTHER),
    child(b, FATHER, MOTHER),
  ],
  avuncular: (a, b) => [
    founder(GRANDFATHER),
    founder(GRANDMOTHER),
    child(a, GRANDFATHER, GRANDMOTHER),
    child(FATHER, GRANDFATHER, GRANDMOTHER),
    founder(MOTHER),
    child(b, FATHER, MOTHER),
  ],
  'first-cousins': (a, b) => [
    founder(GRANDFATHER),
    founder(GRANDMOTHER),
    child(UNCLE, GRANDFATHER, GRANDMOTHER),
    child(FATHER, GRANDFATHER, GRANDMOTHER),
    founder(OTHER),
    founder(MOTHER),
    child(a, UNCLE, OTHER),
    child(b, FATHER, MOTHER),
  ],
};

function founder(id: string): PedigreeMember {
  return { id, father: null, mother: null, sex: 'unknown' };
}

function child(id: string, father: string, mother: string): PedigreeMember {
  return { id, father, mother, sex: 'unknown' };
}
