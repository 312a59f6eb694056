import { parse } from 'csv-parse/sync';
import type { FrequencyTable, Locus, LocusFrequencies } from '../kinship/index.ts';
import { type FieldFault, HomewardError } from '../platform/errors.ts';
import { isGrid, readFrequencyGrid } from './frequency-grid.ts';
import { isList, readFrequencyList } from './frequency-list.ts';
import { type FrequencyLine, readLocus } from './frequency-locus.ts';

const MOST_FAULTS = 50;

/**
 * Reads a frequency table, a header first: either `locus,allele,frequency[,count,N]` with one line
 * an allele, or alleles × loci with one column a locus. Layouts: docs/formats/frequencies.md.
 * @throws HomewardError FREQUENCY_TABLE_INVALID with every faulty line
 */
export function readFrequencyCsv(text: string): FrequencyTable {
  const [{ cells: header } = { cells: [] }, ...lines] = parseLines(text);
  const read = !isList(header) && isGrid(header) ? readFrequencyGrid : readFrequencyList;
  const { byLocus, faults: lineFaults } = read(header, lines);
  const faults = [...lineFaults];
  const table = new Map<Locus, LocusFrequencies>();
  for (const [locus, entries] of byLocus) {
    const reading = readLocus(locus, entries);
    if ('alleles' in reading) table.set(locus, reading);
    else faults.push(...reading);
  }
  if (faults.length > 0 || table.size === 0) throw refusal(faults);
  return table;
}

function parseLines(text: string): FrequencyLine[] {
  const lines: FrequencyLine[] = [];
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record(cells: string[], { lines: line }) {
        lines.push({ line, cells });
        return null;
      },
    });
  } catch {
    throw new HomewardError('CSV_MALFORMED', 'The frequency table is not well-formed CSV.');
  }
  return lines;
}

function refusal(faults: readonly FieldFault[]): HomewardError {
  const [first] = faults;
  return new HomewardError(
    'FREQUENCY_TABLE_INVALID',
    first ? `${first.field}: ${first.message} (${faults.length} faults).` : 'The table is empty.',
    faults.slice(0, MOST_FAULTS),
  );
}
