/** Weights of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';
const OTHER_DOCUMENT = /^[0-9A-Z]{5,17}$/;

/**
 * Whether a number may be one of a resident identity card, or of another document, of whose digits nothing is known.
 * Whether its day of birth is in a calendar the service asks.
 */
export function isNationalId(text: string): boolean {
  if (text.length !== 18) return OTHER_DOCUMENT.test(text);
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
  return text[17] === CHECK_DIGITS[sum % 11];
}
