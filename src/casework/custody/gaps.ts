import type { TubeState } from './tube.ts';

/** Hours within which a tube that was drawn is to be on its way: two nights at a small collection point. */
export const DISPATCH_WITHIN_HOURS = 48;

/** Hours within which a tube that is on its way is to arrive: three days for a courier across the country. */
export const RECEIVE_WITHIN_HOURS = 72;

export type GapCode = 'NOT_DISPATCHED' | 'NOT_RECEIVED';

/** The states in which a tube may stay for so long, and what it is called when it stays longer. */
export const GAPS: Readonly<Partial<Record<TubeState, { code: GapCode; hours: number }>>> = {
  drawn: { code: 'NOT_DISPATCHED', hours: DISPATCH_WITHIN_HOURS },
  dispatched: { code: 'NOT_RECEIVED', hours: RECEIVE_WITHIN_HOURS },
};

const HOUR_MS = 3_600_000;

/**
 * Whether a tube stays, or stayed, too long in a state.
 * @param until when it left the state, or now
 */
export function findGap(state: TubeState, since: Date, until: Date): GapCode | null {
  const gap = GAPS[state];
  if (!gap) return null;
  return until.getTime() - since.getTime() > gap.hours * HOUR_MS ? gap.code : null;
}
