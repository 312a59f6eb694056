import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import {
  type Candidate,
  type CandidateState,
  lockCandidate,
  setReview,
} from '../candidates/candidates.service.ts';
import { refreshCases } from '../cases/cases.service.ts';
import { deleteClaim, listClaims, type ClaimRow } from './claims.repository.ts';
import { insertNote, listNotes, type NoteRow } from './notes.repository.ts';
import { type DecisionRow, insertDecision, listDecisions } from './reviews.repository.ts';
import {
  isBlind,
  signaturesWanted,
  stateAfter,
  type Verdict,
  type VerdictCause,
  visibleTo,
} from './verdict.ts';

export { deleteReviews } from './reviews.repository.ts';

/** What an analyst says of the candidate that they looked at. */
export type Opinion = {
  readonly verdict: Verdict;
  readonly reason: string;
  /** Null where none is named, and always of what is supported. */
  readonly cause: VerdictCause | null;
  /** The version of the candidate that they saw. */
  readonly version: number;
};

/** What may be shown to one analyst of a candidate's review. */
export type Review = {
  readonly decisions: readonly DecisionRow[];
  readonly notes: readonly NoteRow[];
  readonly claims: readonly ClaimRow[];
  /** The last round that was closed before this one: what it came to, and of which LR. */
  readonly before: { readonly round: number; readonly state: CandidateState; readonly log10Lr: number } | null; // prettier-ignore
};

/** Where a candidate stands after a change. */
export type Standing = Pick<Candidate, 'state' | 'round' | 'version'>;

export type ReviewsService = ReturnType<typeof makeReviewsService>;

/**
 * Analysts' decisions: kept for ever, each with the revision and the LR that it was about. Two sign blind to each
 * other; where they differ, a third settles it. See docs/adr/0019-two-analysts.md.
 */
export function makeReviewsService({ db }: { db: Database }) {
  async function decide(
    candidateId: string,
    { version, ...opinion }: Opinion,
    decidedBy: string,
  ): Promise<Standing> {
    return db.transaction(async (tx) => {
      const candidate = await lockSeen(tx, candidateId, version);
      const { state, round, revision, log10Lr } = candidate;
      const signed = await requireFreeSlot(tx, candidate, decidedBy);
      const place = { candidateId, round, ordinal: signed.length + 1, revision, log10Lr };
      await insertDecision(tx, { ...place, ...opinion, decidedBy });
      await deleteClaim(tx, candidateId, decidedBy);
      const next = stateAfter([...signed.map(({ verdict }) => verdict), opinion.verdict]);
      if (next === state) throw new Error(`a signature left the candidate ${state}`);
      return move(tx, candidate, { state: next, round });
    });
  }

  return {
    /**
     * Signs a decision.
     * @throws HomewardError NOT_FOUND; VERSION_STALE when it is not the version that was seen;
     *   DECISION_NOT_ALLOWED when it is settled, or the analyst has signed in this round; CANDIDATE_CLAIMED
     */
    decide,

    /** Signs the same decision on several candidates, each by itself. */
    async decideAll(
      candidates: readonly { readonly id: string; readonly version: number }[],
      opinion: Omit<Opinion, 'version'>,
      decidedBy: string,
    ): Promise<{ id: string; result: Standing | HomewardError }[]> {
      const results: { id: string; result: Standing | HomewardError }[] = [];
      for (const { id, version } of candidates) {
        const result = await decide(id, { ...opinion, version }, decidedBy).catch(asRefusal);
        results.push({ id, result });
      }
      return results;
    },

    /**
     * Opens a settled candidate for another round.
     * @throws HomewardError NOT_FOUND, VERSION_STALE, DECISION_NOT_ALLOWED when it is open
     */
    async reopen(
      candidateId: string,
      { version, reason }: { readonly version: number; readonly reason: string },
      writtenBy: string,
    ): Promise<Standing> {
      return db.transaction(async (tx) => {
        const candidate = await lockSeen(tx, candidateId, version);
        if (signaturesWanted(candidate.state) > 0) {
          throw new HomewardError('DECISION_NOT_ALLOWED', 'The candidate is open for review.');
        }
        return reopenLocked(tx, candidate, reason, writtenBy);
      });
    },

    /** @throws HomewardError NOT_FOUND */
    async comment(candidateId: string, text: string, writtenBy: string): Promise<void> {
      await db.transaction(async (tx) => {
        const candidate = await lockCandidate(tx, candidateId);
        if (!candidate) throw new HomewardError('NOT_FOUND');
        const { round } = candidate;
        await insertNote(tx, { candidateId, round, kind: 'comment', text, writtenBy });
      });
    },

    /** What an analyst may see: of a round that waits for its first two signatures only their own part. */
    async read(
      { id, state, round }: Pick<Candidate, 'id' | 'state' | 'round'>,
      analystId: string,
    ): Promise<Review> {
      const decisions = await listDecisions(db, id);
      const notes = await listNotes(db, id);
      const isVisible = (note: NoteRow): boolean =>
        !isBlind(state) || note.round < round || note.kind === 'reopening' || note.writtenBy === analystId; // prettier-ignore
      return {
        decisions: visibleTo(analystId, state, decisions),
        notes: notes.filter(isVisible),
        claims: await listClaims(db, [id]),
        before: closedBefore(round, decisions),
      };
    },
  };
}

/** The candidate, locked, if it is still what somebody saw. */
export async function lockSeen(
  tx: Database,
  candidateId: string,
  version: number,
): Promise<Candidate> {
  const candidate = await lockCandidate(tx, candidateId);
  if (!candidate) throw new HomewardError('NOT_FOUND');
  if (candidate.version !== version) throw new HomewardError('VERSION_STALE');
  return candidate;
}

/**
 * Makes sure that an analyst may sign: whoever claimed a signature keeps it, as long as the claim lasts.
 * @returns what was signed in this round
 * @throws HomewardError DECISION_NOT_ALLOWED, CANDIDATE_CLAIMED
 */
export async function requireFreeSlot(
  tx: Database,
  { id, state, round }: Pick<Candidate, 'id' | 'state' | 'round'>,
  analystId: string,
): Promise<DecisionRow[]> {
  const wanted = signaturesWanted(state);
  if (wanted === 0) {
    throw new HomewardError(
      'DECISION_NOT_ALLOWED',
      `The candidate is settled as ${state}; reopen it with a reason first.`,
    );
  }
  const signed = (await listDecisions(tx, id)).filter((one) => one.round === round);
  if (signed.some(({ decidedBy }) => decidedBy === analystId)) {
    throw new HomewardError('DECISION_NOT_ALLOWED', 'You have signed; somebody else goes on.');
  }
  const others = (await listClaims(tx, [id])).filter((claim) => claim.analystId !== analystId);
  if (others.length >= wanted) throw new HomewardError('CANDIDATE_CLAIMED');
  return signed;
}

/** Begins another round of a candidate that the caller has locked, wherever it stands. */
export async function reopenLocked(
  tx: Database,
  candidate: Candidate,
  reason: string,
  writtenBy: string,
): Promise<Standing> {
  const round = candidate.round + 1;
  const note = { candidateId: candidate.id, round, text: reason, writtenBy };
  await insertNote(tx, { ...note, kind: 'reopening' });
  return move(tx, candidate, { state: 'proposed', round });
}

async function move(
  tx: Database,
  { id, state, version, unknownCaseId, familyCaseId }: Candidate,
  to: Pick<Candidate, 'state' | 'round'>,
): Promise<Standing> {
  const standing = { ...to, version: version + 1 };
  await setReview(tx, id, standing);
  // To a case all candidates are the same on which somebody may still sign.
  const isOpen = [state, to.state].every((one) => signaturesWanted(one) > 0);
  if (!isOpen) await refreshCases(tx, [unknownCaseId, familyCaseId]);
  return standing;
}

function closedBefore(round: number, decisions: readonly DecisionRow[]): Review['before'] {
  const earlier = decisions.filter((one) => one.round < round);
  const last = earlier.at(-1);
  if (!last) return null;
  const verdicts = earlier.filter((one) => one.round === last.round).map(({ verdict }) => verdict);
  const state = stateAfter(verdicts);
  return isBlind(state) ? null : { round: last.round, state, log10Lr: last.log10Lr };
}

function asRefusal(error: unknown): HomewardError {
  if (error instanceof HomewardError) return error;
  throw error;
}
