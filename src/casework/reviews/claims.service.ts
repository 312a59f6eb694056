import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { type ClaimRow, deleteClaim, listClaims, putClaim } from './claims.repository.ts';
import { lockSeen, requireFreeSlot } from './reviews.service.ts';

/** Somebody who reviews. */
export type Analyst = { readonly id: string; readonly name: string };

export type Claim = ClaimRow;

export type ClaimsService = ReturnType<typeof makeClaimsService>;

/** Who has taken which candidate up, so that no two do the same work; every claim ends by itself. */
export function makeClaimsService({
  db,
  listAnalysts,
}: {
  db: Database;
  listAnalysts: () => Promise<Analyst[]>;
}) {
  return {
    listAnalysts,

    /**
     * Keeps one of the signatures that a candidate waits for, for oneself or for another analyst.
     * @throws HomewardError NOT_FOUND, also for somebody who is no analyst; VERSION_STALE;
     *   DECISION_NOT_ALLOWED when it is settled or they have signed; CANDIDATE_CLAIMED
     */
    async claim(
      candidateId: string,
      wanted: { analystId: string; version: number; minutes: number },
      claimedBy: string,
    ): Promise<Claim> {
      const { analystId, version, minutes } = wanted;
      const analysts = analystId === claimedBy ? [] : await listAnalysts();
      if (analystId !== claimedBy && !analysts.some(({ id }) => id === analystId)) {
        throw new HomewardError('NOT_FOUND', 'There is no such analyst.');
      }
      return db.transaction(async (tx) => {
        const candidate = await lockSeen(tx, candidateId, version);
        await requireFreeSlot(tx, candidate, analystId);
        return putClaim(tx, { candidateId, analystId, claimedBy, minutes });
      });
    },

    /**
     * Gives a claim up: one's own, or one that one made for another.
     * @throws HomewardError NOT_FOUND where there is none that is theirs to give up
     */
    async release(candidateId: string, analystId: string, by: string): Promise<void> {
      const claims = await listClaims(db, [candidateId]);
      const claim = claims.find((one) => one.analystId === analystId);
      const isTheirs = claim && [claim.analystId, claim.claimedBy].includes(by);
      if (!isTheirs || !(await deleteClaim(db, candidateId, analystId))) {
        throw new HomewardError('NOT_FOUND');
      }
    },

    /** By candidate. */
    async list(candidateIds: readonly string[]): Promise<Map<string, Claim[]>> {
      const byCandidate = new Map<string, Claim[]>(candidateIds.map((id) => [id, []]));
      for (const claim of await listClaims(db, candidateIds)) {
        byCandidate.get(claim.candidateId)?.push(claim);
      }
      return byCandidate;
    },
  };
}
