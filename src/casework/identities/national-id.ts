/** Weights of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/**
 * The day of birth that the number of a resident identity card says, `2011-05-31`.
 * @returns null for the number of another document, and for a day that is in no calendar
 */
export function birthDayOf(nationalId: string): string | null {
  const [, year, month, day] = /^\d{6}(\d{4})(\d{2})(\d{2})[\dX]{4}$/.exec(nationalId) ?? [];
  if (year === undefined) return null;
  const text = `${year}-${month}-${day}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

/**
 * Whether a number of 18 characters is one of a resident identity card; shorter ones are of other
 * documents, such as a passport, and nothing is known of their digits.
 */
export function isNationalId(text: string): boolean {
  if (text.length !== 18) return /^[0-9A-Z]{5,17}$/.test(text);
  if (!/^\d{17}[\dX]$/.test(text) || birthDayOf(text) === null) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
  return text[17] === CHECK_DIGITS[sum % 11];
}
