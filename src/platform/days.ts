/** The latest day that has begun anywhere, `2026-03-01`: in China it is tomorrow before it is here. */
export function latestDay(now: Date): string {
  const farthestEastMs = 14 * 3_600_000;
  return new Date(now.getTime() + farthestEastMs).toISOString().slice(0, 10);
}
