import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import t from 'tap';
import { openBytes, SealBroken, sealBytes } from '../../../src/platform/crypto/sealed-bytes.ts';

const PLACE = { column: 'profiles.genotypes', rowId: 'a' } as const;
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

t.test('what was sealed opens, and shows nothing of itself', (t) => {
  fc.assert(
    fc.property(bytes(32), fc.uint8Array({ minLength: 16, maxLength: 200 }), (key, plain) => {
      const sealed = sealBytes(key, plain, PLACE);
      assert.deepEqual([...openBytes(key, sealed, PLACE)], [...plain]);
      assert.equal(Buffer.from(sealed).includes(Buffer.from(plain)), false);
      assert.notDeepEqual(sealBytes(key, plain, PLACE), sealed, 'sealed twice it looks different');
    }),
  );
  t.end();
});

t.test('any bit that is flipped is noticed', (t) => {
  const key = Buffer.alloc(32, 1);
  const sealed = sealBytes(key, Buffer.from('6,9.3'), PLACE);
  for (let bit = 0; bit < 8 * sealed.length; bit++) {
    const altered = Uint8Array.from(sealed);
    altered[bit >> 3]! ^= 1 << (bit & 7);
    t.throws(() => openBytes(key, altered, PLACE), SealBroken);
  }
  for (let length = 0; length < sealed.length; length++) {
    t.throws(() => openBytes(key, sealed.subarray(0, length), PLACE), SealBroken);
  }
  t.end();
});

t.test('it opens in no other row and column, and with no other key', (t) => {
  const key = Buffer.alloc(32, 1);
  const sealed = sealBytes(key, Buffer.from('6,9.3'), PLACE);
  t.throws(() => openBytes(key, sealed, { ...PLACE, rowId: 'b' }), SealBroken);
  t.throws(() => openBytes(key, sealed, { ...PLACE, column: 'identities.name' }), SealBroken);
  t.throws(() => openBytes(Buffer.alloc(32, 2), sealed, PLACE), SealBroken);
  t.end();
});
