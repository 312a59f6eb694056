import type { Database } from '../../platform/database.ts';
import { ENGINE_VERSION } from '../../platform/provenance.ts';
import type { Outbox } from '../searches/dispatcher.ts';
import { claimBlocks, reviveBlocks } from './sweep-blocks.repository.ts';
import { planSweeps } from './sweep-planner.ts';

export const SWEEP_QUEUE = 'sweep';

/** Blocks of sweeps that wait to be done. Few are offered at a time, so that no offer grows old. */
export function makeBlockOutbox({ db }: { db: Database }): Outbox {
  return {
    name: 'blocks of sweeps',
    idsAJob: 1,
    idsARound: 32,
    mostWaiting: 32,
    prepare: () => planSweeps(db),
    claim: (limit, leaseSeconds) => claimBlocks(db, ENGINE_VERSION, limit, leaseSeconds),
    revive: (which) => reviveBlocks(db, which),
  };
}
