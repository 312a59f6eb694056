import type { Database } from '../../platform/database.ts';
import { compareGenotypes, mayBeOnePerson } from '../../search/index.ts';
import type { AlikePair } from '../findings/finding-writer.ts';
import type { StoredProfile } from '../profiles/stored-profile.ts';
import type { StaffProfile, StaffReader } from '../staff-profiles/staff-reader.ts';
import type { Matcher } from './matcher.ts';

/**
 * Who shows the genotypes of somebody else: people against everybody and against the staff, and staff
 * against everybody. Staff stand in no index: they are read for each search.
 * @param people whose place in the index may have changed, families whole: whoever else looks for one of
 *   them at this moment may miss them
 */
export async function findAlike(
  db: Database,
  { matcher, staff }: { matcher: Matcher; staff: StaffReader },
  people: readonly StoredProfile[],
  lookedFor: readonly StaffProfile[],
): Promise<AlikePair[]> {
  const found = await matcher.scanPeople([...people, ...lookedFor].map(({ profile }) => profile));
  const handlers = people.length === 0 ? [] : await staff.readAll(db);
  return [
    ...people.flatMap(({ sampleId }, place) =>
      (found[place] ?? [])
        .filter((other) => other !== sampleId)
        .map((otherSampleId) => ({ sampleId, otherSampleId })),
    ),
    ...lookedFor.flatMap(({ staffProfileId }, place) =>
      (found[people.length + place] ?? []).map((sampleId) => ({ sampleId, staffProfileId })),
    ),
    ...people.flatMap(({ sampleId, profile }) =>
      handlers
        .filter((one) => mayBeOnePerson(compareGenotypes(profile, one.profile)))
        .map(({ staffProfileId }) => ({ sampleId, staffProfileId })),
    ),
  ];
}
