import type { Logger } from 'pino';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { findPartnerCases } from '../candidates/candidates.service.ts';
import { refreshCases } from '../cases/cases.service.ts';
import type { PoliciesService, ReadyPolicy } from '../policies/policies.service.ts';
import { findFamilyProfiles, findProfiles } from '../profiles/profiles.service.ts';
import type { StoredProfile } from '../profiles/stored-profile.ts';
import { failureOf, isFinal } from './failure.ts';
import { judgePairs } from './judgement.ts';
import type { Matcher, PairIds } from './matcher.ts';
import {
  failRequest,
  finishRequest,
  type SearchRequestRow,
  startAttempts,
} from './search-requests.repository.ts';

/** Carries out search requests: scan the index, judge the survivors, keep the candidates. */
export function makeSearchService({
  db,
  matcher,
  policies,
  log,
}: {
  db: Database;
  matcher: Matcher;
  policies: PoliciesService;
  log: Logger;
}) {
  let stopping = false;

  async function carryOut({ id, profileId }: SearchRequestRow, policy: ReadyPolicy): Promise<void> {
    const [subject] = await findProfiles(db, [profileId]);
    if (!subject) throw new HomewardError('PROFILE_UNREADABLE');
    const { sampleId, familyId, caseId } = subject;
    const found = await scan(subject, policy);
    const scope = familyId === null ? { sampleIds: [sampleId] } : { familyId };
    await db.transaction(async (tx) => {
      await judgePairs(tx, { matcher, policy }, found, scope);
      await finishRequest(tx, id, policy.id);
      await refreshCases(tx, [caseId, ...(await findPartnerCases(tx, subject))]);
    });
  }

  async function scan(subject: StoredProfile, policy: ReadyPolicy): Promise<PairIds[]> {
    const { familyId } = subject;
    if (familyId === null) return matcher.scanFamilies(policy, [subject]);
    return matcher.scanUnknowns(policy, familyId, await findFamilyProfiles(db, [familyId]));
  }

  return {
    /**
     * Carries out the requests that are still pending. Doing one twice changes nothing: what is
     * written depends on the stored profiles alone, and one that is done is passed over.
     * @throws when something failed that may pass, such as a lost connection: try the job again
     */
    async process(requestIds: readonly number[]): Promise<void> {
      const policy = await policies.findActive();
      if (!policy) return;
      let trouble: Error | null = null;
      for (const request of await startAttempts(db, requestIds)) {
        // What is left stays pending and is offered again.
        if (stopping) return;
        try {
          await carryOut(request, policy);
        } catch (error) {
          log.error({ err: error, requestId: request.id }, 'a search request failed');
          if (isFinal(error, request.attempts)) {
            await failRequest(db, request.id, failureOf(error));
          } else {
            trouble = new Error(`search request ${request.id} failed`, { cause: error });
          }
        }
      }
      if (trouble) throw trouble;
    },

    /** Lets the request under way come to its end and begins no other. */
    stop(): void {
      stopping = true;
    },
  };
}
