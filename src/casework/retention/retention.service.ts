import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { caseIdOf } from '../cases/cases.service.ts';
import {
  findCaseOfSample,
  findStandingHold,
  type Hold,
  insertHold,
  listHolds,
  lockHolds,
  releaseHold,
} from './retention.repository.ts';
import type { HOLD_STATES } from './retention.schema.ts';

export type RetentionService = ReturnType<typeof makeRetentionService>;

/** Legal holds: while one stands on a case, none of its samples is withdrawn. */
export function makeRetentionService({ db }: { db: Database }) {
  return {
    /**
     * @param caseId the number that people know
     * @param placedBy the id of an administrator
     * @throws HomewardError NOT_FOUND without such a case, REQUEST_INVALID for a day that has passed
     */
    async place(
      { caseId: number, ...hold }: { caseId: string; reason: string; until: string },
      placedBy: string,
    ): Promise<Hold> {
      if (hold.until < today()) {
        const faults = [{ field: 'until', message: 'has passed' }];
        throw new HomewardError('REQUEST_INVALID', undefined, faults);
      }
      return db.transaction(async (tx) => {
        const caseId = await caseIdOf(tx, number);
        await lockHolds(tx, caseId, 'place');
        return { ...(await insertHold(tx, { ...hold, caseId, placedBy })), caseId: number };
      });
    },

    /** The newest first. */
    list: (state: (typeof HOLD_STATES)[number]) => listHolds(db, state),

    /**
     * @param releasedBy the id of an administrator
     * @throws HomewardError NOT_FOUND for a hold that does not stand
     */
    async release(id: string, releasedBy: string): Promise<void> {
      if (!(await releaseHold(db, id, releasedBy))) throw new HomewardError('NOT_FOUND');
    },
  };
}

/**
 * The hold that forbids to withdraw a sample, for whoever is about to; none is placed on its case until
 * the transaction ends.
 */
export async function findHold(
  tx: Database,
  sampleId: string,
): Promise<{ readonly id: string; readonly until: string } | null> {
  const caseId = await findCaseOfSample(tx, sampleId);
  if (caseId === null) return null;
  await lockHolds(tx, caseId, 'withdraw');
  return findStandingHold(tx, caseId);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
