import type { Sweep } from './sweep.ts';

/** From when until when a policy was in force; `until` null: it is. */
export type Period = { readonly from: string; readonly until: string | null };

/** When each policy was in force, the oldest first: putting one in force begins a sweep. */
export function readPeriods(
  sweeps: readonly Pick<Sweep, 'reason' | 'policyId' | 'requestedAt'>[],
): Map<string, Period[]> {
  const begun = sweeps
    .filter(({ reason }) => reason === 'policy')
    .sort((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1));
  const periods = new Map<string, Period[]>();
  begun.forEach(({ policyId, requestedAt }, place) => {
    const period = { from: requestedAt, until: begun[place + 1]?.requestedAt ?? null };
    periods.set(policyId, [...(periods.get(policyId) ?? []), period]);
  });
  return periods;
}
