/**
 * Barcodes of tubes: `HW`, six digits of the division where the kit was issued, nine digits that count
 * nationally, and one check character by ISO/IEC 7064 MOD 37-2, as blood donations bear it (ISBT 128).
 * Every single wrong character and every swap of two neighbours is found, the check character's included:
 * see docs/adr/0018-custody.md.
 */

/** The values of characters in ISO/IEC 7064 MOD 37-2. */
const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*';
const MODULUS = 37;
const RADIX = 2;

/** A barcode by its form; whether its check character is right is another question. */
export const BARCODE_FORM = /^HW\d{15}[0-9A-Z]$/;

/** Serials have so many digits. */
const SERIAL_DIGITS = 9;

/**
 * The check character of a text by ISO/IEC 7064 MOD 37-2.
 * @param text of digits and capitals
 */
export function checkCharacter(text: string): string {
  const sum = weigh(text) * RADIX;
  return CHARACTERS.charAt((MODULUS + 1 - (sum % MODULUS)) % MODULUS);
}

/** Whether a text of the form of a barcode has the check character that belongs to it. */
export function isBarcode(text: string): boolean {
  return BARCODE_FORM.test(text) && weigh(text) === 1;
}

/**
 * @param division six digits
 * @returns null for a serial whose check character would be `*`, which not every scanner reads: it is
 *   left out
 */
export function makeBarcode(division: string, serial: number): string | null {
  const body = `HW${division}${String(serial).padStart(SERIAL_DIGITS, '0')}`;
  const barcode = body + checkCharacter(body);
  return BARCODE_FORM.test(barcode) ? barcode : null;
}

/** The sum of the characters, each weighed by its power of two, modulo 37: 1 for a whole barcode. */
function weigh(text: string): number {
  let sum = 0;
  for (const character of text) sum = (sum * RADIX + CHARACTERS.indexOf(character)) % MODULUS;
  return sum;
}
