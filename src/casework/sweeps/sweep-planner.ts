import type { Database } from '../../platform/database.ts';
import { FAMILY_SHARDS } from '../../search/index.ts';
import { countSides, insertBlocks } from './sweep-blocks.repository.ts';
import { insertBefore } from './sweep-candidates.repository.ts';
import { endIfFinished } from './sweep-completion.ts';
import { hasUnplanned, lockUnplanned, markPlanned } from './sweeps.repository.ts';

/**
 * Cuts a sweep that was asked for into blocks. Everything is read in one snapshot, taken after the
 * sweep was asked for had committed: everybody who was compared under the policy before stands in it.
 */
export async function planSweeps(db: Database): Promise<void> {
  if (!(await hasUnplanned(db))) return;
  await db.transaction(
    async (tx) => {
      const sweep = await lockUnplanned(tx);
      if (!sweep) return;
      const size = await countSides(tx);
      const unknownsABlock = chooseBlockSize(size.unknowns);
      await insertBlocks(tx, sweep.id, { unknownsABlock, shards: FAMILY_SHARDS });
      if (sweep.previousPolicyId) await insertBefore(tx, sweep.id, sweep.previousPolicyId);
      await markPlanned(tx, sweep.id, size);
      await endIfFinished(tx, sweep.id);
    },
    { isolationLevel: 'repeatable read' },
  );
}

const MOST_UNKNOWNS_A_BLOCK = 2_000;
const FEWEST_UNKNOWNS_A_BLOCK = 16;
/** Ranges that a small database is cut into, so that several workers have something to do. */
const RANGES = 32;

function chooseBlockSize(unknowns: number): number {
  const even = Math.ceil(unknowns / RANGES);
  return Math.min(Math.max(even, FEWEST_UNKNOWNS_A_BLOCK), MOST_UNKNOWNS_A_BLOCK);
}
