import { useState } from 'react';

/** The number in what somebody wrote, as a number field hands it over; null where none stands there. */
export function readNumber(written: string | number): number | null {
  if (typeof written === 'number') return Number.isFinite(written) ? written : null;
  const value = written.trim() === '' ? NaN : Number(written);
  return Number.isFinite(value) ? value : null;
}

/**
 * What a number field shows: what was written as long as it means the value («0.050», «0.» on the way to it),
 * and the value itself once it came to be another.
 * @param value null: an empty field
 */
export function useWritten(value: number | null) {
  const [written, setWritten] = useState<string | number>('');
  return [readNumber(written) === value ? written : (value ?? ''), setWritten] as const;
}
