/** What may be scanned of a tube. */
export const CUSTODY_EVENTS = ['drawn', 'dispatched', 'received', 'typed', 'lost', 'destroyed'] as const; // prettier-ignore
export type CustodyEvent = (typeof CUSTODY_EVENTS)[number];

/** Where a tube stands: at the last event that was scanned of it. */
export const TUBE_STATES = ['issued', ...CUSTODY_EVENTS] as const;
export type TubeState = (typeof TUBE_STATES)[number];

/** Who scans. */
export type Holder = 'collection-point' | 'laboratory';

/** A tube as far as a scan is judged by it. */
export type Tube = {
  readonly state: TubeState;
  /** When it came into its state, by the clock of whoever scanned it. */
  readonly since: Date;
  /** The last day, UTC, on which it may be drawn: `2027-03-31`. */
  readonly expiresOn: string;
};

/** Why a scan cannot be. */
export type ScanFault =
  | 'EVENT_NOT_YOURS'
  | 'CHAIN_ENDED'
  | 'SCANNED_TWICE'
  | 'ORDER_IMPOSSIBLE'
  | 'TIME_BACKWARD'
  | 'TIME_IN_FUTURE'
  | 'LOT_EXPIRED';

/** The way of a tube from the kit to the profile. */
const WAY: readonly TubeState[] = ['issued', 'drawn', 'dispatched', 'received', 'typed'];

/** Out of which states a tube goes where, by who says so; whatever is not here cannot be. */
const STEPS: Readonly<
  Record<Holder, Readonly<Partial<Record<CustodyEvent, readonly TubeState[]>>>>
> = {
  'collection-point': {
    drawn: ['issued'],
    dispatched: ['drawn'],
    lost: ['issued', 'drawn', 'dispatched'],
  },
  laboratory: {
    received: ['dispatched'],
    typed: ['received'],
    lost: ['dispatched', 'received', 'typed'],
    destroyed: ['received', 'typed'],
  },
};

/** Clocks of scanners may be ahead of ours by so much. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * Whether a scan can be, by what is known of the tube.
 * @param now by our clock
 * @returns null when it can
 */
export function scanFault(
  tube: Tube,
  { event, at, holder }: { event: CustodyEvent; at: Date; holder: Holder },
  now: Date,
): ScanFault | null {
  const from = STEPS[holder][event];
  if (!from) return 'EVENT_NOT_YOURS';
  if (!from.includes(tube.state)) return orderFault(tube.state, event);
  if (at.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) return 'TIME_IN_FUTURE';
  if (at < tube.since) return 'TIME_BACKWARD';
  if (event === 'drawn' && at.toISOString().slice(0, 10) > tube.expiresOn) return 'LOT_EXPIRED';
  return null;
}

/** What is wrong with an event that the state does not allow. */
function orderFault(state: TubeState, event: CustodyEvent): ScanFault {
  if (state === event) return 'SCANNED_TWICE';
  if (state === 'lost' || state === 'destroyed') return 'CHAIN_ENDED';
  const place = WAY.indexOf(event);
  return place >= 0 && place <= WAY.indexOf(state) ? 'SCANNED_TWICE' : 'ORDER_IMPOSSIBLE';
}
