import type { Pedigree, PedigreeMember } from '../kinship/index.ts';
import type { Relation } from './relation.ts';

type Side = 'paternal' | 'maternal';

/**
 * What one member of a pedigree is to another, of the relations that we know: the oneself, descendants, spouses
 * and whoever is further off are nothing. A parent who is not in the pedigree is somebody else for every child,
 * as Familias has it, so that brothers of whom one parent is drawn are half brothers.
 * @param child whose relatives are looked for
 * @returns several where the pedigree has loops
 */
export function relationsTo(
  members: ReadonlyMap<string, PedigreeMember>,
  child: PedigreeMember,
  member: PedigreeMember,
): Relation[] {
  if (member.id === child.id) return [];
  const relations: Relation[] = [];
  const father = parentOf(members, child, 'paternal');
  const mother = parentOf(members, child, 'maternal');
  if (member.id === father?.id) relations.push('father');
  if (member.id === mother?.id) relations.push('mother');
  relations.push(...siblingOf(child, member));
  if (father) relations.push(...kinOfParent(father, 'paternal', member));
  if (mother) relations.push(...kinOfParent(mother, 'maternal', member));
  return relations;
}

/** The members of a pedigree by their ids. */
export function membersById(pedigree: Pedigree): ReadonlyMap<string, PedigreeMember> {
  return new Map(pedigree.map((member) => [member.id, member]));
}

function parentOf(
  members: ReadonlyMap<string, PedigreeMember>,
  { father, mother }: PedigreeMember,
  side: Side,
): PedigreeMember | undefined {
  const id = side === 'paternal' ? father : mother;
  return id === null ? undefined : members.get(id);
}

function siblingOf(child: PedigreeMember, member: PedigreeMember): Relation[] {
  const sharesFather = child.father !== null && child.father === member.father;
  const sharesMother = child.mother !== null && child.mother === member.mother;
  if (sharesFather && sharesMother) return ['sibling'];
  if (sharesFather) return ['paternal-half-sibling'];
  return sharesMother ? ['maternal-half-sibling'] : [];
}

/** Grandparents, and full siblings of the parent. */
function kinOfParent(parent: PedigreeMember, side: Side, member: PedigreeMember): Relation[] {
  const relations: Relation[] = [];
  if (member.id === parent.father) relations.push(`${side}-grandfather`);
  if (member.id === parent.mother) relations.push(`${side}-grandmother`);
  if (member.id !== parent.id && siblingOf(parent, member)[0] === 'sibling') {
    relations.push(member.sex === 'female' ? `${side}-aunt` : `${side}-uncle`);
  }
  return relations;
}
