import { parse, CsvError } from 'csv-parse';
import { findLocus, type Locus } from '../kinship/index.ts';
import { HomewardError } from '../platform/errors.ts';
import { type RawGenotype, type RawRow, readPersonRow, UNKNOWN_LOCUS } from './person-row.ts';
import type { RowOutcome } from './row.ts';

type Field = 'sampleId' | 'sex' | 'family' | 'relation';

/** Spellings of the columns that are not loci, folded to lower case without blanks, `_` and `-`. */
const FIELDS: ReadonlyMap<string, Field> = new Map([
  ['sample', 'sampleId'],
  ['sampleid', 'sampleId'],
  ['samplename', 'sampleId'],
  ['specimenid', 'sampleId'],
  ['id', 'sampleId'],
  ['sex', 'sex'],
  ['family', 'family'],
  ['familyid', 'family'],
  ['relation', 'relation'],
]);

/** Columns that laboratories send along and that say nothing about kinship: read over. */
const PASSED_OVER = new Set([
  'amel',
  'amelogenin',
  'yindel',
  'dys391',
  'population',
  'kit',
  'comment',
]);

/** What the header says of each column. */
type Column =
  | { readonly kind: 'field'; readonly field: Field }
  | {
      readonly kind: 'locus';
      readonly locus: Locus;
      readonly header: string;
      readonly place: string;
    }
  | { readonly kind: 'passed-over' };

/** A line of the file: `row` counts blank lines too, as a spreadsheet does. */
type Line = { readonly row: number; readonly cells: readonly string[] };

/**
 * Reads people from a wide CSV, one row a person: the first column or one named `sample_id` is
 * the sample id; `sex`, `family`, `relation` where there are any; a locus stands in one column
 * (`"13,14"`) or in two or three (`D3S1358_1`, `D3S1358_2`). Rows come one by one, good and bad.
 * @throws HomewardError CSV_HEADER_INVALID, FILE_NOT_UTF8 when no row can be read at all
 */
export async function* readProfileCsv(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<RowOutcome> {
  let columns: readonly Column[] | undefined;
  let last = 0;
  try {
    for await (const { row, cells } of cutLines(decode(source))) {
      last = row;
      if (columns === undefined) columns = readHeader(cells);
      else if (cells.some((cell) => cell !== '')) yield readRow(row, columns, cells);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (columns === undefined) {
      throw new HomewardError('CSV_MALFORMED', `The header is not well-formed CSV: ${error.code}.`);
    }
    yield unreadableRest(last + 1);
  }
  if (columns === undefined) throw new HomewardError('CSV_HEADER_INVALID', 'The file is empty.');
}

async function* decode(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const read = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new HomewardError('FILE_NOT_UTF8');
    }
  };
  for await (const chunk of source) yield read(chunk);
  yield read();
}

/**
 * The lines of a text that arrives in pieces.
 * @throws CsvError where the text stops being CSV, after every line before that place
 */
async function* cutLines(texts: AsyncIterable<string>): AsyncGenerator<Line> {
  const cut: Line[] = [];
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    // Collected here, because a stream that fails drops what it holds.
    on_record(cells: string[], { records, empty_lines }) {
      cut.push({ row: records + empty_lines, cells });
      return null;
    },
  });
  let failure: Error | undefined;
  parser.on('error', (error) => (failure = error));
  for await (const text of texts) {
    // Read on all the same, so that a file in another encoding is refused wherever it shows.
    if (failure) continue;
    await new Promise((resolve) => parser.write(text, resolve));
    yield* cut.splice(0);
  }
  if (!failure) await new Promise((resolve) => parser.end(resolve));
  yield* cut;
  if (failure) throw failure;
}

function readHeader(headers: readonly string[]): readonly Column[] {
  if (headers.length < 2) {
    throw new HomewardError(
      'CSV_HEADER_INVALID',
      'The header has a single column; separate the columns by commas.',
    );
  }
  const named = headers.some((header) => FIELDS.get(fold(header)) === 'sampleId');
  const seen = new Map<string, string>();
  return headers.map((header, place): Column => {
    const column = readColumn(header);
    if (place === 0 && !named) {
      if (!column) return { kind: 'field', field: 'sampleId' };
      throw headerFault(header, 'no column holds the sample id; name one sample_id');
    }
    if (header === '') {
      throw headerFault(String(place + 1), 'it has no name; give it one or delete it');
    }
    if (!column) throw headerFault(header, UNKNOWN_LOCUS);
    for (const key of keysOf(column)) {
      const other = seen.get(key);
      if (other !== undefined) {
        throw headerFault(header, `the column "${other}" says the same; keep one`);
      }
      seen.set(key, header);
    }
    return column;
  });
}

/** Which columns exclude each other: one a field, one whole or up to three numbered ones a locus. */
function keysOf(column: Column): string[] {
  switch (column.kind) {
    case 'field':
      return [column.field];
    case 'locus':
      return column.place === ''
        ? ['', '1', '2', '3'].map((place) => `${column.locus} ${place}`)
        : [`${column.locus} ${column.place}`];
    case 'passed-over':
      return [];
  }
}

/** What a column is by its name; undefined for a name that says nothing. */
function readColumn(header: string): Column | undefined {
  const field = FIELDS.get(fold(header));
  if (field) return { kind: 'field', field };
  // A number set apart comes first: F13A_1 is a column of F13A, although F13A1 is a name of it.
  const [, apart = '', placeApart = ''] = /^(.+?)[\s_.-]+([1-3])$/.exec(header) ?? [];
  const numbered = findLocus(apart);
  if (numbered) return { kind: 'locus', locus: numbered, header, place: placeApart };
  const whole = findLocus(header);
  if (whole) return { kind: 'locus', locus: whole, header, place: '' };
  const [, name = '', place = ''] = /^(.+?)[\s_.-]*([1-3])$/.exec(header) ?? [];
  const locus = findLocus(name);
  if (locus) return { kind: 'locus', locus, header, place };
  const isPassedOver = PASSED_OVER.has(fold(name)) || PASSED_OVER.has(fold(header));
  return isPassedOver ? { kind: 'passed-over' } : undefined;
}

function headerFault(field: string, message: string): HomewardError {
  return new HomewardError('CSV_HEADER_INVALID', `Column "${field}": ${message}.`, [
    { field, message },
  ]);
}

function readRow(row: number, columns: readonly Column[], cells: readonly string[]): RowOutcome {
  if (cells.length !== columns.length) {
    const message = `the row has ${cells.length} cells where the header has ${columns.length}; quote cells that hold a comma`;
    return { row, sampleId: null, faults: [{ field: null, code: 'ROW_UNREADABLE', message }] };
  }
  const fields: Record<Field, string> = { sampleId: '', sex: '', family: '', relation: '' };
  const genotypes = new Map<string, RawGenotype>();
  columns.forEach((column, place) => {
    const cell = cells[place]!;
    if (column.kind === 'field') fields[column.field] = cell;
    if (column.kind !== 'locus') return;
    const { field, alleles } = genotypes.get(column.locus) ?? { field: column.header, alleles: [] };
    // In a column of its own an allele stands alone: "9,3" there is no genotype.
    const more = column.place === '' ? cell.split(/[,/]/) : [cell];
    genotypes.set(column.locus, { locus: column.locus, field, alleles: [...alleles, ...more] });
  });
  return outcome(row, { ...fields, genotypes: [...genotypes.values()] });
}

/** Checks a raw row; also for rows that came as JSON. */
export function outcome(row: number, raw: RawRow): RowOutcome {
  const read = readPersonRow(raw);
  return 'profile' in read
    ? { row, person: read }
    : { row, sampleId: raw.sampleId || null, faults: read };
}

function unreadableRest(row: number): RowOutcome {
  const message = 'a quote is not closed or stands in the wrong place; this row and what follows it was not read'; // prettier-ignore
  return { row, sampleId: null, faults: [{ field: null, code: 'ROW_UNREADABLE', message }] };
}

function fold(header: string): string {
  return header.toLowerCase().replace(/[\s_-]/g, '');
}
