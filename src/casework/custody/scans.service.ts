import type { z } from 'zod';
import type { Database } from '../../platform/database.ts';
import { quotable } from '../../platform/errors.ts';
import { lockActivePoint } from '../collection-points/collection-points.service.ts';
import { insertAlarms } from './alarms.repository.ts';
import { BARCODE_FORM } from './barcode.ts';
import { hashOfScan, type KnownCustody, planScans, type Scan } from './scan-plan.ts';
import { scanJson, type ScanReport, type scanReceipt } from './scans.schema.ts';
import {
  findLost,
  findRecorded,
  findReplaced,
  findUploaded,
  findWithdrawn,
  insertScans,
  lockDraws,
  lockTubes,
  updateTubes,
} from './tubes.repository.ts';
import { asViewer, type CustodyDatabases, type Viewer } from './viewer.ts';

type Receipt = z.infer<typeof scanReceipt>;

export type ScansService = ReturnType<typeof makeScansService>;

/** Takes what was scanned of tubes: every handover, whoever scans it, is one after the other by tube. */
export function makeScansService(databases: CustodyDatabases) {
  return {
    /**
     * Records the scans that can be; each of the others is refused with its reason and raises an alarm. Sent
     * again, they change nothing.
     * @throws HomewardError COLLECTION_POINT_SUSPENDED
     */
    async record(viewer: Viewer, sent: readonly unknown[]): Promise<Receipt> {
      const read = sent.map(readScan);
      const scans = read.flatMap((one) => ('scan' in one ? [one.scan] : []));
      const faulty = read.flatMap((one) => ('report' in one ? [one.report] : []));
      const rows = await asViewer(databases, viewer, (tx) => recordAll(tx, viewer, scans));
      return makeReceipt([...rows, ...faulty].sort((a, b) => a.row - b.row));
    },
  };
}

async function recordAll(
  tx: Database,
  { id: actor, collectionPointId }: Viewer,
  scans: readonly Scan[],
): Promise<readonly ScanReport[]> {
  if (collectionPointId !== null) {
    await lockDraws(tx, collectionPointId);
    await lockActivePoint(tx, collectionPointId);
  }
  const known = await findKnown(tx, collectionPointId, scans);
  const plan = planScans(collectionPointId, scans, known, new Date());
  await updateTubes(tx, plan.tubes, collectionPointId === null ? 'typings' : 'draws');
  await insertScans(tx, plan.scans.map((scan) => ({ ...toRow(scan), actor }))); // prettier-ignore
  await insertAlarms(tx, plan.alarms.map((alarm) => ({ ...alarm, actor }))); // prettier-ignore
  return plan.rows;
}

/** What is in the tube is kept with the tube alone: scans are never changed, and it may be withdrawn. */
function toRow({
  row: _,
  sampleCode: __,
  replaces: ___,
  ...scan
}: Scan & { collectionPointId: string; contentHash: string }) {
  // prettier-ignore
  return scan;
}

async function findKnown(
  tx: Database,
  collectionPointId: string | null,
  scans: readonly Scan[],
): Promise<KnownCustody> {
  const codesOf = (event: Scan['event']): string[] =>
    scans.flatMap((scan) => (scan.event === event ? (scan.sampleCode ?? []) : []));
  const named = new Set([
    ...scans.flatMap(({ barcode, replaces }) => [barcode, replaces ?? []].flat()),
    ...(await findLost(tx, collectionPointId, codesOf('drawn'))),
  ]);
  // First of all: what is read afterwards is as whoever held them left it.
  const tubes = await lockTubes(tx, [...named]);
  const pointIds = [...new Set(tubes.map((tube) => tube.collectionPointId))];
  return {
    tubes,
    recorded: await findRecorded(tx, scans.map(hashOfScan)),
    replaced: await findReplaced(tx, [...named]),
    withdrawn:
      collectionPointId === null
        ? new Set()
        : await findWithdrawn(tx, collectionPointId, codesOf('drawn')),
    uploaded: await findUploaded(tx, pointIds, codesOf('typed')),
  };
}

function readScan(value: unknown, place: number): { scan: Scan } | { report: ScanReport } {
  const row = place + 1;
  const parsed = scanJson.safeParse(value);
  if (parsed.success) return { scan: toScan(row, parsed.data) };
  const faults = parsed.error.issues.map(({ path, message }) => ({
    field: path.map((name) => quotable(String(name))).join('.') || null,
    code: 'FIELD_INVALID',
    message,
  }));
  return { report: { row, barcode: barcodeIn(value), outcome: 'refused', state: null, faults } };
}

function toScan(row: number, json: z.infer<typeof scanJson>): Scan {
  const { barcode, event, at, scanner, party } = json;
  const sampleCode = 'sampleId' in json ? (json.sampleId ?? null) : null;
  const replaces = 'replaces' in json ? (json.replaces ?? null) : null;
  return { row, barcode, event, at: new Date(at), scanner, party, sampleCode, replaces };
}

/** The barcode of a row that cannot be read, where it has the form of one. */
function barcodeIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('barcode' in value)) return null;
  const { barcode } = value;
  return typeof barcode === 'string' && BARCODE_FORM.test(barcode) ? barcode : null;
}

function makeReceipt(rows: ScanReport[]): Receipt {
  const count = (outcome: string): number => rows.filter((row) => row.outcome === outcome).length;
  return {
    recorded: count('recorded'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    rows,
  };
}
