import type { ReunionState } from './reunion-detail.ts';

/** The way home, in its order. */
export const WAY = [
  're-sampling',
  're-sampled',
  'confirmed',
  'notified',
  'consented',
  'family-told',
  'reunited',
] as const satisfies readonly ReunionState[];

/** From where something follows. */
export const UNDER_WAY = WAY.filter((state) => state !== 'reunited');
/** From where nothing follows, or nobody's step but to undo it. */
export const ENDED = [
  'reunited',
  'declined',
  'refuted',
  'undone',
] as const satisfies readonly ReunionState[];

/** What is still before a reunion; nothing where it has ended otherwise. */
export function stepsAhead(state: ReunionState): readonly (typeof WAY)[number][] {
  const place = WAY.findIndex((one) => one === state);
  return place < 0 ? [] : WAY.slice(place + 1);
}
