import type { Database } from '../../platform/database.ts';
import { type Agreement, compareGenotypes, mayBeOnePerson } from '../../search/index.ts';
import type { ProfilesService } from '../profiles/profiles.service.ts';
import type { StaffReader } from '../staff-profiles/staff-reader.ts';
import {
  dropOpenFindings,
  type FindingPair,
  findStandingOf,
  keepFindings,
  type NewFinding,
} from './findings.repository.ts';

/** A sample, and whose genotypes it shows besides: of another sample, or of staff. */
export type AlikePair =
  | { readonly sampleId: string; readonly otherSampleId: string }
  | { readonly sampleId: string; readonly staffProfileId: string };

type Readers = { readonly profiles: ProfilesService; readonly staff: StaffReader };

/**
 * Keeps pairs as findings, in the caller's transaction. Each is compared once more with what is stored, and
 * both sides are locked against being withdrawn meanwhile; who is gone is in no finding. Findings follow what
 * is typed later: those of whoever was searched are counted anew, and open ones that no longer hold are dropped.
 * @param searched samples of which the pairs are all that a search has found
 */
export async function saveFindings(
  tx: Database,
  readers: Readers,
  pairs: readonly AlikePair[],
  searched: readonly string[],
): Promise<void> {
  const standing = await findStandingOf(tx, searched);
  const all = new Map([...standing, ...pairs].map(inOrder).map((pair) => [keyOf(pair), pair]));
  if (all.size === 0) return;
  // One order for everybody, so that two transactions never wait for each other.
  const ordered = [...all.keys()].sort().flatMap((key) => all.get(key) ?? []);
  const agreements = await compareStored(tx, readers, ordered);
  const refuted = standing.filter((pair) => agreements.get(keyOf(pair)) === null);
  await dropOpenFindings(
    tx,
    refuted.map(({ id }) => id),
  );
  await keepFindings(
    tx,
    ordered.flatMap((pair): NewFinding[] => {
      const agreement = agreements.get(keyOf(pair));
      return agreement ? [{ ...pair, ...agreement }] : [];
    }),
  );
}

/** By pair in how far it agrees, null where that is not one person's; none where one of the two is gone. */
async function compareStored(
  tx: Database,
  { profiles, staff }: Readers,
  pairs: readonly FindingPair[],
): Promise<Map<string, Agreement | null>> {
  const sampleIds = pairs.flatMap(({ sampleId, otherSampleId }) =>
    otherSampleId === null ? [sampleId] : [sampleId, otherSampleId],
  );
  const people = await profiles.lockSamples(tx, [...new Set(sampleIds)]);
  const staffIds = pairs.flatMap(({ staffProfileId }) => staffProfileId ?? []);
  const handlers = await staff.lock(tx, [...new Set(staffIds)]);
  const profileOf = new Map([
    ...people.map(({ sampleId, profile }) => [sampleId, profile] as const),
    ...handlers.map(({ staffProfileId, profile }) => [staffProfileId, profile] as const),
  ]);
  const agreements = new Map<string, Agreement | null>();
  for (const pair of pairs) {
    const one = profileOf.get(pair.sampleId);
    const other = profileOf.get(pair.otherSampleId ?? pair.staffProfileId ?? '');
    if (!one || !other) continue;
    const agreement = compareGenotypes(one, other);
    agreements.set(keyOf(pair), mayBeOnePerson(agreement) ? agreement : null);
  }
  return agreements;
}

function keyOf({ sampleId, otherSampleId, staffProfileId }: FindingPair): string {
  return `${sampleId} ${otherSampleId ?? staffProfileId ?? ''}`;
}

/** Of two samples the smaller id first: a pair is one, whoever was looked for. */
function inOrder(pair: AlikePair | FindingPair): FindingPair {
  const { sampleId } = pair;
  const otherSampleId = 'otherSampleId' in pair ? pair.otherSampleId : null;
  if (otherSampleId === null) {
    const staffProfileId = 'staffProfileId' in pair ? pair.staffProfileId : null;
    return { sampleId, otherSampleId, staffProfileId };
  }
  const [smaller, larger] = sampleId < otherSampleId ? [sampleId, otherSampleId] : [otherSampleId, sampleId]; // prettier-ignore
  return { sampleId: smaller, otherSampleId: larger, staffProfileId: null };
}
