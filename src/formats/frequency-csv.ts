import { parse } from 'csv-parse/sync';
import {
  type AlleleLabel,
  findLocus,
  isOnLadder,
  type FrequencyTable,
  type Locus,
  KinshipError,
  type LocusFrequencies,
  makeLocusFrequencies,
  parseAllele,
} from '../kinship/index.ts';
import { type FieldFault, HomewardError } from '../platform/errors.ts';

type Entry = { readonly allele: AlleleLabel; readonly frequency: number };
/** A line that is not blank, and where it stands in the file. */
type Line = { readonly line: number; readonly cells: readonly string[] };
type LocusEntries = { readonly entries: Entry[]; readonly allelesCounted: number | null };

const MOST_FAULTS = 50;
/** Published tables are rounded; beyond this something is missing. */
const SUM_TOLERANCE = 0.02;
/** Below this a product over loci could leave the range of numbers. */
const LEAST_FREQUENCY = 1e-7;

/**
 * Reads a frequency table `locus,allele,frequency[,count,N]`, a header first; N is the number of
 * persons typed at the locus, so that 2N alleles were counted.
 * @throws HomewardError FREQUENCY_TABLE_INVALID with every faulty line
 */
export function readFrequencyCsv(text: string): FrequencyTable {
  const [{ cells: header } = { cells: [] }, ...lines] = parseLines(text);
  const place = (name: string): number => header.findIndex((cell) => cell.toLowerCase() === name);
  const columns = { locus: place('locus'), allele: place('allele'), frequency: place('frequency') };
  const missing = Object.entries(columns)
    .filter(([, at]) => at < 0)
    .map(([name]) => name);
  if (missing.length > 0) {
    throw new HomewardError(
      'FREQUENCY_TABLE_INVALID',
      `The header lacks ${missing.join(', ')}; it should read locus,allele,frequency,count,N.`,
    );
  }
  const faults: FieldFault[] = [];
  const byLocus = new Map<Locus, LocusEntries>();
  for (const { line, cells } of lines) {
    const fault =
      cells.length === header.length
        ? readLine(cells, { ...columns, n: place('n') }, byLocus)
        : `${cells.length} cells where the header has ${header.length}`;
    if (fault) faults.push({ field: `line ${line}`, message: fault });
  }
  const table = makeTable(byLocus, faults);
  if (faults.length > 0 || table.size === 0) throw refusal(faults);
  return table;
}

function parseLines(text: string): Line[] {
  const lines: Line[] = [];
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

function readLine(
  cells: readonly string[],
  at: Readonly<Record<'locus' | 'allele' | 'frequency' | 'n', number>>,
  byLocus: Map<Locus, LocusEntries>,
): string | undefined {
  const locus = findLocus(cells[at.locus] ?? '');
  if (!locus) return 'unknown locus; use its STRBase name';
  const allele = parseAllele(cells[at.allele] ?? '');
  if (!allele || !isOnLadder(allele)) return `not an allele of ${locus}; write it as 12 or 9.3`;
  const frequency = readNumber(cells[at.frequency]);
  if (frequency === null || frequency < LEAST_FREQUENCY || frequency > 1) {
    return `the frequency of ${locus} ${allele} must be a number from ${LEAST_FREQUENCY} to 1`;
  }
  const persons = cells[at.n] ? readNumber(cells[at.n]) : undefined;
  if (persons === null || (persons ?? 1) < 1) return `N at ${locus} must be a number of at least 1`;
  return addEntry(
    byLocus,
    locus,
    { allele, frequency },
    persons === undefined ? null : 2 * persons,
  );
}

function addEntry(
  byLocus: Map<Locus, LocusEntries>,
  locus: Locus,
  entry: Entry,
  allelesCounted: number | null,
): string | undefined {
  const known = byLocus.get(locus) ?? { entries: [], allelesCounted };
  if (known.allelesCounted !== allelesCounted) return `N at ${locus} is not that of its first line`;
  known.entries.push(entry);
  byLocus.set(locus, known);
  return undefined;
}

function readNumber(cell: string | undefined): number | null {
  if (cell === undefined || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell)) return null;
  const number = Number(cell);
  return Number.isFinite(number) ? number : null;
}

function makeTable(
  byLocus: ReadonlyMap<Locus, LocusEntries>,
  faults: FieldFault[],
): Map<Locus, LocusFrequencies> {
  const table = new Map<Locus, LocusFrequencies>();
  for (const [locus, { entries, allelesCounted }] of byLocus) {
    const sum = entries.reduce((total, { frequency }) => total + frequency, 0);
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      const message = `the frequencies sum to ${sum.toFixed(3)}, not 1; rows are missing or stand twice`;
      faults.push({ field: locus, message });
      continue;
    }
    try {
      const pairs = entries.map(({ allele, frequency }) => [allele, frequency] as const);
      table.set(locus, makeLocusFrequencies(locus, pairs, allelesCounted));
    } catch (error) {
      if (!(error instanceof KinshipError)) throw error;
      faults.push({ field: locus, message: error.message });
    }
  }
  return table;
}

function refusal(faults: readonly FieldFault[]): HomewardError {
  const [first] = faults;
  return new HomewardError(
    'FREQUENCY_TABLE_INVALID',
    first ? `${first.field}: ${first.message} (${faults.length} faults).` : 'The table is empty.',
    faults.slice(0, MOST_FAULTS),
  );
}
