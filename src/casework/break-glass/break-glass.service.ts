import type { Logger } from 'pino';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { caseIdOf } from '../cases/cases.service.ts';
import type { IdentitiesService, Person } from '../identities/identities.service.ts';
import {
  findLastingGrant,
  type GrantRow,
  insertGrant,
  listGrants,
  lockGrant,
  writeReview,
} from './break-glass.repository.ts';
import type { GRANT_STATES, GRANT_VERDICTS } from './break-glass.schema.ts';

/** An opening, with its case by the number that people know. */
type Grant = GrantRow;

export type BreakGlassService = ReturnType<typeof makeBreakGlassService>;

type Dependencies = {
  readonly db: Database;
  readonly identities: IdentitiesService;
  readonly log: Logger;
};

/**
 * Who has no right to names opens those of one case for an hour, says why, and is looked at afterwards.
 * Every opening and every look is a warning in the log, by ids alone.
 */
export function makeBreakGlassService({ db, identities, log }: Dependencies) {
  return {
    /**
     * @param openedBy the id of an analyst or administrator
     * @throws HomewardError NOT_FOUND without such a case
     */
    async open(
      { caseId: number, reason }: { caseId: string; reason: string },
      openedBy: string,
    ): Promise<Grant> {
      const caseId = await caseIdOf(db, number);
      const grant = await insertGrant(db, { caseId, reason, openedBy });
      log.warn(
        { grantId: grant.id, caseId: number, actor: openedBy },
        'break-glass: a case was opened',
      );
      return { ...grant, caseId: number };
    },

    /**
     * The people of the opened case.
     * @throws HomewardError NOT_FOUND when it is over, another's or missing
     */
    async people(grantId: string, actor: string): Promise<Person[]> {
      const grant = await findLastingGrant(db, grantId, actor);
      if (!grant) throw new HomewardError('NOT_FOUND');
      log.warn({ grantId, actor }, 'break-glass: the people of an opened case were read');
      return identities.peopleOf(db, grant.caseId);
    },

    async list(state: (typeof GRANT_STATES)[number]): Promise<Grant[]> {
      const rows = await listGrants(db, state);
      return rows.map(({ grant, number }) => ({ ...grant, caseId: number }));
    },

    /** @throws HomewardError NOT_FOUND; REVIEW_NOT_ALLOWED for one's own, and a second time */
    async review(
      grantId: string,
      review: { verdict: (typeof GRANT_VERDICTS)[number]; remark: string; reviewedBy: string },
    ): Promise<void> {
      await db.transaction(async (tx) => {
        const grant = await lockGrant(tx, grantId);
        if (!grant) throw new HomewardError('NOT_FOUND');
        if (grant.openedBy === review.reviewedBy || grant.reviewedAt) {
          throw new HomewardError('REVIEW_NOT_ALLOWED');
        }
        await writeReview(tx, grantId, review);
      });
    },
  };
}
