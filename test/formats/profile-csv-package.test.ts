import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import t from 'tap';
import { readProfileCsv } from '../../src/formats/profile-csv.ts';
import type { RowOutcome } from '../../src/formats/row.ts';
import { HomewardError } from '../../src/platform/errors.ts';
import { cut, readPeople } from './csv.ts';
import { readSlowly } from './slow-profile-csv.ts';

type Reading = { rows: unknown[] } | { refused: string };

/** All that a reader says of a file; every profile as a Map. */
async function readingOf(outcomes: AsyncIterable<RowOutcome>): Promise<Reading> {
  const rows: unknown[] = [];
  try {
    for await (const outcome of outcomes) {
      if (!('person' in outcome)) rows.push(outcome);
      else {
        const { profile, ...person } = outcome.person;
        assert.equal(profile.size, [...profile].length);
        rows.push({ ...outcome, person: { ...person, profile: new Map(profile) } });
      }
    }
  } catch (error) {
    if (!(error instanceof HomewardError)) throw error;
    return { refused: `${error.code} ${error.message}` };
  }
  return { rows };
}

/** Asserts that a file reads as the package reads it, and says how. */
async function readBoth(bytes: Uint8Array, chunkBytes = Infinity): Promise<Reading> {
  const slow = await readingOf(readSlowly(cut(bytes, chunkBytes)));
  const fast = await readingOf(readProfileCsv(cut(bytes, chunkBytes)));
  const message = JSON.stringify(Buffer.from(bytes).toString());
  if (isUtf8(bytes) || 'rows' in fast) assert.deepEqual(fast, slow, message);
  else if (!fast.refused.startsWith('FILE_NOT_UTF8')) {
    // Where the header is wrong too, it depends on the cuts which of the two is met first.
    const mended = Buffer.from(Buffer.from(bytes).toString());
    assert.deepEqual(fast, await readingOf(readSlowly([mended])), message);
  }
  return fast;
}

const HEADERS = [
  'id,family,vWA,FGA',
  'sample_id,sex,vWA_1,vWA_2',
  'sample_id,vWA_1,TH01,vWA_2',
  ' id , vWA,"TH01",FGA_1',
  '"id",sex,"vWA"',
  'id,vWA,vWA',
  'id,v"WA',
  '样本,vWA',
];
const LINE_ENDS = ['\n', '\n', '\n', '\r\n', '\r\n', '\r'];
const CELLS = [
  ...['', '""', 'A', 'A-2', '甲', '"甲乙"', '𝄞', 'm', '"F"', '16', '"14,15"', '14/15', '9.3'],
  ...['"9.3,10"', '"14,15,16"', '14,15', '0', 'OL', '<8', '"12.X,13"', 'x'.repeat(70)],
  ...[
    ' 16',
    '16 ',
    '\t16',
    '" 14 , 15 "',
    '"14,15" ',
    ' "14,15"',
    '\u3000甲',
    '甲\u00A0',
    '\u0085',
  ],
  ...['"a ""b"" c"', '"a\nb"', '"a\r\nb"', '"a\rb"', '"', '1"6', '"16"x', '\0', '\uFEFF', ' '],
];
const PLAIN = CELLS.slice(0, 21);
const GENOTYPES = ['16', '"14,15"', '"9.3,10"', '14/15', 'OL', '<8', '"14,15,16"', ''];

/** Lines of a file whose header has so many columns: most of them good, some of anything. */
function linesOf(columns: number): fc.Arbitrary<string> {
  const anything = fc.array(fc.constantFrom(...CELLS), { maxLength: 5 });
  const plain = fc.array(fc.constantFrom(...PLAIN), { minLength: columns, maxLength: columns });
  const good = fc
    .tuple(
      fc.constantFrom('A', '"B-2"', '甲', ' C', '"D" '),
      fc.array(fc.constantFrom(...GENOTYPES), { minLength: columns - 1, maxLength: columns - 1 }),
    )
    .map((cells) => cells.flat());
  return fc.oneof({ weight: 4, arbitrary: good }, plain, anything).map((cells) => cells.join());
}

const files = fc
  .tuple(
    fc.constantFrom('', '', '', '\uFEFF', '\uFEFF\uFEFF', '\n', ' \r\n', '""\n'),
    fc.constantFrom('id,vWA', 'id,TH01,vWA,FGA', ...HEADERS),
    fc.constantFrom(...LINE_ENDS),
  )
  .chain(([before, header, lineEnd]) => {
    const end = fc.oneof({ weight: 9, arbitrary: fc.constant(lineEnd) }, fc.constantFrom('', ...LINE_ENDS)); // prettier-ignore
    const lines = fc.array(fc.tuple(linesOf(header.split(',').length), end), { maxLength: 12 });
    const rest = fc.constantFrom('', 'A,"14,15"', '""', '"', '\r', 'B,甲,15,16');
    return fc
      .tuple(fc.constant([before, header]), end, lines, rest)
      .map((parts) => Buffer.from(parts.flat(2).join('')));
  });
const spoilt = fc
  .tuple(files, fc.nat(), fc.nat(255))
  .map(([bytes, at, value]) => Buffer.from(bytes).fill(value, at % bytes.length, (at % bytes.length) + 1)); // prettier-ignore

t.test('hostile files read as the CSV package reads them, however they are cut', async (t) => {
  const seen = { people: 0, refusedRows: 0, refusedFiles: 0 };
  const property = fc.asyncProperty(
    fc.oneof({ weight: 4, arbitrary: files }, spoilt),
    fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(Infinity)),
    async (bytes, chunkBytes) => {
      const reading = await readBoth(bytes, chunkBytes);
      if ('refused' in reading) seen.refusedFiles++;
      else {
        const people = reading.rows.filter((row) => 'person' in (row as RowOutcome)).length;
        seen.people += people;
        seen.refusedRows += reading.rows.length - people;
      }
    },
  );
  await fc.assert(property, { numRuns: 1000 });
  t.ok(seen.people > 300 && seen.refusedRows > 500 && seen.refusedFiles > 100, 'all kinds met');
});

t.test('more texts than are remembered still read right', async (t) => {
  const alleles = Array.from({ length: 130 }, (_, place) => `${place / 2 + 5}`.replace('.5', '.2'));
  const pairs = alleles.flatMap((a) => alleles.map((b) => [a, b] as const));
  const rows = pairs.map(([a, b], place) => `P${place},${a},${b}\n`).join('');
  const reading = await readBoth(Buffer.from(`id,FGA_1,FGA_2\n${rows}`));
  t.equal('rows' in reading && reading.rows.length, pairs.length);
});

t.test(
  'who shows the same text at a locus has the same genotype, and none can change it',
  async (t) => {
    const people = await readPeople('id,vWA,FGA_1,FGA_2\nA,"14,15",20,21\nB,14/15,21,20\nC,"14,15",20,21\n'); // prettier-ignore
    const [a, b, c] = people.map(({ profile }) => [...profile.values()]);
    t.strictSame(a, b);
    a!.forEach((genotype, place) => {
      t.equal(c![place], genotype);
      t.ok(Object.isFrozen(genotype));
    });
    t.end();
  },
);
