import { type Database, onlyRow } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { ENGINE_VERSION } from '../../platform/provenance.ts';
import type { RankedPlace } from '../../platform/page-cursor.ts';
import { findActivePolicyId } from '../policies/policies.service.ts';
import { type BlockCounts, countBlocks, reviveBlocks } from './sweep-blocks.repository.ts';
import {
  countDifferences,
  type Difference,
  type DifferenceCounts,
  listDifferences,
  type SweptPair,
} from './sweep-candidates.repository.ts';
import { endIfFinished } from './sweep-completion.ts';
import { requestSweep, type SweepReason } from './sweep-request.ts';
import {
  findLastSweep,
  findRunningSweep,
  findSweep,
  listSweeps,
  lockSweeps,
  setSweepState,
  type SweepRow,
} from './sweeps.repository.ts';

/** A sweep with its progress, counted in the database. */
export type SweepFile = SweepRow & {
  /** Null until it is planned. */
  readonly blocks: BlockCounts | null;
  /** Null until it is done. */
  readonly differences: DifferenceCounts | null;
};

export { deletePairs } from './sweep-candidates.repository.ts';
export type { SweptPair };

export type SweepsService = ReturnType<typeof makeSweepsService>;

/** Sweeps, as administrators see and steer them. */
export function makeSweepsService({ db, onRequested }: { db: Database; onRequested: () => void }) {
  async function read(id: string): Promise<SweepFile> {
    const sweep = await findSweep(db, id);
    if (!sweep) throw new HomewardError('NOT_FOUND');
    return onlyRow(await toFiles([sweep]));
  }

  async function toFiles(rows: readonly SweepRow[]): Promise<SweepFile[]> {
    const planned = rows.filter(({ plannedAt }) => plannedAt !== null);
    const blocks = await countBlocks(
      db,
      planned.map(({ id }) => id),
    );
    return Promise.all(
      rows.map(async (sweep) => ({
        ...sweep,
        blocks: sweep.plannedAt && (blocks.get(sweep.id) ?? { pending: 0, done: 0, failed: 0 }),
        differences: sweep.state === 'done' ? await countDifferences(db, sweep.id) : null,
      })),
    );
  }

  return {
    read,

    async list(page: { after: string | null; limit: number }): Promise<SweepFile[]> {
      return toFiles(await listSweeps(db, page));
    },

    /** Blocks that are to be done or are done in the last sweep; a plan counts as one to be done. */
    async countBlocks(): Promise<BlockCounts> {
      const none = { pending: 0, done: 0, failed: 0 };
      const [last] = await listSweeps(db, { after: null, limit: 1 });
      if (!last) return none;
      if (!last.plannedAt) return { ...none, pending: last.state === 'running' ? 1 : 0 };
      const counts = (await countBlocks(db, [last.id])).get(last.id) ?? none;
      return last.state === 'cancelled' ? { ...none, done: counts.done } : counts;
    },

    /**
     * Compares everybody again under the policy in force.
     * @throws HomewardError SWEEP_NOT_ALLOWED while another runs, or without a policy
     */
    async start(reason: Extract<SweepReason, 'kit' | 'by-hand'>): Promise<SweepFile> {
      const { id } = await db.transaction(async (tx) => {
        await lockSweeps(tx);
        const running = await findRunningSweep(tx);
        if (running) refuse(`Sweep ${running.id} runs; cancel it first.`);
        const policyId = await findActivePolicyId(tx);
        if (policyId === null) refuse('No policy is in force; put one in force, and it sweeps.');
        return requestSweep(tx, { policyId, previousPolicyId: policyId, reason });
      });
      onRequested();
      return read(id);
    },

    /**
     * Stops a sweep; the blocks that are done stay done.
     * @throws HomewardError NOT_FOUND; SWEEP_NOT_ALLOWED when it is done
     */
    async cancel(id: string): Promise<SweepFile> {
      await db.transaction(async (tx) => {
        await lockSweeps(tx);
        const sweep = await findSweep(tx, id);
        if (!sweep) throw new HomewardError('NOT_FOUND');
        if (sweep.state === 'done') refuse('The sweep is done.');
        if (sweep.state === 'running') await setSweepState(tx, id, 'cancelled');
      });
      return read(id);
    },

    /**
     * Goes on with a cancelled sweep, and gives its failed blocks another chance.
     * @throws HomewardError NOT_FOUND; SWEEP_NOT_ALLOWED when it cannot go on
     */
    async resume(id: string): Promise<SweepFile> {
      await db.transaction(async (tx) => {
        await lockSweeps(tx);
        const sweep = await findSweep(tx, id);
        if (!sweep) throw new HomewardError('NOT_FOUND');
        await checkResumable(tx, sweep);
        await setSweepState(tx, id, 'running');
        await reviveBlocks(tx, 'unfinished');
        await endIfFinished(tx, id);
      });
      onRequested();
      return read(id);
    },

    /**
     * Pairs that came out of a sweep in this way.
     * @throws HomewardError NOT_FOUND; SWEEP_NOT_ALLOWED while the sweep is not done
     */
    async listDifferences(
      id: string,
      filter: { difference: Difference; after: RankedPlace | null; limit: number },
    ): Promise<SweptPair[]> {
      const sweep = await findSweep(db, id);
      if (!sweep) throw new HomewardError('NOT_FOUND');
      if (sweep.state !== 'done') refuse('What a sweep changed is known when it is done.');
      return listDifferences(db, id, filter);
    },

    /** Asks for a sweep where the last one of the policy in force was another release's. */
    async requestAfterUpgrade(): Promise<void> {
      await db.transaction(async (tx) => {
        await lockSweeps(tx);
        const policyId = await findActivePolicyId(tx);
        if (policyId === null) return;
        const last = await findLastSweep(tx, policyId);
        if (last?.engineVersion === ENGINE_VERSION) return;
        await requestSweep(tx, { policyId, previousPolicyId: policyId, reason: 'engine' });
      });
    },
  };
}

async function checkResumable(tx: Database, sweep: SweepRow): Promise<void> {
  if (sweep.state === 'done') refuse('The sweep is done.');
  const running = await findRunningSweep(tx);
  if (running && running.id !== sweep.id) refuse(`Sweep ${running.id} runs; cancel it first.`);
  if (sweep.policyId !== (await findActivePolicyId(tx))) {
    refuse('The policy of this sweep is no longer in force; that of the new one sweeps by itself.');
  }
  if (sweep.engineVersion !== ENGINE_VERSION) {
    refuse('Another release began this sweep; start a new one.');
  }
}

function refuse(detail: string): never {
  throw new HomewardError('SWEEP_NOT_ALLOWED', detail);
}
