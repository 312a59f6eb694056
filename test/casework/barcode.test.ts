import fc from 'fast-check';
import t from 'tap';
import { checkCharacter, isBarcode, makeBarcode } from '../../src/casework/custody/barcode.ts';

const LABEL_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const barcodes = fc
  .tuple(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 999_999_999 }))
  .map(([division, serial]) => makeBarcode(String(division).padStart(6, '0'), serial))
  .filter((barcode) => barcode !== null);

t.test('check characters are those of ISO/IEC 7064 MOD 37-2', async (t) => {
  // Worked out step by step in the UK blood services' Red Book, annex 2 (ISBT 128): sum 148354, H.
  t.equal(checkCharacter('G123498654321'), 'H');
  // By the definition: the characters, weighed by descending powers of two, come to 1 modulo 37.
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from(LABEL_CHARACTERS)), minLength: 1 }),
      (text) => {
        const whole = Array.from(text + checkCharacter(text)).reverse();
        const sum = whole.reduce(
          (total, one, at) =>
            total + BigInt(`${LABEL_CHARACTERS}*`.indexOf(one)) * 2n ** BigInt(at),
          0n,
        );
        return sum % 37n === 1n;
      },
    ),
  );
});

t.test('a barcode is known again, and one made of another serial is another', async (t) => {
  fc.assert(fc.property(barcodes, isBarcode));
  const made = Array.from({ length: 5_000 }, (_, serial) => makeBarcode('510104', serial + 1));
  const issued = made.filter((barcode) => barcode !== null);
  t.equal(new Set(issued).size, issued.length);
  t.ok(issued.every((barcode) => /^HW510104\d{9}[0-9A-Z]$/.test(barcode)));
  const left = (5_000 - issued.length) / 5_000;
  t.ok(left > 0.02 && left < 0.035, 'about one serial of 37 is left out');
});

t.test('every single wrong character is found', async (t) => {
  let tried = 0;
  fc.assert(
    fc.property(barcodes, (barcode) =>
      Array.from(barcode).every((right, at) =>
        Array.from(LABEL_CHARACTERS).every((wrong) => {
          if (wrong === right) return true;
          tried++;
          return !isBarcode(barcode.slice(0, at) + wrong + barcode.slice(at + 1));
        }),
      ),
    ),
  );
  t.ok(tried >= 50_000, `${tried} substitutions`);
});

t.test('every swap of two neighbours is found', async (t) => {
  let tried = 0;
  fc.assert(
    fc.property(barcodes, (barcode) =>
      Array.from(barcode.slice(1)).every((right, at) => {
        const left = barcode.charAt(at);
        if (left === right) return true;
        tried++;
        return !isBarcode(barcode.slice(0, at) + right + left + barcode.slice(at + 2));
      }),
    ),
  );
  t.ok(tried >= 1_000, `${tried} swaps`);
});

t.test('what has not the form of a barcode is none', async (t) => {
  const good = makeBarcode('510104', 1)!;
  for (const text of [
    '',
    good.toLowerCase(),
    ` ${good}`,
    `${good}\n`,
    `${good}0`,
    good.slice(1),
    'HW',
  ]) {
    t.notOk(isBarcode(text), JSON.stringify(text));
  }
});
