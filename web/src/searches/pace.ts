/** How far some work was at a moment, as the service said. */
export type Progress = {
  /** In ms since 1970. */
  readonly at: number;
  readonly done: number;
  readonly pending: number;
};

export type Pace = {
  readonly perMinute: number;
  /** Null while nothing moves. */
  readonly msLeft: number | null;
};

/** As far back as the pace is measured. */
const WINDOW_MS = 60_000;
const MINUTE_MS = 60_000;

/** Another look at the same work; where less is done than before it is other work, and begins anew. */
export function addProgress(seen: readonly Progress[], latest: Progress): Progress[] {
  const last = seen.at(-1);
  if (last && latest.done < last.done) return [latest];
  return [...seen.filter(({ at }) => at >= latest.at - WINDOW_MS), latest];
}

/** How fast it went within the last minute; null until it has been looked at twice. */
export function readPace(seen: readonly Progress[]): Pace | null {
  const [first] = seen;
  const last = seen.at(-1);
  if (!first || !last || last.at <= first.at) return null;
  const perMs = (last.done - first.done) / (last.at - first.at);
  return { perMinute: perMs * MINUTE_MS, msLeft: perMs > 0 ? last.pending / perMs : null };
}
