import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { packProfile, unpackAlleles, unpackProfile } from '../../src/formats/packed-profile.ts';
import {
  type AlleleLabel,
  encodeAllele,
  type Locus,
  LOCI,
  makeGenotype,
  parseAllele,
  type Profile,
} from '../../src/kinship/index.ts';

const size = fc.integer({ min: 1, max: 999 });
const label = fc
  .oneof(
    fc.constantFrom('OL', 'F'),
    fc.tuple(fc.constantFrom('', '<', '>'), size).map(([side, whole]) => `${side}${whole}`),
    fc.tuple(size, fc.integer({ min: 1, max: 9 })).map(([whole, bases]) => `${whole}.${bases}`),
    size.map((whole) => `${whole}.X`),
  )
  .map((text) => text as AlleleLabel);

const profiles: fc.Arbitrary<Profile> = fc
  .uniqueArray(
    fc.tuple(fc.constantFrom(...LOCI), fc.array(label, { minLength: 1, maxLength: 4 })),
    {
      selector: ([locus]) => locus,
      maxLength: LOCI.length,
    },
  )
  .map((typed) => new Map(typed.map(([locus, alleles]) => [locus, makeGenotype(alleles)])));

/** Anything stands here before it is overwritten. */
const NUMBERS = new Uint16Array(2 * LOCI.length).fill(7);

function numbersOf(profile: Profile): number[] {
  return LOCI.flatMap((locus) => {
    const genotype = profile.get(locus);
    return genotype?.length === 2 ? genotype.map(encodeAllele) : [0, 0];
  });
}

function refusalOf(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    return error instanceof RangeError ? 'RangeError' : String(error);
  }
}

t.test('read as numbers it is the same', (t) => {
  fc.assert(
    fc.property(profiles, (profile) => {
      unpackAlleles(packProfile(profile), NUMBERS);
      assert.deepEqual([...NUMBERS], numbersOf(profile));
    }),
    { numRuns: 300 },
  );
  t.end();
});

t.test('every profile comes back as it was packed', (t) => {
  fc.assert(
    fc.property(profiles, (profile) => {
      const back = unpackProfile(packProfile(profile));
      assert.deepEqual(back, profile);
    }),
    { numRuns: 300 },
  );
  t.end();
});

t.test('the bytes do not depend on the order of the loci', (t) => {
  fc.assert(
    fc.property(profiles, (profile) => {
      assert.deepEqual(packProfile(new Map([...profile].reverse())), packProfile(profile));
    }),
    { numRuns: 50 },
  );
  t.end();
});

t.test('the layout is the stated one', (t) => {
  const profile = new Map<Locus, AlleleLabel[]>([
    ['TH01' as Locus, ['6', '9.3'] as AlleleLabel[]],
    ['CSF1PO' as Locus, ['10', '10'] as AlleleLabel[]],
  ]);
  t.strictSame([...packProfile(profile)], [1, 0, 2, 0, 100, 0, 100, 17, 2, 0, 60, 0, 93]);
  const loci24 = new Map(LOCI.slice(0, 24).map((locus) => [locus, ['12', '13'] as AlleleLabel[]]));
  t.equal(packProfile(loci24).length, 145);
  t.strictSame([...packProfile(new Map())], [1]);
  t.equal(unpackProfile(packProfile(new Map())).size, 0);
  t.end();
});

t.test('bytes are read where they lie in a larger buffer', (t) => {
  const profile = new Map([['vWA' as Locus, makeGenotype(['15', '16.2'] as AlleleLabel[])]]);
  const packed = packProfile(profile);
  const larger = Buffer.concat([Buffer.alloc(3, 7), packed, Buffer.alloc(3, 7)]);
  t.strictSame(unpackProfile(larger.subarray(3, 3 + packed.length)), profile);
  t.end();
});

t.test('bytes that are no packed profile are a RangeError', (t) => {
  const damaged = {
    nothing: [],
    'another format': [2, 0, 2, 0, 100, 0, 100],
    'cut in a locus': [1, 0],
    'cut in an allele': [1, 0, 2, 0, 100, 0],
    'an unknown locus': [1, LOCI.length, 2, 0, 100, 0, 100],
    'a locus twice': [1, 0, 2, 0, 100, 0, 100, 0, 2, 0, 100, 0, 100],
    'loci out of order': [1, 1, 2, 0, 100, 0, 100, 0, 2, 0, 100, 0, 100],
    'no allele': [1, 0, 0],
    'one allele': [1, 0, 1, 0, 100],
    'an allele of no repeats': [1, 0, 2, 0, 0, 0, 9],
    'an allele of 1000 repeats': [1, 0, 2, 0x27, 0x10, 0x27, 0x10],
    'a size that is none': [1, 0, 2, 0xff, 0xfd, 0xff, 0xfd],
  };
  for (const [name, bytes] of Object.entries(damaged)) {
    t.throws(() => unpackProfile(Uint8Array.from(bytes)), RangeError, name);
    t.throws(() => unpackAlleles(Uint8Array.from(bytes), NUMBERS), RangeError, name);
  }
  t.end();
});

t.test(
  'a changed byte gives a RangeError or another well-formed profile, never anything else',
  (t) => {
    let refused = 0;
    let read = 0;
    const change = fc.tuple(profiles, fc.nat(), fc.nat(255), fc.constantFrom(0, 0, 0, 1, 3));
    fc.assert(
      fc.property(change, ([profile, at, value, lost]) => {
        const whole = packProfile(profile);
        const bytes = whole.slice(0, Math.max(0, whole.length - lost));
        bytes[at % bytes.length] = value;
        try {
          const refusal = refusalOf(() => unpackAlleles(bytes, NUMBERS));
          assert.deepEqual(
            refusal,
            refusalOf(() => unpackProfile(bytes)),
          );
          const back = unpackProfile(bytes);
          assert.deepEqual([...NUMBERS], numbersOf(back));
          assert.deepEqual(packProfile(back), bytes);
          assert.ok([...back.values()].flat().every((allele) => parseAllele(allele) === allele));
          read++;
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          refused++;
        }
      }),
      { numRuns: 500 },
    );
    t.ok(refused > 20 && read > 20, `${refused} refused, ${read} read`);
    t.end();
  },
);
