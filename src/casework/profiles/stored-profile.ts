import type { Profile } from '../../kinship/index.ts';
import type { FamilyProfiles } from '../../search/index.ts';

/** A stored profile with the place of its person: in a family, or of unknown origin. */
export type StoredProfile = {
  readonly profileId: string;
  readonly sampleId: string;
  readonly caseId: string;
  readonly familyId: string | null;
  readonly relation: 'father' | 'mother' | null;
  readonly profile: Profile;
};

/** A child and a family as they stand in the database. */
export type StoredPair = {
  readonly child: StoredProfile;
  readonly familyId: string;
  readonly members: readonly StoredProfile[];
};

/** The typed parents among a family's members. */
export function toFamilyProfiles(members: readonly StoredProfile[]): FamilyProfiles {
  return Object.fromEntries(
    members.flatMap(({ relation, profile }) => (relation ? [[relation, profile]] : [])),
  );
}
