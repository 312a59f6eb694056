import { type Relation, RELATIONS } from '../../formats/relation.ts';
import type { Profile } from '../../kinship/index.ts';
import type { Family } from '../../search/index.ts';

/** A stored profile with the place of its person: in a family, or of unknown origin. */
export type StoredProfile = {
  readonly profileId: string;
  readonly sampleId: string;
  readonly caseId: string;
  readonly familyId: string | null;
  readonly relation: Relation | null;
  readonly profile: Profile;
};

/** A child and a family as they stand in the database. */
export type StoredPair = {
  readonly child: StoredProfile;
  readonly familyId: string;
  readonly members: readonly StoredProfile[];
};

/** By family its members. */
export type StoredFamilies = ReadonlyMap<string, readonly StoredProfile[]>;

export function groupByFamily(relatives: readonly StoredProfile[]): StoredFamilies {
  const families = new Map<string, StoredProfile[]>();
  for (const relative of relatives) {
    if (relative.familyId === null) continue;
    const family = families.get(relative.familyId);
    if (family) family.push(relative);
    else families.set(relative.familyId, [relative]);
  }
  return families;
}

/** A family's members as a candidate names them: father, mother, then the others by relation. */
export function inFamilyOrder(members: readonly StoredProfile[]): StoredProfile[] {
  const place = ({ relation }: StoredProfile): number =>
    relation === null ? -1 : RELATIONS.indexOf(relation);
  return [...members].sort((a, b) => place(a) - place(b) || (a.sampleId < b.sampleId ? -1 : 1));
}

/** Members as the search compares them, in the same order. */
export function toFamily(members: readonly StoredProfile[]): Family {
  return members.flatMap(({ relation, profile }) => (relation ? [{ relation, profile }] : []));
}
