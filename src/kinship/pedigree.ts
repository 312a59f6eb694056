import { KinshipError } from './error.ts';

export type Sex = 'male' | 'female' | 'unknown';

/**
 * One person of a pedigree. A parent of unknown sex passes alleles on with the mean of a father's
 * and a mother's mutation rates, in whichever place they stand. A parent that is null is nobody in particular: the allele comes
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
 * wrong sex, one person as both parents, or a person who is their own ancestor
 */
export function orderByGeneration(pedigree: Pedigree): PedigreeMember[] {
  const byId = new Map(pedigree.map((member) => [member.id, member]));
  if (byId.size !== pedigree.length) throw invalid('a person stands in the pedigree twice');

  const ordered: PedigreeMember[] = [];
  const placed = new Set<string>();
  const visit = (member: PedigreeMember, below: readonly string[]): void => {
    if (placed.has(member.id)) return;
    if (below.includes(member.id)) throw invalid(`${member.id} is their own ancestor`);
    if (member.father !== null && member.father === member.mother) {
      throw invalid(`${member.father} is both parents of ${member.id}`);
    }
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
  return prune(pedigree, (member, children) => {
    return !typed.has(member.id) && children <= (isFounder(member) ? 1 : 0);
  });
}

/** The pedigree without untyped people who have no typed descendant: they change no likelihood. */
export function pruneChildless(pedigree: Pedigree, typed: ReadonlySet<string>): Pedigree {
  return prune(pedigree, ({ id }, children) => !typed.has(id) && children === 0);
}

export function isFounder({ father, mother }: PedigreeMember): boolean {
  return father === null && mother === null;
}

/** How often each person is somebody's parent. */
export function countChildren(pedigree: Pedigree): Map<string, number> {
  const children = new Map<string, number>();
  for (const { father, mother } of pedigree) {
    for (const parent of [father, mother]) {
      if (parent !== null) children.set(parent, (children.get(parent) ?? 0) + 1);
    }
  }
  return children;
}

function prune(
  pedigree: Pedigree,
  mayGo: (member: PedigreeMember, children: number) => boolean,
): Pedigree {
  const children = countChildren(pedigree);
  const gone = new Set(
    pedigree.filter((one) => mayGo(one, children.get(one.id) ?? 0)).map(({ id }) => id),
  );
  if (gone.size === 0) return pedigree;
  const keep = (parent: string | null): string | null =>
    parent !== null && gone.has(parent) ? null : parent;
  const left = pedigree
    .filter(({ id }) => !gone.has(id))
    .map((member) => ({ ...member, father: keep(member.father), mother: keep(member.mother) }));
  return prune(left, mayGo);
}

function invalid(what: string): KinshipError {
  return new KinshipError('PEDIGREE_INVALID', `The pedigree cannot be read: ${what}.`);
}
