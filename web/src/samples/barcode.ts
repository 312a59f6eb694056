/** The values of characters in ISO/IEC 7064 MOD 37-2. */
const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*';
const MODULUS = 37;
const RADIX = 2;
const FORM = /^HW\d{15}[0-9A-Z]$/;

/** What a scanner or a hand typed, as the label has it: without blanks, in capitals. */
export function readBarcode(typed: string): string {
  return typed.replaceAll(/\s/g, '').toUpperCase();
}

/** Whether a text is the barcode of a tube and its check character is right, as the service asks. */
export function isBarcode(text: string): boolean {
  if (!FORM.test(text)) return false;
  let sum = 0;
  for (const character of text) sum = (sum * RADIX + CHARACTERS.indexOf(character)) % MODULUS;
  return sum === 1;
}
