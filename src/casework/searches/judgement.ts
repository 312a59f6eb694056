import type { Database } from '../../platform/database.ts';
import { saveCandidates } from '../candidates/candidate-writer.ts';
import { findStandingPairs, type PairScope } from '../candidates/candidates.service.ts';
import type { ReadyPolicy } from '../policies/policies.service.ts';
import type { ProfilesService } from '../profiles/profiles.service.ts';
import { groupByFamily, type StoredPair } from '../profiles/stored-profile.ts';
import type { Matcher, PairIds } from './matcher.ts';

type Judges = {
  readonly matcher: Matcher;
  readonly profiles: ProfilesService;
  readonly policy: ReadyPolicy;
};

/**
 * Judges pairs and keeps what comes of it, in the caller's transaction. Pairs that are candidates
 * already are judged again whether or not they were found: one that no longer reaches the threshold
 * lapses. Families are locked against new members meanwhile, and everybody against being withdrawn.
 * @param found what a scan of the index said; the database says who they are
 * @param scope whose candidates are in question
 * @param isMeant leaves out candidates of the scope that are not in question
 */
export async function judgePairs(
  tx: Database,
  { matcher, profiles, policy }: Judges,
  found: readonly PairIds[],
  scope: PairScope,
  isMeant: (pair: PairIds) => boolean = () => true,
): Promise<void> {
  const standing = (await findStandingPairs(tx, policy.id, scope)).filter(isMeant);
  const pairs = await loadPairs(tx, profiles, [...found, ...standing]);
  const judged = await matcher.judge(policy, pairs);
  await saveCandidates(tx, policy, pairs, judged);
}

/** Both sides of each pair afresh, each pair once. */
async function loadPairs(
  tx: Database,
  profiles: ProfilesService,
  wanted: readonly PairIds[],
): Promise<StoredPair[]> {
  const unique = new Map(wanted.map((pair) => [`${pair.sampleId} ${pair.familyId}`, pair]));
  const pairs = [...unique.values()];
  const familyIds = [...new Set(pairs.map(({ familyId }) => familyId))];
  const families = groupByFamily(await profiles.lockFamilies(tx, familyIds));
  const sampleIds = [...new Set(pairs.map(({ sampleId }) => sampleId))];
  const children = await profiles.lockSamples(tx, sampleIds);
  const childOf = new Map(children.map((child) => [child.sampleId, child]));
  return pairs.flatMap(({ sampleId, familyId }): StoredPair[] => {
    const child = childOf.get(sampleId);
    return child ? [{ child, familyId, members: families.get(familyId) ?? [] }] : [];
  });
}
