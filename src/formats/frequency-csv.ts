import { parse } from 'csv-parse/sync';
import {
  type AlleleLabel,
  findLocus,
  type FrequencyTable,
  type Locus,
  KinshipError,
  type LocusFrequencies,
  makeLocusFrequencies,
  parseAllele,
} from '../kinship/index.ts';
import { type FieldFault, HomewardError } from '../platform/errors.ts';

type Entry = { readonly allele: AlleleLabel; readonly frequency: number };
type LocusEntries = { readonly entries: Entry[]; allelesCounted: number | null };

const MOST_FAULTS = 50;

/**
 * Reads a frequency table `locus,allele,frequency[,count,N]`, a header first; N is the number of
 * persons typed at the locus, so that 2N alleles were counted.
 * @throws HomewardError FREQUENCY_TABLE_INVALID with every faulty line
 */
export function readFrequencyCsv(text: string): FrequencyTable {
  const [header = [], ...rows] = parseRows(text);
  const place = (name: string): number => header.findIndex((cell) => cell.toLowerCase() === name);
  const columns = { locus: place('locus'), allele: place('allele'), frequency: place('frequency') };
  const missing = Object.entries(columns).filter(([, at]) => at < 0).map(([name]) => name);
  if (missing.length > 0) {
    throw new HomewardError(
      'FREQUENCY_TABLE_INVALID',
      `The header lacks ${missing.join(', ')}; it should read locus,allele,frequency,count,N.`,
    );
  }
  const faults: FieldFault[] = [];
  const byLocus = new Map<Locus, LocusEntries>();
  rows.forEach((cells, index) => {
    const fault = readLine(cells, { ...columns, n: place('n') }, byLocus);
    if (fault) faults.push({ field: `line ${index + 2}`, message: fault });
  });
  const table = makeTable(byLocus, faults);
  if (faults.length > 0 || table.size === 0) throw refusal(faults);
  return table;
}

function parseRows(text: string): string[][] {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch {
    throw new HomewardError('CSV_MALFORMED', 'The frequency table is not well-formed CSV.');
  }
}

function readLine(
  cells: readonly string[],
  at: Readonly<Record<'locus' | 'allele' | 'frequency' | 'n', number>>,
  byLocus: Map<Locus, LocusEntries>,
): string | undefined {
  const locus = findLocus(cells[at.locus] ?? '');
  if (!locus) return 'unknown locus; use its STRBase name';
  const allele = parseAllele(cells[at.allele] ?? '');
  if (!allele) return `not an allele of ${locus}; write it as 12 or 9.3`;
  const frequency = readNumber(cells[at.frequency]);
  if (frequency === null || frequency <= 0 || frequency > 1) {
    return `the frequency of ${locus} ${allele} must be a number above 0 and at most 1`;
  }
  const persons = at.n < 0 || !cells[at.n] ? null : readNumber(cells[at.n]);
  if (persons !== null && !(persons > 0)) return `N at ${locus} must be a number above 0`;
  const known = byLocus.get(locus) ?? { entries: [], allelesCounted: null };
  known.entries.push({ allele, frequency });
  if (persons !== null) known.allelesCounted = 2 * persons;
  byLocus.set(locus, known);
  return undefined;
}

function readNumber(cell: string | undefined): number | null {
  if (cell === undefined || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell)) return null;
  return Number(cell);
}

function makeTable(
  byLocus: ReadonlyMap<Locus, LocusEntries>,
  faults: FieldFault[],
): Map<Locus, LocusFrequencies> {
  const table = new Map<Locus, LocusFrequencies>();
  for (const [locus, { entries, allelesCounted }] of byLocus) {
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
