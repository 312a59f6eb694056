import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { readProfileCsv } from '../../src/formats/profile-csv.ts';
import type { RowOutcome } from '../../src/formats/row.ts';
import { HomewardError } from '../../src/platform/errors.ts';
import { readCsv } from './csv.ts';

const PLAIN = 'id,family,vWA\nA,甲1,"14,15"\nB,乙2,16\n';

t.test('a byte order mark, CRLF, CR and blanks around cells change nothing', async (t) => {
  const plain = await readCsv(PLAIN);
  t.match(plain, [{ person: { family: '甲1' } }, { person: { family: '乙2' } }]);
  const variants = [
    `\uFEFF${PLAIN}`,
    PLAIN.replaceAll('\n', '\r\n'),
    PLAIN.replaceAll('\n', '\r'),
    PLAIN.trimEnd(),
    'id , family,vWA\n A,甲1 , " 14 , 15 " \nB,  乙2,\t16\n',
    '"id","family","vWA"\n"A","甲1","14,15"\n"B","乙2","16"\n',
  ];
  for (const csv of variants) t.strictSame(await readCsv(csv), plain, JSON.stringify(csv));
});

t.test('a quoted cell may hold quotes and line breaks', async (t) => {
  const outcomes = await readCsv('id,comment,vWA\nA,"said ""yes""\r\nand, left",15\nB,,16\n');
  t.match(outcomes, [
    { row: 2, person: { sampleId: 'A' } },
    { row: 3, person: { sampleId: 'B' } },
  ]);
});

t.test('a file in another encoding is refused as such', async (t) => {
  const rows = Buffer.from('id,family,vWA\nA,,15\n');
  const files = {
    gbk: Buffer.concat([rows, Buffer.from([0xb1, 0xb1, 0xbe, 0xa9]), Buffer.from(',F,15\n')]),
    'utf-16': Buffer.from(`\uFEFF${PLAIN}`, 'utf16le'),
    'cut in a character': Buffer.concat([rows, Buffer.from([0xe7, 0x94])]),
  };
  for (const [name, bytes] of Object.entries(files)) {
    for (const chunk of [1, 7, Infinity]) {
      await t.rejects(
        readCsv(bytes, chunk),
        { code: 'FILE_NOT_UTF8', message: /save it as UTF-8/ },
        name,
      );
    }
  }
});

t.test('rows before a broken quote are kept, the rest is reported once', async (t) => {
  for (const broken of ['C,"16\nD,17\n', 'C,1"6\nD,17\n', 'C,"16"x\nD,17\n']) {
    for (const chunk of [1, 5, Infinity]) {
      const outcomes = await readCsv(`id,vWA\nA,14\nB,0\n${broken}`, chunk);
      t.match(outcomes, [
        { row: 2, person: { sampleId: 'A' } },
        { row: 3, sampleId: 'B', faults: [{ code: 'ALLELE_INVALID' }] },
        { row: 4, sampleId: null, faults: [{ field: null, code: 'ROW_UNREADABLE' }] },
      ]);
      t.equal(outcomes.length, 3);
    }
  }
});

t.test('a header with a broken quote refuses the file', async (t) => {
  for (const csv of ['"id,vWA\nA,15\n', 'id,v"WA\nA,15\n']) {
    await t.rejects(readCsv(csv), { code: 'CSV_MALFORMED', message: /header/ });
  }
});

t.test('a source that breaks off gives its rows, then its own error', async (t) => {
  for (const error of [new Error('connection reset'), new TypeError('terminated')]) {
    const rows: number[] = [];
    const reading = async (): Promise<void> => {
      for await (const { row } of readProfileCsv(breakingOff(error))) rows.push(row);
    };
    await t.rejects(reading(), error);
    t.strictSame(rows, [2, 3]);
  }
});

t.test('a reader that stops closes the source', async (t) => {
  let closed = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      yield Buffer.from('id,vWA\n');
      for (;;) yield Buffer.from('A,15\n');
    } finally {
      closed = true;
    }
  }
  for await (const { row } of readProfileCsv(endless())) if (row === 100) break;
  t.ok(closed);
});

t.test('a long file is read without a warning of the process', async (t) => {
  const warnings: Error[] = [];
  const warn = (warning: Error): number => warnings.push(warning);
  process.on('warning', warn);
  t.teardown(() => process.off('warning', warn));
  const outcomes = await readCsv(`id,vWA\n${'A,15\n'.repeat(60_000)}`, 16_384);
  await new Promise(setImmediate);
  t.equal(outcomes.length, 60_000);
  t.strictSame(warnings, []);
});

const PIECES = [
  ...['A', '甲', '𝄞', 'é', '14', '15', 'OL', '<8', '=x', ',', ',', ',', '"', '""', ' ', '\uFEFF'],
  ...['\n', '\n', '\r\n', '\r', 'A,甲,"14,15"\n', 'B,,16\r\n', '"C","丙","14"\n'],
];
const texts = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 40 })
  .map((pieces) => Buffer.from(`id,family,vWA\n${pieces.join('')}`));
const spoilt = fc
  .tuple(texts, fc.nat(), fc.nat(255))
  .map(([bytes, at, value]) =>
    Buffer.from(bytes).fill(value, at % bytes.length, (at % bytes.length) + 1),
  );

t.test('how the bytes are cut into chunks never changes the outcome', async (t) => {
  const seen = { rows: 0, refusedRows: 0, refusedFiles: 0 };
  const property = fc.asyncProperty(
    fc.oneof({ weight: 3, arbitrary: texts }, { weight: 1, arbitrary: spoilt }),
    fc.integer({ min: 1, max: 9 }),
    async (bytes, chunkBytes) => {
      const whole = await outcomeOf(bytes, Infinity);
      assert.deepEqual(await outcomeOf(bytes, chunkBytes), whole);
      if ('refused' in whole) seen.refusedFiles++;
      else {
        seen.rows += whole.rows.length;
        seen.refusedRows += whole.rows.filter((row) => 'faults' in row).length;
      }
    },
  );
  await fc.assert(property, { numRuns: 500 });
  t.ok(
    seen.rows > seen.refusedRows && seen.refusedRows > 100 && seen.refusedFiles > 10,
    'all kinds met',
  );
});

async function outcomeOf(
  bytes: Uint8Array,
  chunkBytes: number,
): Promise<{ rows: RowOutcome[] } | { refused: string }> {
  try {
    return { rows: await readCsv(bytes, chunkBytes) };
  } catch (error) {
    if (!(error instanceof HomewardError)) throw error;
    return { refused: `${error.code} ${error.message}` };
  }
}

async function* breakingOff(error: Error): AsyncGenerator<Uint8Array> {
  yield Buffer.from('id,vWA\nA,14\nB,15\nC,1');
  throw error;
}
