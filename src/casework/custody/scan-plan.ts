import { canonicalJson, contentHash } from '../../platform/provenance.ts';
import { REFUSALS, type RefusalCode } from './alarm.ts';
import { isBarcode } from './barcode.ts';
import type { ScanReport } from './scans.schema.ts';
import { type CustodyEvent, type Holder, scanFault, type Tube } from './tube.ts';

/** A tube with what is in it. */
export type FilledTube = Tube & {
  readonly barcode: string;
  readonly collectionPointId: string;
  /** Null before the draw, and after the sample was withdrawn. */
  readonly sampleCode: string | null;
  readonly drawnAt: Date | null;
  readonly typedAt: Date | null;
  readonly replaces: string | null;
};

/** A scan as it was sent. */
export type Scan = {
  readonly row: number;
  readonly barcode: string;
  readonly event: CustodyEvent;
  readonly at: Date;
  readonly scanner: string;
  readonly party: string | null;
  /** What is in the tube, by the collection point's code: of draws and typings. */
  readonly sampleCode: string | null;
  /** The tube that is drawn again; null where it is not said, and found by the sample. */
  readonly replaces: string | null;
};

/** What the database says of the tubes and samples that the scans name, and of lost tubes of these samples. */
export type KnownCustody = {
  readonly tubes: readonly FilledTube[];
  /** Hashes of scans that were recorded before. */
  readonly recorded: ReadonlySet<string>;
  /** Barcodes of tubes that were drawn again. */
  readonly replaced: ReadonlySet<string>;
  /** Codes, of the scanning point, of samples that were withdrawn. */
  readonly withdrawn: ReadonlySet<string>;
  /** Samples that are there: {@link sampleKey}. */
  readonly uploaded: ReadonlySet<string>;
};

export type RecordedScan = Scan & {
  readonly collectionPointId: string;
  readonly contentHash: string;
};

export type RaisedAlarm = {
  readonly code: RefusalCode;
  readonly barcode: string;
  readonly collectionPointId: string | null;
  readonly event: CustodyEvent;
  readonly at: Date;
  readonly scanner: string;
  readonly contentHash: string;
};

/** Everything that scans write, and what they are answered. */
export type ScanPlan = {
  readonly tubes: readonly FilledTube[];
  readonly scans: readonly RecordedScan[];
  readonly alarms: readonly RaisedAlarm[];
  readonly rows: readonly ScanReport[];
};

/** Names a sample among those of all collection points. */
export function sampleKey(collectionPointId: string, code: string): string {
  return `${collectionPointId} ${code}`;
}

/** The same for the same scan, whoever sends it again; what is in the tube is left out: it may be withdrawn. */
export function hashOfScan({ barcode, event, at, scanner, party, replaces }: Scan): string {
  return contentHash(
    canonicalJson({ barcode, event, at: at.toISOString(), scanner, party, replaces }),
  );
}

/** A tube whose blood is to be drawn again. */
export type Redraw = FilledTube & {
  readonly state: 'lost' | 'destroyed';
  readonly drawnAt: Date;
  readonly sampleCode: string;
};

/**
 * Whether a tube is to be drawn again, if it was not yet: its blood is gone, nothing was typed of it, and the
 * person has not withdrawn.
 */
export function isRedrawWanted(tube: FilledTube): tube is Redraw {
  const isGone = tube.state === 'lost' || tube.state === 'destroyed';
  return isGone && tube.drawnAt !== null && tube.typedAt === null && tube.sampleCode !== null;
}

/**
 * Decides what scans change, without touching anything: in the order of their clocks, those that can be are
 * recorded, those that were before are unchanged, and everything else raises an alarm.
 * @param collectionPointId who scans; null: the laboratory
 */
export function planScans(
  collectionPointId: string | null,
  sent: readonly Scan[],
  known: KnownCustody,
  now: Date,
): ScanPlan {
  const holder: Holder = collectionPointId === null ? 'laboratory' : 'collection-point';
  const tubes = new Map(known.tubes.map((tube) => [tube.barcode, tube]));
  const changed = new Map<string, FilledTube>();
  const recorded = new Set(known.recorded);
  const replaced = new Set(known.replaced);
  const scans: RecordedScan[] = [];
  const alarms: RaisedAlarm[] = [];
  const inOrder = [...sent].sort((a, b) => a.at.getTime() - b.at.getTime() || a.row - b.row);
  const rows = inOrder.map(planScan).sort((a, b) => a.row - b.row);
  return { tubes: [...changed.values()], scans, alarms, rows };

  function planScan(scan: Scan): ScanReport {
    const { row, barcode } = scan;
    const tube = tubes.get(barcode);
    const hash = hashOfScan(scan);
    if (tube && recorded.has(hash) && !isOtherSample(tube, scan)) {
      return { row, barcode, outcome: 'unchanged', state: tube.state, faults: [] };
    }
    const code = tube ? faultOf(tube, scan) : unknownFault(barcode);
    if (code !== null || !tube) return raise(code ?? 'BARCODE_UNKNOWN', scan, hash, tube);
    const next = move(tube, scan);
    tubes.set(barcode, next);
    changed.set(barcode, next);
    recorded.add(hash);
    if (next.replaces !== null) replaced.add(next.replaces);
    scans.push({ ...scan, collectionPointId: tube.collectionPointId, contentHash: hash });
    return { row, barcode, outcome: 'recorded', state: next.state, faults: [] };
  }

  /** A collection point learns nothing of whether a barcode is another's or nobody's. */
  function unknownFault(barcode: string): RefusalCode {
    if (!isBarcode(barcode)) return 'CHECK_CHARACTER_WRONG';
    return holder === 'laboratory' ? 'BARCODE_UNKNOWN' : 'BARCODE_NOT_YOURS';
  }

  function faultOf(tube: FilledTube, scan: Scan): RefusalCode | null {
    const fault = scanFault(tube, { ...scan, holder }, now);
    if (fault) return fault;
    if (scan.event === 'drawn') return drawFault(scan);
    return scan.event === 'typed' ? typingFault(tube, scan) : null;
  }

  function drawFault({ replaces, sampleCode, at }: Scan): RefusalCode | null {
    if (sampleCode !== null && known.withdrawn.has(sampleCode)) return 'SAMPLE_WITHDRAWN';
    if (replaces === null) return null;
    const before = tubes.get(replaces);
    const isWanted = before !== undefined && isRedrawWanted(before) && !replaced.has(replaces);
    return isWanted && at >= before.since ? null : 'REDRAW_NOT_WANTED';
  }

  function typingFault(tube: FilledTube, { sampleCode }: Scan): RefusalCode | null {
    if (tube.sampleCode === null) return 'SAMPLE_WITHDRAWN';
    if (tube.sampleCode !== sampleCode) return 'SAMPLE_MISMATCH';
    const isThere = known.uploaded.has(sampleKey(tube.collectionPointId, sampleCode));
    return isThere ? null : 'SAMPLE_NOT_UPLOADED';
  }

  function move(tube: FilledTube, { event, at, sampleCode, replaces }: Scan): FilledTube {
    const moved = { ...tube, state: event, since: at };
    if (event === 'typed') return { ...moved, typedAt: at };
    if (event !== 'drawn') return moved;
    const before = replaces === null ? lostTubeOf(tube, sampleCode, at) : tubes.get(replaces);
    return {
      ...moved,
      drawnAt: at,
      replaces: before?.barcode ?? null,
      sampleCode: sampleCode ?? before?.sampleCode ?? null,
    };
  }

  /** The tube of the same sample that waits longest to be drawn again: nobody is to be asked once more for it. */
  function lostTubeOf(
    { collectionPointId: point }: FilledTube,
    sampleCode: string | null,
    at: Date,
  ): FilledTube | undefined {
    return [...tubes.values()]
      .filter((one) => one.collectionPointId === point && one.sampleCode === sampleCode)
      .filter((one) => isRedrawWanted(one) && !replaced.has(one.barcode) && one.since <= at)
      .sort((a, b) => a.since.getTime() - b.since.getTime() || (a.barcode < b.barcode ? -1 : 1))[0];
  }

  function raise(
    code: RefusalCode,
    { row, barcode, event, at, scanner }: Scan,
    hash: string,
    tube: FilledTube | undefined,
  ): ScanReport {
    alarms.push({
      ...{ code, barcode, event, at, scanner },
      collectionPointId: tube?.collectionPointId ?? collectionPointId,
      contentHash: contentHash(`${code} ${collectionPointId ?? holder} ${hash}`),
    });
    const fault = { field: FIELDS[code] ?? 'barcode', code, message: REFUSALS[code] };
    return { row, barcode, outcome: 'refused', state: tube?.state ?? null, faults: [fault] };
  }
}

/** A scan of the same moment that now says something else of what is in the tube. */
function isOtherSample(tube: FilledTube, { sampleCode }: Scan): boolean {
  return sampleCode !== null && tube.sampleCode !== null && sampleCode !== tube.sampleCode;
}

/** Which field of a scan is wrong, where it is not the barcode. */
const FIELDS: Readonly<Partial<Record<RefusalCode, string>>> = {
  EVENT_NOT_YOURS: 'event',
  SCANNED_TWICE: 'event',
  ORDER_IMPOSSIBLE: 'event',
  TIME_BACKWARD: 'at',
  TIME_IN_FUTURE: 'at',
  LOT_EXPIRED: 'at',
  SAMPLE_MISMATCH: 'sampleId',
  SAMPLE_NOT_UPLOADED: 'sampleId',
  SAMPLE_WITHDRAWN: 'sampleId',
  REDRAW_NOT_WANTED: 'replaces',
};
