import { posterior } from '../../kinship/index.ts';
import { type Database, onlyRow } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import type { RankedPlace } from '../../platform/page-cursor.ts';
import type { PoliciesService, ReadyPolicy } from '../policies/policies.service.ts';
import { countDatabase, type DatabaseSize, findProfiles } from '../profiles/profiles.service.ts';
import { type CandidateFile, type CaseFormat, writeCandidateCase } from './candidate-case.ts';
import {
  type Candidate,
  type CandidateState,
  findCandidate,
  findRivalLog10Lrs,
  listCandidates,
} from './candidates.repository.ts';

export {
  type Candidate,
  findCasesOf,
  findStandingPairs,
  lockCandidate,
  type PairScope,
  setState,
} from './candidates.repository.ts';
export type { CandidateState };

/** A candidate with what depends on the database of this moment. */
export type RankedCandidate = Candidate & {
  readonly posterior: number;
  readonly expectedChanceCandidates: number;
};

export type CandidatesService = ReturnType<typeof makeCandidatesService>;

/** Candidates for analysts: ranked by LR, with posterior and expected chance hits. */
export function makeCandidatesService({
  db,
  policies,
}: {
  db: Database;
  policies: PoliciesService;
}) {
  async function rank(
    candidates: readonly Candidate[],
    policy: ReadyPolicy,
  ): Promise<RankedCandidate[]> {
    const size = await countDatabase(db);
    const people = candidates.map(({ unknownSampleId }) => unknownSampleId);
    const rivals = await findRivalLog10Lrs(db, policy.id, people);
    const prior = policy.document.priorInDatabase;
    return candidates.map((candidate) => ({
      ...candidate,
      posterior: posterior(
        candidate.log10Lr,
        rivals.get(candidate.unknownSampleId) ?? [candidate.log10Lr],
        size.families,
        prior,
      ),
      expectedChanceCandidates: candidate.chanceProbability * pairsOfKind(candidate, size),
    }));
  }

  async function open(id: string): Promise<CandidateFile> {
    const candidate = await findCandidate(db, id);
    const policy = candidate && (await policies.find(candidate.policyId));
    if (!candidate || !policy) throw new HomewardError('NOT_FOUND');
    const { childProfileId, familyProfileIds } = candidate;
    const stored = await findProfiles(db, [childProfileId, ...familyProfileIds]);
    const profiles = new Map(stored.map(({ profileId, profile }) => [profileId, profile]));
    return { candidate, policy, profiles };
  }

  return {
    /** Candidates under the policy in force; none while there is no policy. */
    async list(filter: {
      states: readonly CandidateState[];
      after: RankedPlace | null;
      limit: number;
    }): Promise<{ policy: ReadyPolicy | null; candidates: RankedCandidate[] }> {
      const policy = await policies.findActive();
      if (!policy) return { policy, candidates: [] };
      return {
        policy,
        candidates: await rank(await listCandidates(db, policy.id, filter), policy),
      };
    },

    /** One candidate with its policy and the profiles that it was computed from. */
    async read(id: string): Promise<CandidateFile & { candidate: RankedCandidate }> {
      const file = await open(id);
      return { ...file, candidate: onlyRow(await rank([file.candidate], file.policy)) };
    },

    /** One candidate in a form that another program computes again. */
    async writeCase(id: string, format: CaseFormat): Promise<string> {
      return writeCandidateCase(await open(id), format);
    },
  };
}

/** How many pairs the database holds that could have become a candidate of this kind. */
function pairsOfKind({ relationship }: Candidate, size: DatabaseSize): number {
  const partners = {
    'both-parents': size.couples,
    father: size.fathers,
    mother: size.mothers,
    relatives: size.widerFamilies,
    'same-person': size.relatives,
  }[relationship];
  return size.unknowns * partners;
}
