import type { RecordKeys } from '../../platform/crypto/record-keys.ts';
import { type Database, lockByName } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import {
  deleteCandidates,
  findCandidatesOf,
  findCasesOf,
} from '../candidates/candidates.service.ts';
import { forgetFeatures } from '../case-features/case-features.service.ts';
import { refreshCases } from '../cases/cases.service.ts';
import { endConsents } from '../consents/consents.service.ts';
import { deleteFindingsOf } from '../findings/findings.service.ts';
import { unlinkTubes } from '../custody/custody.service.ts';
import { destroyIdentities } from '../identities/identities.service.ts';
import type { ProfilesService } from '../profiles/profiles.service.ts';
import { findHold } from '../retention/retention.service.ts';
import { forgetCandidates } from '../reunions/reunions.service.ts';
import { deleteReviews } from '../reviews/reviews.service.ts';
import { deleteRequests, insertRequests } from '../searches/search.service.ts';
import { deleteCanariesOf } from '../statistics/statistics.service.ts';
import { deletePairs } from '../sweeps/sweeps.service.ts';
import {
  deleteSample,
  findRemaining,
  findSample,
  findTombstone,
  hasSamples,
  insertTombstone,
  lockSample,
  type PresentSample,
  type SampleName,
  type Tombstone,
} from './withdrawals.repository.ts';

/** Why a sample was withdrawn, and who asked for it; null: nobody, its time had come. */
export type Withdrawal = Pick<Tombstone, 'cause' | 'requestedBy'>;

export type { Tombstone };

export type WithdrawalsService = ReturnType<typeof makeWithdrawalsService>;

/** Takes samples out for good, with everything that was derived from them. */
export function makeWithdrawalsService({
  db,
  recordKeys,
  profiles,
  onCommitted,
}: {
  db: Database;
  recordKeys: RecordKeys;
  profiles: ProfilesService;
  onCommitted: () => void;
}) {
  /**
   * One transaction. A search that judges the person or the family holds them against it, and its
   * candidates are seen and removed here; whoever judges afterwards finds nobody.
   */
  async function remove(name: SampleName, withdrawal: Withdrawal): Promise<boolean> {
    return db.transaction(async (tx) => {
      // One after the other: two whose people share candidates and findings would wait for each other.
      await lockByName(tx, 'withdrawals');
      const sample = await findSample(tx, name);
      if (!sample || !(await lockSample(tx, sample))) return false;
      if (await findHold(tx, sample.sampleId)) throw new HomewardError('SAMPLE_HELD');
      const scope = { sampleIds: [sample.sampleId], familyIds: [] };
      const theirs =
        sample.familyId === null ? scope : { sampleIds: [], familyIds: [sample.familyId] };
      const caseIds = await findCasesOf(tx, theirs);
      // Read under the lock: more loci of the person may have come while it was waited for.
      const profileIds = await profiles.findIds(tx, sample.sampleId);
      const candidates = await findCandidatesOf(tx, { ...sample, profileIds });
      await deletePairs(tx, candidates);
      await deleteReviews(tx, candidates);
      await forgetCandidates(tx, candidates);
      await deleteCanariesOf(tx, sample);
      await deleteCandidates(tx, candidates);
      await deleteRequests(tx, profileIds);
      await removePerson(tx, sample);
      const { sampleId, collectionPointId, code, caseId } = sample;
      await insertTombstone(tx, { sampleId, collectionPointId, code, caseId, candidates: candidates.length, ...withdrawal }); // prettier-ignore
      await refreshCases(tx, [caseId, ...caseIds]);
      return true;
    });
  }

  async function removePerson(tx: Database, sample: PresentSample): Promise<void> {
    await deleteFindingsOf(tx, sample.sampleId);
    await profiles.destroy(tx, sample.sampleId);
    await destroyIdentities(tx, recordKeys, [sample.sampleId]);
    await endConsents(tx, [sample.sampleId]);
    await unlinkTubes(tx, sample);
    await deleteSample(tx, sample);
    if (!(await hasSamples(tx, sample.caseId))) await forgetFeatures(tx, recordKeys, sample.caseId);
    // Whoever is left of the family may reach the threshold without them.
    if (sample.familyId !== null)
      await insertRequests(tx, await findRemaining(tx, sample.familyId));
  }

  async function read(collectionPointId: string, code: string): Promise<Tombstone> {
    const tombstone = await findTombstone(db, { collectionPointId, code });
    if (!tombstone) throw new HomewardError('NOT_FOUND');
    return tombstone;
  }

  return {
    /**
     * Withdraws a collection point's own sample. Asked again, it answers the same.
     * @returns the receipt; `replayed` when it was withdrawn before
     * @throws HomewardError NOT_FOUND for a foreign sample and for a missing one alike; SAMPLE_HELD
     */
    async withdraw(
      collectionPointId: string,
      code: string,
      requestedBy: string,
    ): Promise<{ tombstone: Tombstone; replayed: boolean }> {
      const removed = await remove({ collectionPointId, code }, { cause: 'consent-withdrawn', requestedBy }); // prettier-ignore
      if (removed) onCommitted();
      return { tombstone: await read(collectionPointId, code), replayed: !removed };
    },

    /**
     * Withdraws a sample whose time has come; one that is gone stays gone.
     * @throws HomewardError SAMPLE_HELD
     */
    async expire(sampleId: string): Promise<void> {
      const removed = await remove({ sampleId }, { cause: 'retention-ended', requestedBy: null });
      if (removed) onCommitted();
    },

    /** The receipt again, for the collection point whose sample it was. */
    read,
  };
}
