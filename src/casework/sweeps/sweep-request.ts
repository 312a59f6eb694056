import type { Database } from '../../platform/database.ts';
import { ENGINE_VERSION } from '../../platform/provenance.ts';
import { cancelRunning, insertSweep, lockSweeps, type SweepRow } from './sweeps.repository.ts';

export type SweepReason = SweepRow['reason'];

/**
 * Asks, in the caller's transaction, that everybody be compared again under a policy. A sweep that
 * runs is cancelled. The blocks are planned when the transaction has committed.
 * @param previousPolicyId whose candidates those of the sweep are compared with
 */
export async function requestSweep(
  tx: Database,
  wanted: { policyId: string; previousPolicyId: string | null; reason: SweepReason },
): Promise<SweepRow> {
  await lockSweeps(tx);
  await cancelRunning(tx);
  return insertSweep(tx, { ...wanted, engineVersion: ENGINE_VERSION });
}
