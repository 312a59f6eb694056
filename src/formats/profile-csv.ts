import { parse, CsvError } from 'csv-parse';
import { findLocus } from '../kinship/index.ts';
import { HomewardError } from '../platform/errors.ts';
import { type RawGenotype, type RawRow, readPersonRow, UNKNOWN_LOCUS } from './person-row.ts';
import type { RowOutcome } from './row.ts';

type Field = 'sampleId' | 'sex' | 'family' | 'relation';

/** Spellings of the columns that are not loci, folded to lower case without blanks, `_` and `-`. */
const FIELDS: Readonly<Record<string, Field>> = {
  sample: 'sampleId',
  sampleid: 'sampleId',
  samplename: 'sampleId',
  specimenid: 'sampleId',
  id: 'sampleId',
  sex: 'sex',
  family: 'family',
  familyid: 'family',
  relation: 'relation',
};

/** Columns that laboratories send along and that say nothing about kinship: read over. */
const PASSED_OVER = new Set(['amel', 'amelogenin', 'yindel', 'dys391', 'population', 'kit', 'comment']);

/** What the header says of each column. */
type Column =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'locus'; readonly locus: string; readonly header: string }
  | { readonly kind: 'passed-over' };

/**
 * Reads people from a wide CSV, one row a person: the first column or one named `sample_id` is
 * the sample id; `sex`, `family`, `relation` where there are any; a locus stands in one column
 * (`"13,14"`) or in two or three (`D3S1358_1`, `D3S1358_2`). Rows come one by one, good and bad.
 * @throws HomewardError CSV_HEADER_INVALID, FILE_NOT_UTF8 when no row can be read at all
 */
export async function* readProfileCsv(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<RowOutcome> {
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  const feeding = feed(source, parser);
  let columns: readonly Column[] | undefined;
  let row = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row++;
      if (columns === undefined) columns = readHeader(cells);
      else yield readRow(row, columns, cells);
    }
    await feeding;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (columns === undefined) {
      throw new HomewardError('CSV_MALFORMED', `The header is not well-formed CSV: ${error.code}.`);
    }
    yield unreadableRest(row + 1);
  }
  if (columns === undefined) throw new HomewardError('CSV_HEADER_INVALID', 'The file is empty.');
}

/** Passes bytes to the parser as text, back-pressure kept; bytes that are not UTF-8 end the file. */
async function feed(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  parser: ReturnType<typeof parse>,
): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of source) {
      if (!parser.write(decoder.decode(chunk, { stream: true }))) await drained(parser);
    }
    decoder.decode();
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof TypeError ? new HomewardError('FILE_NOT_UTF8') : (error as Error));
  }
}

function drained(parser: ReturnType<typeof parse>): Promise<void> {
  return new Promise((resolve) => {
    parser.once('drain', resolve).once('close', resolve);
  });
}

function readHeader(headers: readonly string[]): readonly Column[] {
  if (headers.length < 2) {
    throw new HomewardError(
      'CSV_HEADER_INVALID',
      'The header has a single column; separate the columns by commas.',
    );
  }
  const named = headers.some((header) => FIELDS[fold(header)] === 'sampleId');
  const columns = headers.map((header, place): Column => {
    if (place === 0 && !named) return { kind: 'field', field: 'sampleId' };
    return readColumn(header);
  });
  const seen = new Set<string>();
  columns.forEach((column, place) => {
    if (column.kind === 'passed-over') return;
    const header = fold(headers[place]!);
    if (seen.has(header)) throw headerFault(headers[place]!, 'this column stands twice; keep one');
    seen.add(header);
  });
  return columns;
}

function readColumn(header: string): Column {
  const field = FIELDS[fold(header)];
  if (field) return { kind: 'field', field };
  if (findLocus(header)) return { kind: 'locus', locus: header, header };
  const numbered = /^(.+?)[\s_.-]*[1-3]$/.exec(header)?.[1];
  if (numbered !== undefined && findLocus(numbered)) {
    return { kind: 'locus', locus: numbered, header };
  }
  if (PASSED_OVER.has(fold(numbered ?? header)) || PASSED_OVER.has(fold(header))) {
    return { kind: 'passed-over' };
  }
  throw headerFault(header, UNKNOWN_LOCUS);
}

function headerFault(field: string, message: string): HomewardError {
  return new HomewardError('CSV_HEADER_INVALID', `Column "${field}": ${message}.`, [{ field, message }]);
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
    const more = cell.split(/[,/]/);
    genotypes.set(column.locus, { locus: column.locus, field, alleles: [...alleles, ...more] });
  });
  return outcome(row, { ...fields, genotypes: [...genotypes.values()] });
}

/** Checks a raw row; also for rows that came as JSON. */
export function outcome(row: number, raw: RawRow): RowOutcome {
  const read = readPersonRow(raw);
  return 'profile' in read ? { row, person: read } : { row, sampleId: raw.sampleId || null, faults: read };
}

function unreadableRest(row: number): RowOutcome {
  const message = 'a quote is not closed or stands in the wrong place; this row and what follows it was not read'; // prettier-ignore
  return { row, sampleId: null, faults: [{ field: null, code: 'ROW_UNREADABLE', message }] };
}

function fold(header: string): string {
  return header.toLowerCase().replace(/[\s_-]/g, '');
}
