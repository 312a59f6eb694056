import type { Logger } from 'pino';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import type { ThreadPool } from '../../platform/thread-pool.ts';
import { KinshipError } from '../../kinship/index.ts';
import type { JudgedPair, Pair, ScoringPolicy, ScoringTask, Slot } from '../../search/index.ts';
import { type JudgedCandidate, saveCandidates } from '../candidates/candidate-writer.ts';
import { findPartnerCases } from '../candidates/candidates.service.ts';
import { refreshCases } from '../cases/cases.service.ts';
import type { PoliciesService, ReadyPolicy } from '../policies/policies.service.ts';
import type { IndexLoader } from './index-loader.ts';
import {
  findFamilyProfiles,
  findProfiles,
  findProfilesOfSamples,
  lockFamilyProfiles,
} from '../profiles/profiles.service.ts';
import {
  type StoredPair,
  type StoredProfile,
  toFamilyProfiles,
} from '../profiles/stored-profile.ts';
import {
  failRequest,
  finishRequest,
  requestEveryUnknown,
  type SearchRequestRow,
  startAttempts,
} from './search-requests.repository.ts';

/** After so many tries that ended in nothing a request is put aside, and others go on. */
const MOST_ATTEMPTS = 5;

export type SearchService = ReturnType<typeof makeSearchService>;

/** Carries out search requests: scan the index, judge the survivors, keep the candidates. */
export function makeSearchService({
  db,
  pool,
  indexLoader,
  policies,
  log,
}: {
  db: Database;
  pool: ThreadPool;
  indexLoader: IndexLoader;
  policies: PoliciesService;
  log: Logger;
}) {
  let stopping = false;

  async function carryOut(request: SearchRequestRow, policy: ReadyPolicy): Promise<void> {
    if (request.kind === 'sweep') {
      await db.transaction(async (tx) => {
        if (await finishRequest(tx, request.id, policy.id)) await requestEveryUnknown(tx);
      });
      return;
    }
    const [subject] = await findProfiles(db, request.profileId === null ? [] : [request.profileId]);
    if (!subject) throw new HomewardError('PROFILE_UNREADABLE');
    const survivors = await scan(subject, policy);
    await db.transaction(async (tx) => {
      const pairs = await loadPairs(tx, subject, survivors);
      const judged = await judgePairs(pairs, policy);
      await saveCandidates(tx, policy, judged);
      await finishRequest(tx, request.id, policy.id);
      await refreshCases(tx, [subject.caseId, ...(await findPartnerCases(tx, subject))]);
    });
  }

  /** Ids of families (for a person of unknown origin) or of unknown samples (for a family). */
  async function scan(subject: StoredProfile, policy: ReadyPolicy): Promise<string[]> {
    const index = await indexLoader.refresh();
    const snapshot = index.snapshot();
    const shared = { policy: toScoringPolicy(policy), index: snapshot };
    if (subject.familyId === null) {
      const slots = await run<Slot[]>({ ...shared, kind: 'scan-families', child: subject.profile });
      return slots.map((slot) => index.familyId(slot));
    }
    const members = await findFamilyProfiles(db, [subject.familyId]);
    const slots = await run<Slot[]>({
      ...shared,
      kind: 'scan-unknowns',
      family: toFamilyProfiles(members),
    });
    return slots.map((slot) => index.unknownId(slot));
  }

  async function judgePairs(
    pairs: readonly StoredPair[],
    policy: ReadyPolicy,
  ): Promise<JudgedCandidate[]> {
    if (pairs.length === 0) return [];
    const judgements = await run<(JudgedPair | null)[]>({
      policy: toScoringPolicy(policy),
      kind: 'judge',
      pairs: pairs.map(({ child, members }): Pair => ({
        child: child.profile,
        family: toFamilyProfiles(members),
      })),
    });
    return pairs.flatMap((pair, place) => {
      const judgement = judgements[place];
      return judgement ? [{ ...pair, judgement }] : [];
    });
  }

  function run<Result>(task: ScoringTask): Promise<Result> {
    return pool.run<Result>(task);
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
          const final = error instanceof HomewardError || error instanceof KinshipError;
          log.error({ err: error, requestId: request.id }, 'a search request failed');
          if (final || request.attempts >= MOST_ATTEMPTS) {
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

/** Both sides of each pair afresh: the index said whom to look at, the database says who they are. */
async function loadPairs(
  tx: Database,
  subject: StoredProfile,
  survivors: readonly string[],
): Promise<StoredPair[]> {
  if (subject.familyId === null) {
    const members = await lockFamilyProfiles(tx, survivors);
    return survivors.map((familyId) => ({
      child: subject,
      familyId,
      members: members.filter((member) => member.familyId === familyId),
    }));
  }
  const { familyId } = subject;
  const members = await lockFamilyProfiles(tx, [familyId]);
  const children = await findProfilesOfSamples(tx, survivors);
  return children.map((child) => ({ child, familyId, members }));
}

function toScoringPolicy({ id, table, document }: ReadyPolicy): ScoringPolicy {
  return { key: id, table, parameters: document.params, threshold: document.threshold };
}

/** What went wrong, for administrators; never the data that it went wrong on. */
function failureOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL';
}
