import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no letter that is read as another or as a digit. */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const NUMBER_LENGTH = 10;

/** What looks like a case number, as somebody may copy it from a card. */
const COPIED_NUMBER = /^HW-[0-9A-Z]{10}$/i;

/** A number that nobody can guess from another: 50 random bits, such as `HW-7K2M9QX4TD`. */
export function newCaseNumber(): string {
  // 256 is a multiple of 32: each symbol is as probable as any other.
  const symbols = Array.from(randomBytes(NUMBER_LENGTH), (byte) => SYMBOLS[byte % SYMBOLS.length]);
  return `HW-${symbols.join('')}`;
}

/**
 * The case number that was meant: small letters are taken as capitals, and letters that no number has as the digits
 * that they are mistaken for.
 * @returns null for what is no case number
 */
export function readCaseNumber(text: string): string | null {
  if (!COPIED_NUMBER.test(text)) return null;
  const symbols = text.slice('HW-'.length).toUpperCase();
  return `HW-${symbols.replaceAll('O', '0').replaceAll(/[IL]/g, '1')}`;
}
