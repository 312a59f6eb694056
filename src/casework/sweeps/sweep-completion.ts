import type { Database } from '../../platform/database.ts';
import { finishBlock, isFinished, type SweepBlock } from './sweep-blocks.repository.ts';
import { writeAfter } from './sweep-candidates.repository.ts';
import { lockSweep, setSweepState } from './sweeps.repository.ts';

/**
 * Notes that a block is done, and with the last block the sweep. The last thing that a transaction
 * does: the sweep is locked, so that of two last blocks one sees the other.
 */
export async function completeBlock(
  tx: Database,
  { id, sweepId }: Pick<SweepBlock, 'id' | 'sweepId'>,
): Promise<void> {
  await lockSweep(tx, sweepId);
  await finishBlock(tx, id);
  await endIfFinished(tx, sweepId);
}

/** Ends a sweep that runs and whose blocks are all done, and notes what came of it. */
export async function endIfFinished(tx: Database, sweepId: string): Promise<void> {
  const sweep = await lockSweep(tx, sweepId);
  if (!sweep?.plannedAt || sweep.state !== 'running' || !(await isFinished(tx, sweepId))) return;
  await writeAfter(tx, sweep);
  await setSweepState(tx, sweepId, 'done');
}
