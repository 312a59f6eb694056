import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { asCollectionPoint } from '../../platform/scope.ts';
import type { AlarmState } from './alarm.ts';
import {
  type Alarm,
  isAlarm,
  listAlarms,
  listAlarmsOf,
  resolveAlarm,
} from './alarms.repository.ts';
import { findGap, type GapCode } from './gaps.ts';
import type { TubeState } from './tube.ts';
import {
  findTube,
  forgetSample,
  listRedraws,
  listScans,
  lockDraws,
  type ScanRow,
  type TubeFile,
} from './tubes.repository.ts';
import { asViewer, type CustodyDatabases, type Viewer } from './viewer.ts';

export type { Alarm };

/** A tube with its whole history. */
export type ChainOfCustody = TubeFile & {
  readonly gap: GapCode | null;
  readonly scans: readonly (ScanRow & { readonly gap: GapCode | null })[];
  readonly alarms: readonly Alarm[];
};

export type CustodyService = ReturnType<typeof makeCustodyService>;

const MOST_ROWS = 1_000;

/** Where tubes are and were, what is wrong with some, and whose blood is to be drawn again. */
export function makeCustodyService(databases: CustodyDatabases) {
  return {
    /** @throws HomewardError NOT_FOUND for a missing barcode and for a foreign one alike */
    read: (viewer: Viewer, barcode: string): Promise<ChainOfCustody> =>
      asViewer(databases, viewer, (tx) => readChain(tx, barcode), ONE_MOMENT),

    /** At most 1,000 of them, and how many there are. */
    alarms: (viewer: Viewer, state: AlarmState) =>
      asViewer(databases, viewer, (tx) => listAlarms(tx, state, MOST_ROWS), ONE_MOMENT),

    /**
     * @param resolvedBy the id of an analyst or administrator
     * @throws HomewardError NOT_FOUND; ALARM_RESOLVED when somebody did before
     */
    async resolve(id: string, resolution: string, resolvedBy: string): Promise<void> {
      const db = databases.laboratory;
      if (await resolveAlarm(db, id, { resolution, resolvedBy })) return;
      throw new HomewardError((await isAlarm(db, id)) ? 'ALARM_RESOLVED' : 'NOT_FOUND');
    },

    /** Tubes of a collection point that are to be drawn again, at most 1,000, the oldest first. */
    redraws: (collectionPointId: string) =>
      asCollectionPoint(databases.scoped, collectionPointId, (tx) =>
        listRedraws(tx, collectionPointId, MOST_ROWS),
      ),
  };
}

/** Chain, tube and alarms belong together, whoever scans meanwhile. */
const ONE_MOMENT = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;

/**
 * For a sample that is withdrawn in this transaction: no tube says any more whose blood is in it. The chain of
 * the tube stays.
 */
export async function unlinkTubes(
  tx: Database,
  { collectionPointId, code }: { collectionPointId: string; code: string },
): Promise<void> {
  // A draw under this code waits until the withdrawal is seen.
  await lockDraws(tx, collectionPointId);
  await forgetSample(tx, collectionPointId, code);
}

async function readChain(tx: Database, barcode: string): Promise<ChainOfCustody> {
  const tube = await findTube(tx, barcode);
  if (!tube) throw new HomewardError('NOT_FOUND');
  const scans = markGaps(tube.issuedAt, await listScans(tx, barcode));
  const gap = findGap(tube.state, tube.since, new Date());
  return { ...tube, gap, scans, alarms: await listAlarmsOf(tx, barcode) };
}

/** Each scan with the gap before it. */
function markGaps(issuedAt: Date, scans: readonly ScanRow[]) {
  let before: { state: TubeState; since: Date } = { state: 'issued', since: issuedAt };
  return scans.map((scan) => {
    const gap = findGap(before.state, before.since, scan.at);
    before = { state: scan.event, since: scan.at };
    return { ...scan, gap };
  });
}
