import { KinshipError } from './error.ts';

export type Sex = 'male' | 'female' | 'unknown';

/**
 * One person of a pedigree. A parent that is null is nobody in particular: the allele comes
 * straight from the population. An untyped parent who matters is a person without a profile.
 */
export type PedigreeMember = {
  readonly id: string;
  readonly father: string | null;
  readonly mother: string | null;
  readonly sex: Sex;
};

/** A family tree, everybody once. */
export type Pedigree = readonly PedigreeMember[];

/**
 * The members with every parent before their children.
 * @throws KinshipError PEDIGREE_INVALID: a name twice, a parent not in the pedigree or of the
 * wrong sex, or a person who is their own ancestor
 */
export function orderByGeneration(pedigree: Pedigree): PedigreeMember[] {
  const byId = new Map(pedigree.map((member) => [member.id, member]));
  if (byId.size !== pedigree.length) throw invalid('a person stands in the pedigree twice');

  const ordered: PedigreeMember[] = [];
  const placed = new Set<string>();
  const visit = (member: PedigreeMember, below: readonly string[]): void => {
    if (placed.has(member.id)) return;
    if (below.includes(member.id)) throw invalid(`${member.id} is their own ancestor`);
    for (const [parentId, wrongSex] of [
      [member.father, 'female'],
      [member.mother, 'male'],
    ] as const) {
      if (parentId === null) continue;
      const parent = byId.get(parentId);
      if (!parent) throw invalid(`${parentId}, a parent of ${member.id}, is missing`);
      if (parent.sex === wrongSex) throw invalid(`${parentId} is ${parent.sex}, see ${member.id}`);
      visit(parent, [...below, member.id]);
    }
    placed.add(member.id);
    ordered.push(member);
  };
  for (const member of pedigree) visit(member, []);
  return ordered;
}

/**
 * The pedigree as Familias reads it: untyped people without children say nothing and go, and so
 * do untyped founders with a single child, whose allele is then drawn from the population; again
 * and again until nobody is left to go.
 */
export function pruneUntypedFounders(pedigree: Pedigree, typed: ReadonlySet<string>): Pedigree {
  const childrenOf = (id: string): number =>
    pedigree.filter((member) => member.father === id || member.mother === id).length;
  const mayGo = ({ id, father, mother }: PedigreeMember): boolean => {
    const isFounder = father === null && mother === null;
    return !typed.has(id) && childrenOf(id) <= (isFounder ? 1 : 0);
  };
  const gone = new Set(pedigree.filter(mayGo).map(({ id }) => id));
  if (gone.size === 0) return pedigree;
  const keep = (parent: string | null): string | null =>
    parent !== null && gone.has(parent) ? null : parent;
  const left = pedigree
    .filter(({ id }) => !gone.has(id))
    .map((member) => ({ ...member, father: keep(member.father), mother: keep(member.mother) }));
  return pruneUntypedFounders(left, typed);
}

function invalid(what: string): KinshipError {
  return new KinshipError('PEDIGREE_INVALID', `The pedigree cannot be read: ${what}.`);
}
