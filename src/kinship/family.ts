import { KinshipError } from './error.ts';
import { founder, type HypothesisPair } from './hypothesis.ts';
import type { PedigreeMember, Sex } from './pedigree.ts';

/** How a relative is related to the missing child. */
export const FAMILY_RELATIONS = [
  'father',
  'mother',
  'parent',
  'sibling',
  'paternal-half-sibling',
  'maternal-half-sibling',
  'paternal-grandfather',
  'paternal-grandmother',
  'maternal-grandfather',
  'maternal-grandmother',
  'paternal-uncle',
  'paternal-aunt',
  'maternal-uncle',
  'maternal-aunt',
] as const;
export type FamilyRelation = (typeof FAMILY_RELATIONS)[number];

/** A relative by name. */
export type Relative = { readonly id: string; readonly relation: FamilyRelation };

/** Those of whom there can be one. */
type Ancestor = Exclude<
  FamilyRelation,
  'parent' | 'sibling' | `${string}-half-sibling` | `${string}-uncle` | `${string}-aunt`
>;

const ANCESTORS: Readonly<Record<Ancestor, Sex>> = {
  father: 'male',
  mother: 'female',
  'paternal-grandfather': 'male',
  'paternal-grandmother': 'female',
  'maternal-grandfather': 'male',
  'maternal-grandmother': 'female',
};

/**
 * «The person is the child that this family misses» against «the person is unrelated to it». The
 * relatives are related to each other in both, as they say. A parent whose sex nobody knows
 * (`parent`) can have siblings of the child beside them and nobody else.
 * @param relatives at least one
 * @throws KinshipError PEDIGREE_INVALID when a relative stands twice, or two are the father
 */
export function familyHypotheses(person: string, relatives: readonly Relative[]): HypothesisPair {
  checkRelatives(person, relatives);
  const names = relatives.map(({ id }) => id).join(', ');
  const roles = relatives.map(({ id, relation }) => `${id} (${relation})`).join(', ');
  return {
    h1: {
      text: `${person} is the child of the family of ${roles}`,
      pedigree: drawFamily(relatives, person),
    },
    h2: {
      text: `${person} is unrelated to ${names}`,
      pedigree: [...drawFamily(relatives, '(missing child)'), founder(person, 'unknown')],
    },
  };
}

function checkRelatives(person: string, relatives: readonly Relative[]): void {
  const refuse = (what: string): never => {
    throw new KinshipError('PEDIGREE_INVALID', `The family cannot be read: ${what}.`);
  };
  if (relatives.length === 0) refuse(`nobody is named as a relative of ${person}`);
  const ids = [person, ...relatives.map(({ id }) => id)];
  const twice = ids.find((id, place) => ids.indexOf(id) < place);
  if (twice !== undefined) refuse(`${twice} stands in it twice`);
  const relations = relatives.map(({ relation }) => relation);
  const doubled = relations.find(
    (relation, place) =>
      (relation in ANCESTORS || relation === 'parent') && relations.indexOf(relation) < place,
  );
  if (doubled !== undefined) refuse(`it has two of the relation ${doubled}`);
  const beside = relations.find((relation) => relation !== 'parent' && relation !== 'sibling');
  if (relations.includes('parent') && beside !== undefined) {
    refuse(`a parent of unknown sex cannot stand beside a ${beside}; say father or mother`);
  }
}

/** The whole tree that the relatives ask for, the child under the name given. */
function drawFamily(relatives: readonly Relative[], child: string): PedigreeMember[] {
  const idOf = (ancestor: Ancestor | 'parent'): string =>
    relatives.find(({ relation }) => relation === ancestor)?.id ?? `(${ancestor})`;
  const asks = (side: 'paternal' | 'maternal'): boolean =>
    relatives.some(
      ({ relation }) => relation.startsWith(side) && relation !== `${side}-half-sibling`,
    );
  const isSexed = !relatives.some(({ relation }) => relation === 'parent');
  const members: PedigreeMember[] = [];
  const [father, mother] = isSexed
    ? [idOf('father'), idOf('mother')]
    : [idOf('parent'), '(other parent)'];
  for (const side of ['paternal', 'maternal'] as const) {
    const [id, sex] = side === 'paternal' ? ([father, 'male'] as const) : ([mother, 'female'] as const); // prettier-ignore
    if (!asks(side)) members.push(founder(id, isSexed ? sex : 'unknown'));
    else {
      const [grandfather, grandmother] = [`${side}-grandfather`, `${side}-grandmother`] as const;
      members.push(founder(idOf(grandfather), 'male'), founder(idOf(grandmother), 'female'));
      members.push({ id, father: idOf(grandfather), mother: idOf(grandmother), sex });
    }
  }
  members.push({ id: child, father, mother, sex: 'unknown' });
  return [
    ...members,
    ...relatives.flatMap((relative) => drawCollateral(relative, father, mother, idOf)),
  ];
}

/** Siblings, half siblings, uncles and aunts; ancestors stand in the tree already. */
function drawCollateral(
  { id, relation }: Relative,
  father: string,
  mother: string,
  idOf: (ancestor: Ancestor) => string,
): PedigreeMember[] {
  const [spouse, other] = [`(${id}'s mother)`, `(${id}'s father)`];
  switch (relation) {
    case 'sibling':
      return [{ id, father, mother, sex: 'unknown' }];
    case 'paternal-half-sibling':
      return [founder(spouse, 'female'), { id, father, mother: spouse, sex: 'unknown' }];
    case 'maternal-half-sibling':
      return [founder(other, 'male'), { id, father: other, mother, sex: 'unknown' }];
    case 'paternal-uncle':
    case 'paternal-aunt':
    case 'maternal-uncle':
    case 'maternal-aunt': {
      const side = relation.startsWith('paternal') ? 'paternal' : 'maternal';
      const parents = {
        father: idOf(`${side}-grandfather`),
        mother: idOf(`${side}-grandmother`),
      };
      return [{ id, ...parents, sex: relation.endsWith('uncle') ? 'male' : 'female' }];
    }
    default:
      return [];
  }
}
