import fc from 'fast-check';
import t from 'tap';
import { type CsvPart, splitCsv } from '../../src/formats/csv-split.ts';
import type { RowOutcome } from '../../src/formats/row.ts';
import { cut, readCsv } from './csv.ts';

async function split(
  text: string | Buffer,
  { rows = Infinity, bytes = Infinity, chunk = Infinity } = {},
): Promise<CsvPart[]> {
  const parts: CsvPart[] = [];
  const source = (async function* () {
    yield* cut(Buffer.from(text), chunk);
  })();
  for await (const part of splitCsv(source, rows, bytes)) parts.push(part);
  return parts;
}

const shift = (outcome: RowOutcome, by: number): RowOutcome => ({
  ...outcome,
  row: outcome.row + by,
});

const CELLS = ['A', '"B"', '"a\nb"', '"a\r\nb"', '"x ""y"" z"', '甲', '', '9', '"6,9.3"', 'wrong'];
const files = fc
  .tuple(
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.constantFrom('', '\uFEFF'),
    fc.constantFrom('', 'blank'),
    fc.array(
      fc.oneof(fc.constant(['A', '9']), fc.array(fc.constantFrom(...CELLS), { maxLength: 3 })),
      { maxLength: 20 },
    ),
    fc.boolean(),
  )
  .map(([end, mark, blank, rows, isEnded]) => {
    const lines = ['id,TH01', ...rows.map((cells) => cells.join())];
    return `${mark}${blank ? end : ''}${lines.join(end)}${isEnded ? end : ''}`;
  });

t.test(
  'the parts of a file say of every row what the whole file says, under its row',
  async (t) => {
    let people = 0;
    let parted = 0;
    const property = fc.asyncProperty(
      files,
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 9 }),
      async (text, rows, chunk) => {
        const parts = await split(text, { rows, chunk });
        const outcomes: RowOutcome[] = [];
        for (const { bytes, firstRow, rows: count } of parts) {
          t.ok(count <= rows);
          for (const outcome of await readCsv(bytes)) outcomes.push(shift(outcome, firstRow - 2));
        }
        t.same(outcomes, await readCsv(text), JSON.stringify(text));
        people += outcomes.filter((outcome) => 'person' in outcome).length;
        parted += parts.length > 1 ? 1 : 0;
      },
    );
    await fc.assert(property, { numRuns: 150 });
    t.ok(people > 200 && parted > 50, `${people} people, ${parted} files in parts`);
  },
);

t.test('a part ends with the row that fills it', async (t) => {
  const text = `id,TH01${'\nA,9'.repeat(10)}`;
  t.same(
    (await split(text, { rows: 4 })).map(({ rows, firstRow }) => [rows, firstRow]),
    [
      [4, 2],
      [4, 6],
      [2, 10],
    ],
  );
  t.same(
    (await split(text, { bytes: 100, chunk: 8 })).map(({ rows }) => rows),
    [10],
  );
  t.same(
    (await split(text, { bytes: 12, chunk: 8 })).map(({ rows }) => rows),
    [3, 3, 3, 1],
  );
  t.same(await split('id,TH01\n'), []);
  t.same(await split(''), []);
});

t.test('a quote that never closes fills no memory', async (t) => {
  const text = `id,TH01\nA,9\nB,"9\n${'C,9\n'.repeat(1_000)}`;
  await t.rejects(split(text, { bytes: 1_000, chunk: 10 }), {
    code: 'CSV_MALFORMED',
    message: /^Row 3 has no end within 1000 bytes/,
  });
});

t.test('what stands behind a quote that never closes is sent, and refused there', async (t) => {
  const text = 'id,TH01\nA,9\n"B,9\nC,9\n';
  const [part, ...more] = await split(text, { rows: 10 });
  t.strictSame(more, []);
  const outcomes = await readCsv(part!.bytes);
  t.strictSame(outcomes, await readCsv(text));
  t.match(outcomes, [
    { row: 2, person: {} },
    { row: 3, faults: [{ code: 'ROW_UNREADABLE' }] },
  ]);
  await t.rejects(split('"id,TH01\nA,9\n'), { code: 'CSV_MALFORMED', message: /^Row 1/ });
});
