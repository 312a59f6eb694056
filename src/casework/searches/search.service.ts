import type { Logger } from 'pino';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { findCasesOf } from '../candidates/candidates.service.ts';
import { refreshCases } from '../cases/cases.service.ts';
import { saveFindings } from '../findings/finding-writer.ts';
import type { PoliciesService, ReadyPolicy } from '../policies/policies.service.ts';
import type { ProfilesService } from '../profiles/profiles.service.ts';
import { groupByFamily } from '../profiles/stored-profile.ts';
import type { StaffReader } from '../staff-profiles/staff-reader.ts';
import { findAlike } from './alike.ts';
import { failureOf, isFinal } from './failure.ts';
import { judgePairs } from './judgement.ts';
import type { Matcher } from './matcher.ts';
import {
  failRequest,
  finishRequests,
  isThere,
  type SearchRequestRow,
  startAttempts,
} from './search-requests.repository.ts';

export {
  deleteRequests,
  deleteStaffRequests,
  insertRequests,
  insertStaffRequest,
} from './search-requests.repository.ts';

/**
 * Carries out search requests: scan the index, judge the survivors, keep the candidates, and keep whoever
 * shows the genotypes of somebody else as a finding.
 */
export function makeSearchService({
  db,
  matcher,
  policies,
  profiles,
  staff,
  log,
}: {
  db: Database;
  matcher: Matcher;
  policies: PoliciesService;
  profiles: ProfilesService;
  staff: StaffReader;
  log: Logger;
}) {
  let stopping = false;

  /**
   * Carries requests out together. Where that fails, each is tried alone: most often one of them is at
   * fault, and the others go on.
   * @returns what stopped some of them and may pass
   */
  async function carryOut(
    requests: readonly SearchRequestRow[],
    policy: ReadyPolicy,
  ): Promise<Error | null> {
    const [first, ...others] = requests;
    if (!first) return null;
    try {
      await search(requests, policy);
      return null;
    } catch (error) {
      if (others.length === 0) return putAside(first, error);
    }
    let trouble: Error | null = null;
    for (const request of requests) {
      // What is left stays pending and is offered again.
      if (stopping) break;
      trouble = (await carryOut([request], policy)) ?? trouble;
    }
    return trouble;
  }

  async function search(requests: readonly SearchRequestRow[], policy: ReadyPolicy): Promise<void> {
    const profileIds = [...new Set(requests.flatMap(({ profileId }) => profileId ?? []))];
    const staffIds = [...new Set(requests.flatMap(({ staffProfileId }) => staffProfileId ?? []))];
    const subjects = await profiles.find(db, profileIds);
    const handlers = await staff.find(db, staffIds);
    if (subjects.length < profileIds.length || handlers.length < staffIds.length) {
      throw new HomewardError('PROFILE_UNREADABLE');
    }
    const children = subjects.filter(({ familyId }) => familyId === null);
    const scope = {
      sampleIds: children.map(({ sampleId }) => sampleId),
      familyIds: [...new Set(subjects.flatMap(({ familyId }) => familyId ?? []))],
    };
    const families = groupByFamily(await profiles.findOfFamilies(db, scope.familyIds));
    const people = [...children, ...[...families.values()].flat()];
    const [ofChildren, ofFamilies, alike] = await Promise.all([
      matcher.scanFamilies(policy, children),
      matcher.scanUnknowns(policy, families),
      findAlike(db, { matcher, staff }, people, handlers),
    ]);
    const ids = requests.map(({ id }) => id);
    const cases = subjects.map(({ caseId }) => caseId);
    // Before and apart: whoever locks samples does so once in a transaction, in the order of their ids, or two
    // would wait for each other. Done again after a crash, it changes nothing.
    const searched = people.map(({ sampleId }) => sampleId);
    await db.transaction((tx) => saveFindings(tx, { profiles, staff }, alike, searched));
    await db.transaction(async (tx) => {
      await judgePairs(tx, { matcher, profiles, policy }, [...ofChildren, ...ofFamilies], scope);
      await finishRequests(tx, ids, policy.id);
      await refreshCases(tx, [...cases, ...(await findCasesOf(tx, scope))]);
    });
  }

  /** @returns what may pass */
  async function putAside(request: SearchRequestRow, error: unknown): Promise<Error | null> {
    if (!(await isThere(db, request.id))) {
      log.info({ requestId: request.id }, 'a search request went with a withdrawal');
      return null;
    }
    log.error({ err: error, requestId: request.id }, 'a search request failed');
    if (!isFinal(error, request.attempts)) {
      return new Error(`search request ${request.id} failed`, { cause: error });
    }
    await failRequest(db, request.id, failureOf(error));
    return null;
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
      const trouble = await carryOut(await startAttempts(db, requestIds), policy);
      if (trouble) throw trouble;
    },

    /** Lets the requests under way come to their end and begins no other. */
    stop(): void {
      stopping = true;
    },
  };
}
