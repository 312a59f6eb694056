import type { Database } from '../../platform/database.ts';
import type { Outbox } from './dispatcher.ts';
import { claimForOffer, reviveRequests } from './search-requests.repository.ts';

export const SEARCH_QUEUE = 'search';

/** Profiles that wait to be compared with everybody. */
export function makeRequestOutbox({ db }: { db: Database }): Outbox {
  return {
    name: 'search requests',
    idsAJob: 16,
    idsARound: 1_024,
    mostWaiting: 256,
    claim: (limit, leaseSeconds) => claimForOffer(db, limit, leaseSeconds),
    revive: (which) => reviveRequests(db, which),
  };
}
