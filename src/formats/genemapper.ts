import { setImmediate } from 'node:timers/promises';
import { CsvError } from 'csv-parse';
import { HomewardError } from '../platform/errors.ts';
import { columnFault } from './column-fault.ts';
import { cutBlocks } from './csv-block.ts';
import { CsvLine } from './csv-line.ts';
import { readRecords } from './csv-records.ts';
import { findSeparator } from './csv-separator.ts';
import { type PersonFields, type RawGenotype, outcomeOf, readPersonRow } from './person-row.ts';
import type { RowFault, RowOutcome } from './row.ts';
import { isAmelogenin, isSexMarker } from './sex-marker.ts';

/**
 * Reads people from a genotype table of GeneMapper, one row a sample and marker: `Sample Name`, `Marker`,
 * `Allele 1`, `Allele 2` …; the laboratory may add `Family`, `Relation`, `Sex` and `Kind`. The rows of a
 * sample may stand apart. Markers on X and Y are passed over, but for amelogenin; ladders and controls refused.
 * @param bytes UTF-8
 * @throws HomewardError CSV_HEADER_INVALID, CSV_MALFORMED when the table cannot be read at all
 */
export async function* readGeneMapper(bytes: Uint8Array): AsyncGenerator<RowOutcome> {
  const table = new GenotypeTable();
  for await (const block of cutBlocks([bytes])) {
    table.read(block);
    await setImmediate();
  }
  yield* table.end();
}

/** Whether a header, folded, is that of such a table. */
export function isGeneMapperHeader(cells: readonly string[]): boolean {
  const folded = cells.map(fold);
  return folded.includes('marker') && folded.some((name) => COLUMNS.get(name) === 'sampleId');
}

type Column = keyof PersonFields | 'marker' | 'type';

/** The columns that are read, folded; all others say how the peaks looked. */
const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ['samplename', 'sampleId'],
  ['sampleid', 'sampleId'],
  ['sampletype', 'type'],
  ['marker', 'marker'],
  ['family', 'family'],
  ['relation', 'relation'],
  ['sex', 'sex'],
  ['kind', 'kind'],
]);

const ALLELE = /^allele(\d{1,2})$/;

/** What GeneMapper calls rows of people; ladders and controls it calls otherwise. */
const OF_PEOPLE: ReadonlySet<string> = new Set(['', 'sample']);

type Layout = {
  readonly width: number;
  readonly places: ReadonlyMap<Column, number>;
  readonly alleles: readonly number[];
};

type Draft = {
  readonly row: number;
  readonly type: string;
  /** Each as the first row says that says anything. */
  readonly fields: Record<keyof PersonFields, string>;
  readonly genotypes: RawGenotype[];
  readonly faults: RowFault[];
};

const FIELDS: readonly (keyof PersonFields)[] = ['sampleId', 'kind', 'sex', 'family', 'relation'];

/** The samples of a table while its blocks come. */
class GenotypeTable {
  readonly #line = new CsvLine();
  readonly #samples = new Map<string, Draft>();
  readonly #refused: RowOutcome[] = [];
  #layout: Layout | undefined;
  #before = 0;
  #last = 0;

  read(block: Parameters<typeof readRecords>[0]): void {
    if (!this.#layout) this.#line.separator = findSeparator(block.bytes).charCodeAt(0);
    try {
      this.#before += readRecords(block, this.#line, (rowInBlock) => {
        this.#last = this.#before + rowInBlock;
        if (!this.#layout) this.#layout = readLayout(this.#line.cells());
        else if (!this.#line.isEmpty()) this.#add(this.#layout, this.#last, this.#line.cells());
      });
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const message = `Row ${this.#last + 1}: a quote is not closed or stands in the wrong place.`;
      throw new HomewardError('CSV_MALFORMED', message);
    }
  }

  /** The outcome of each sample, in the order in which they begin. */
  end(): RowOutcome[] {
    if (!this.#layout) throw new HomewardError('CSV_HEADER_INVALID', 'The file is empty.');
    const outcomes = [...this.#samples.values()].map(readSample);
    return [...outcomes, ...this.#refused].sort((a, b) => a.row - b.row);
  }

  #add(layout: Layout, row: number, cells: readonly string[]): void {
    if (cells.length > layout.width) {
      const message = `the row has ${cells.length} cells where the header has ${layout.width}`;
      this.#refuse(row, { field: null, code: 'ROW_UNREADABLE', message });
      return;
    }
    const cell = (column: Column): string => cells[layout.places.get(column) ?? -1]?.trim() ?? '';
    const sampleId = cell('sampleId');
    if (sampleId === '') {
      const message = 'the row names no sample; fill it in';
      this.#refuse(row, { field: 'Sample Name', code: 'FIELD_MISSING', message });
      return;
    }
    const sample = this.#samples.get(sampleId) ?? openSample(row, cell('type').toLowerCase());
    this.#samples.set(sampleId, sample);
    for (const field of FIELDS) {
      const said = cell(field);
      sample.fields[field] ||= said;
      if (said !== '' && said !== sample.fields[field]) complain(sample, field, row);
    }
    const locus = cell('marker');
    if (isSexMarker(locus) && !isAmelogenin(locus)) return;
    const alleles = layout.alleles.map((place) => withPoint(cells[place] ?? ''));
    sample.genotypes.push({ locus, field: `row ${row}`, alleles });
  }

  #refuse(row: number, fault: RowFault): void {
    this.#refused.push({ row, sampleId: null, faults: [fault] });
  }
}

function readSample({ row, type, fields, genotypes, faults }: Draft): RowOutcome {
  const { sampleId } = fields;
  if (!OF_PEOPLE.has(type)) {
    const message = 'a ladder or control is nobody; leave its rows out of the table';
    return { row, sampleId, faults: [{ field: 'Sample Type', code: 'CONTROL_REFUSED', message }] };
  }
  const read = readPersonRow({ ...fields, genotypes });
  if (faults.length === 0) return outcomeOf(row, sampleId, read);
  return { row, sampleId, faults: [...faults, ...('profile' in read ? [] : read)] };
}

function openSample(row: number, type: string): Draft {
  const fields = { sampleId: '', kind: '', sex: '', family: '', relation: '' };
  return { row, type, fields, genotypes: [], faults: [] };
}

/** Says of a field once that the rows of a sample disagree. */
function complain({ faults }: Draft, field: string, row: number): void {
  if (faults.some((fault) => fault.field === field)) return;
  const message = `row ${row} says something else than a row of the sample before; make them agree`;
  faults.push({ field, code: 'ROWS_DISAGREE', message });
}

function readLayout(headers: readonly string[]): Layout {
  const places = new Map<Column, number>();
  const alleles: number[] = [];
  const seen = new Set<string>();
  headers.forEach((header, place) => {
    const name = fold(header);
    const column = COLUMNS.get(name);
    if (!column && !ALLELE.test(name)) return;
    if (seen.has(column ?? name)) {
      throw columnFault('CSV_HEADER_INVALID', header, 'it stands twice; keep one');
    }
    seen.add(column ?? name);
    if (column) places.set(column, place);
    else alleles.push(place);
  });
  for (const [column, header] of [
    ['sampleId', 'Sample Name'],
    ['marker', 'Marker'],
  ] as const) {
    if (!places.has(column)) {
      throw columnFault('CSV_HEADER_INVALID', header, 'the table has none; export it along');
    }
  }
  if (alleles.length === 0) {
    throw columnFault('CSV_HEADER_INVALID', 'Allele 1', 'the table has none; export it along');
  }
  return { width: headers.length, places, alleles };
}

/** An allele in a column of its own may have a decimal comma. */
function withPoint(text: string): string {
  return text.replace(/^(\s*\d{1,3}),(\d\s*)$/, '$1.$2');
}

function fold(header: string): string {
  return header.toLowerCase().replace(/[\s_-]/g, '');
}
