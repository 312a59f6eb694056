import { CsvError, parse } from 'csv-parse';
import { type RawGenotype, readPersonRow, outcomeOf } from '../../src/formats/person-row.ts';
import { type ProfileColumn, readHeader } from '../../src/formats/profile-header.ts';
import type { RowOutcome } from '../../src/formats/row.ts';
import { HomewardError } from '../../src/platform/errors.ts';

/**
 * Reads a wide CSV of people wholly by the CSV package, each row and each cell for itself: what
 * `readProfileCsv` must come to as well.
 */
export async function* readSlowly(chunks: Iterable<Uint8Array>): AsyncGenerator<RowOutcome> {
  let columns: readonly ProfileColumn[] | undefined;
  let last = 0;
  try {
    const texts = [...decode(chunks)];
    const separator = separatorOf(texts.join(''));
    for await (const { row, cells } of cutLines(texts, separator)) {
      last = row;
      if (columns === undefined) columns = readHeader(cells);
      else if (cells.some((cell) => cell !== '')) yield readRow(row, columns, cells);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (columns === undefined) {
      throw new HomewardError('CSV_MALFORMED', `The header is not well-formed CSV: ${error.code}.`);
    }
    yield refusal(
      last + 1,
      'a quote is not closed or stands in the wrong place; this row and what follows it was not read',
    );
  }
  if (columns === undefined) throw new HomewardError('CSV_HEADER_INVALID', 'The file is empty.');
}

function* decode(chunks: Iterable<Uint8Array>): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const read = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new HomewardError('FILE_NOT_UTF8');
    }
  };
  for (const chunk of chunks) yield read(chunk);
  yield read();
}

type Line = { readonly row: number; readonly cells: readonly string[] };

/** Of the first line that says anything, quoted text left out: whatever stands there most often. */
function separatorOf(text: string): string {
  const [header = ''] = text
    .replaceAll(/"[^"]*("|$)/g, '"')
    .replace(/^[\r\n]+/, '')
    .split(/[\r\n]/);
  const count = (separator: string): number => header.split(separator).length;
  return [',', '\t', ';'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

async function* cutLines(texts: Iterable<string>, delimiter: string): AsyncGenerator<Line> {
  const cut: Line[] = [];
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    on_record(cells: string[], { records, empty_lines }) {
      cut.push({ row: records + empty_lines, cells });
      return null;
    },
  });
  let failure: Error | undefined;
  parser.on('error', (error) => (failure = error));
  for (const text of texts) {
    if (failure) continue;
    await new Promise((resolve) => parser.write(text, resolve));
    yield* cut.splice(0);
  }
  if (!failure) await new Promise((resolve) => parser.end(resolve));
  yield* cut;
  if (failure) throw failure;
}

function readRow(
  row: number,
  columns: readonly ProfileColumn[],
  cells: readonly string[],
): RowOutcome {
  if (cells.length !== columns.length) {
    return refusal(
      row,
      `the row has ${cells.length} cells where the header has ${columns.length}; quote cells that hold a separator`,
    );
  }
  const fields = { sampleId: '', kind: '', sex: '', family: '', relation: '' };
  const genotypes = new Map<string, RawGenotype>();
  columns.forEach((column, place) => {
    const cell = cells[place]!;
    if (column.kind === 'field') fields[column.field] = cell;
    if (column.kind === 'amelogenin') {
      const { header } = column;
      genotypes.set(`amelogenin ${place}`, { locus: 'AMEL', field: header, alleles: [cell] });
    }
    if (column.kind !== 'locus') return;
    const { field, alleles } = genotypes.get(column.locus) ?? { field: column.header, alleles: [] };
    const more = column.place === '' ? cell.split(/[,/]/) : [cell];
    genotypes.set(column.locus, { locus: column.locus, field, alleles: [...alleles, ...more] });
  });
  const raw = { ...fields, genotypes: [...genotypes.values()] };
  return outcomeOf(row, raw.sampleId, readPersonRow(raw));
}

function refusal(row: number, message: string): RowOutcome {
  return { row, sampleId: null, faults: [{ field: null, code: 'ROW_UNREADABLE', message }] };
}
