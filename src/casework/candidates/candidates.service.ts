import { posterior } from '../../kinship/index.ts';
import { type Database, onlyRow } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { type Circumstances, findCircumstances } from '../case-features/case-features.service.ts';
import { readOpenFindings } from '../findings/findings.service.ts';
import type { PoliciesService, ReadyPolicy } from '../policies/policies.service.ts';
import {
  countDatabase,
  type DatabaseSize,
  type ProfilesService,
} from '../profiles/profiles.service.ts';
import { type CandidateFile, type CaseFormat, writeCandidateCase } from './candidate-case.ts';
import { type CandidateFilter, listCandidates } from './candidate-list.repository.ts';
import {
  type Candidate,
  type CandidateState,
  findCandidate,
  findRivalLog10Lrs,
} from './candidates.repository.ts';

export {
  type Candidate,
  deleteCandidates,
  findCandidatesOf,
  findCasesOf,
  findStandingPairs,
  lockCandidate,
  type PairScope,
  setReview,
} from './candidates.repository.ts';
export {
  type CandidateFile,
  childName,
  hypothesesOf,
  pinnedProfile,
  relativesOf,
} from './candidate-case.ts';
export type { CandidateFilter, CandidateState };

/** A candidate with what depends on the database of this moment. */
export type RankedCandidate = Candidate & {
  /** Ids of open findings of its people. */
  readonly openFindings: readonly string[];
  readonly posterior: number;
  readonly expectedChanceCandidates: number;
  /** What is said of both sides; no LR follows from it. */
  readonly circumstances: Circumstances;
};

/** Where a candidate stands in the database of this moment. */
export type CandidateStanding = {
  readonly size: DatabaseSize;
  /** How many pairs the database holds that could have become a candidate of this kind. */
  readonly pairs: number;
  /** Of all candidates of its person, the candidate included. */
  readonly log10LrsOfPerson: readonly number[];
  /** Ids of open findings of its people. */
  readonly openFindings: readonly string[];
};

export type CandidatesService = ReturnType<typeof makeCandidatesService>;

/** Candidates for analysts: ranked by LR, with posterior and expected chance hits. */
export function makeCandidatesService({
  db,
  policies,
  profiles,
}: {
  db: Database;
  policies: PoliciesService;
  profiles: ProfilesService;
}) {
  async function rank(
    candidates: readonly Candidate[],
    policy: ReadyPolicy,
  ): Promise<RankedCandidate[]> {
    const size = await countDatabase(db);
    const people = candidates.map(({ unknownSampleId }) => unknownSampleId);
    const rivals = await findRivalLog10Lrs(db, policy.id, people);
    const findings = await readOpenFindings(db, candidates.flatMap(profilesOf));
    const circumstancesOf = await findCircumstances(db, candidates);
    const prior = policy.document.priorInDatabase;
    return candidates.map((candidate) => ({
      ...candidate,
      circumstances: circumstancesOf(candidate),
      openFindings: openFindingsOf(candidate, findings),
      posterior: posterior(candidate.log10Lr, log10LrsOf(candidate, rivals), size.families, prior),
      expectedChanceCandidates: candidate.chanceProbability * pairsOfKind(candidate, size),
    }));
  }

  async function open(id: string): Promise<CandidateFile> {
    const candidate = await findCandidate(db, id);
    const policy = candidate && (await policies.find(candidate.policyId));
    if (!candidate || !policy) throw new HomewardError('NOT_FOUND');
    const { childProfileId, familyProfileIds } = candidate;
    const stored = await profiles.find(db, [childProfileId, ...familyProfileIds]);
    const byId = new Map(stored.map(({ profileId, profile }) => [profileId, profile]));
    return { candidate, policy, profiles: byId };
  }

  return {
    /** Candidates under the policy in force; none while there is no policy. */
    async list(
      filter: CandidateFilter,
    ): Promise<{ policy: ReadyPolicy | null; candidates: RankedCandidate[] }> {
      const policy = await policies.findActive();
      if (!policy) return { policy, candidates: [] };
      return {
        policy,
        candidates: await rank(await listCandidates(db, policy.id, filter), policy),
      };
    },

    /** One candidate without its profiles. */
    find: (id: string): Promise<Candidate | null> => findCandidate(db, id),

    /** One candidate with its policy and the profiles that it was computed from. */
    open,

    /** The same with what depends on the database of this moment. */
    async read(id: string): Promise<CandidateFile & { candidate: RankedCandidate }> {
      const file = await open(id);
      return { ...file, candidate: onlyRow(await rank([file.candidate], file.policy)) };
    },

    /** One candidate likewise, with what its place in the database follows from. */
    async readStanding(id: string): Promise<{ file: CandidateFile; standing: CandidateStanding }> {
      const file = await open(id);
      const { candidate, policy } = file;
      const size = await countDatabase(db);
      const rivals = await findRivalLog10Lrs(db, policy.id, [candidate.unknownSampleId]);
      const findings = await readOpenFindings(db, profilesOf(candidate));
      const standing = {
        size,
        pairs: pairsOfKind(candidate, size),
        log10LrsOfPerson: log10LrsOf(candidate, rivals),
        openFindings: openFindingsOf(candidate, findings),
      };
      return { file, standing };
    },

    /** One candidate in a form that another program computes again. */
    async writeCase(id: string, format: CaseFormat): Promise<string> {
      return writeCandidateCase(await open(id), format);
    },
  };
}

function profilesOf({ childProfileId, familyProfileIds }: Candidate): string[] {
  return [childProfileId, ...familyProfileIds];
}

function openFindingsOf(
  candidate: Candidate,
  findings: ReadonlyMap<string, readonly string[]>,
): string[] {
  return [...new Set(profilesOf(candidate).flatMap((profileId) => findings.get(profileId) ?? []))];
}

/** A candidate that lapsed is not among those of its person. */
function log10LrsOf(
  { unknownSampleId, log10Lr }: Candidate,
  rivals: ReadonlyMap<string, number[]>,
): number[] {
  return rivals.get(unknownSampleId) ?? [log10Lr];
}

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
