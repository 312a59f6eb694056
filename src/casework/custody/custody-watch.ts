import type { Logger } from 'pino';
import { type Database, tryLockByName } from '../../platform/database.ts';
import { contentHash } from '../../platform/provenance.ts';
import { startRegularly } from '../../platform/regular-job.ts';
import { findOverdue, insertAlarms } from './alarms.repository.ts';
import { GAPS } from './gaps.ts';
import { TUBE_STATES } from './tube.ts';

type Dependencies = { readonly db: Database; readonly log: Logger };

const EVERY_MS = 15 * 60_000;
/** What is left of them comes with the next run. */
const MOST_A_RUN = 1_000;

/**
 * Raises an alarm for every tube that is overdue: now, and every quarter of an hour. Of several processes
 * one works.
 */
export function startCustodyWatch(dependencies: Dependencies): { close(): Promise<void> } {
  const failure = 'tubes that are overdue were not looked for; it is tried again';
  const run = () => raiseGapAlarms(dependencies);
  return startRegularly({ everyMs: EVERY_MS, run, log: dependencies.log, failure });
}

/**
 * One run; a tube that stays where it is raises one alarm.
 * @returns how many were raised
 */
export function raiseGapAlarms({ db, log }: Dependencies): Promise<number> {
  return db.transaction(async (tx) => {
    if (!(await tryLockByName(tx, 'homeward custody'))) return 0;
    let raised = 0;
    for (const state of TUBE_STATES) {
      const gap = GAPS[state];
      if (!gap) continue;
      const overdue = await findOverdue(tx, state, gap, MOST_A_RUN);
      const alarms = overdue.map(({ barcode, collectionPointId, since: at }) => ({
        ...{ code: gap.code, barcode, collectionPointId, at },
        contentHash: contentHash(`${gap.code} ${barcode} ${at.toISOString()}`),
      }));
      raised += await insertAlarms(tx, alarms);
    }
    if (raised > 0) log.warn({ raised }, 'tubes are overdue');
    return raised;
  });
}
