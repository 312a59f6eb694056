import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { lockCandidate, setState } from '../candidates/candidates.service.ts';
import { refreshCases } from '../cases/cases.service.ts';
import { type DecisionRow, insertDecision, listDecisions } from './reviews.repository.ts';
import { mayDecide, type Verdict } from './verdict.ts';

export type Decision = Pick<
  DecisionRow,
  'verdict' | 'reason' | 'revision' | 'log10Lr' | 'decidedBy' | 'decidedAt'
>;

export type ReviewsService = ReturnType<typeof makeReviewsService>;

/** Analysts' decisions: kept for ever, each with the revision and the LR that it was about. */
export function makeReviewsService({ db }: { db: Database }) {
  return {
    /**
     * @param revision the revision that the analyst saw
     * @throws HomewardError DECISION_NOT_ALLOWED when the candidate is settled, or not the one seen
     */
    async decide(
      candidateId: string,
      decision: { verdict: Verdict; reason: string; revision: number; decidedBy: string },
    ): Promise<void> {
      const { verdict, revision } = decision;
      await db.transaction(async (tx) => {
        const candidate = await lockCandidate(tx, candidateId);
        if (!candidate) throw new HomewardError('NOT_FOUND');
        if (candidate.revision !== revision) {
          throw new HomewardError(
            'DECISION_NOT_ALLOWED',
            `The candidate has changed to revision ${candidate.revision}; look at it again.`,
          );
        }
        if (!mayDecide(candidate.state, verdict)) {
          throw new HomewardError(
            'DECISION_NOT_ALLOWED',
            `A candidate that is ${candidate.state} cannot become ${verdict}.`,
          );
        }
        const { log10Lr, unknownCaseId, familyCaseId } = candidate;
        await insertDecision(tx, { candidateId, log10Lr, ...decision });
        await setState(tx, candidateId, verdict);
        await refreshCases(tx, [unknownCaseId, familyCaseId]);
      });
    },

    /** The decisions on a candidate, the oldest first. */
    async list(candidateId: string): Promise<Decision[]> {
      const rows = await listDecisions(db, candidateId);
      return rows.map(({ verdict, reason, revision, log10Lr, decidedBy, decidedAt }) => ({
        verdict,
        reason,
        revision,
        log10Lr,
        decidedBy,
        decidedAt,
      }));
    },
  };
}
