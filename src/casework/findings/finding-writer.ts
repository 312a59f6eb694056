import type { Database } from '../../platform/database.ts';
import { type Agreement, compareGenotypes, mayBeOnePerson } from '../../search/index.ts';
import type { ProfilesService } from '../profiles/profiles.service.ts';
import type { StaffReader } from '../staff-profiles/staff-reader.ts';
import { insertFindings, type NewFinding } from './findings.repository.ts';

/** A sample, and whose genotypes it shows besides: of another sample, or of staff. */
export type AlikePair =
  | { readonly sampleId: string; readonly otherSampleId: string }
  | { readonly sampleId: string; readonly staffProfileId: string };

/**
 * Keeps pairs as findings, in the caller's transaction. Each is compared once more with what is stored, and
 * both sides are locked against being withdrawn meanwhile; who is gone is in no finding.
 */
export async function saveFindings(
  tx: Database,
  { profiles, staff }: { profiles: ProfilesService; staff: StaffReader },
  pairs: readonly AlikePair[],
): Promise<void> {
  if (pairs.length === 0) return;
  const sampleIds = pairs.flatMap((pair) =>
    'otherSampleId' in pair ? [pair.sampleId, pair.otherSampleId] : [pair.sampleId],
  );
  const staffIds = pairs.flatMap((pair) => ('staffProfileId' in pair ? [pair.staffProfileId] : []));
  const people = await profiles.lockSamples(tx, [...new Set(sampleIds)]);
  const handlers = await staff.lock(tx, [...new Set(staffIds)]);
  const profileOf = new Map([
    ...people.map(({ sampleId, profile }) => [sampleId, profile] as const),
    ...handlers.map(({ staffProfileId, profile }) => [staffProfileId, profile] as const),
  ]);

  function agreementOf(one: string, other: string): Agreement | null {
    const [a, b] = [profileOf.get(one), profileOf.get(other)];
    const agreement = a && b ? compareGenotypes(a, b) : null;
    return agreement && mayBeOnePerson(agreement) ? agreement : null;
  }

  const found = new Map<string, NewFinding>();
  for (const pair of pairs) {
    const [sampleId, other] = inOrder(pair);
    const agreement = agreementOf(sampleId, other);
    if (!agreement) continue;
    const isStaff = 'staffProfileId' in pair;
    found.set(`${sampleId} ${other}`, {
      sampleId,
      otherSampleId: isStaff ? null : other,
      staffProfileId: isStaff ? other : null,
      ...agreement,
    });
  }
  // One order for everybody, so that two transactions never wait for each other.
  const keys = [...found.keys()].sort();
  await insertFindings(tx, keys.flatMap((key) => found.get(key) ?? [])); // prettier-ignore
}

/** Of two samples the smaller id first: a pair is one, whoever was looked for. */
function inOrder(pair: AlikePair): [string, string] {
  if ('staffProfileId' in pair) return [pair.sampleId, pair.staffProfileId];
  const { sampleId, otherSampleId } = pair;
  return sampleId < otherSampleId ? [sampleId, otherSampleId] : [otherSampleId, sampleId];
}
