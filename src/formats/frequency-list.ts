import { findLocus, isOnLadder, type Locus, parseAllele } from '../kinship/index.ts';
import { type FieldFault, HomewardError } from '../platform/errors.ts';
import {
  type FrequencyLine,
  LEAST_FREQUENCY,
  type LocusEntries,
  outOfRange,
  type RawFrequencies,
  readNumber,
} from './frequency-locus.ts';

type Columns = Readonly<Record<'locus' | 'allele' | 'frequency' | 'n', number>>;

/** Whether a header has all columns of a list. */
export function isList(header: readonly string[]): boolean {
  return missingColumns(header).length === 0;
}

/**
 * Reads a table with one line an allele: `locus,allele,frequency` in any order, other columns
 * beside them; N is the number of persons typed at the locus, so that 2N alleles were counted.
 * @throws HomewardError FREQUENCY_TABLE_INVALID when a column is missing
 */
export function readFrequencyList(
  header: readonly string[],
  lines: readonly FrequencyLine[],
): RawFrequencies {
  const columns = findColumns(header);
  const faults: FieldFault[] = [];
  const byLocus = new Map<Locus, LocusEntries>();
  for (const line of lines) {
    const fault =
      line.cells.length === header.length
        ? readLine(line, columns, byLocus)
        : `${line.cells.length} cells where the header has ${header.length}`;
    if (fault) faults.push({ field: `line ${line.line}`, message: fault });
  }
  return { byLocus, faults };
}

function findColumns(header: readonly string[]): Columns {
  const missing = missingColumns(header);
  if (missing.length > 0) {
    throw new HomewardError(
      'FREQUENCY_TABLE_INVALID',
      `The header lacks ${missing.join(', ')}; it should read locus,allele,frequency,count,N, or allele and the names of loci.`,
    );
  }
  const place = (name: string): number => placeOf(header, name);
  return { locus: place('locus'), allele: place('allele'), frequency: place('frequency'), n: place('n') }; // prettier-ignore
}

function missingColumns(header: readonly string[]): string[] {
  return ['locus', 'allele', 'frequency'].filter((name) => placeOf(header, name) < 0);
}

function placeOf(header: readonly string[], name: string): number {
  return header.findIndex((cell) => cell.toLowerCase() === name);
}

function readLine(
  { line, cells }: FrequencyLine,
  at: Columns,
  byLocus: Map<Locus, LocusEntries>,
): string | undefined {
  const locus = findLocus(cells[at.locus] ?? '');
  if (!locus) return 'unknown locus; use its STRBase name';
  const allele = parseAllele(cells[at.allele] ?? '');
  if (!allele || !isOnLadder(allele)) return `not an allele of ${locus}; write it as 12 or 9.3`;
  const value = readNumber(cells[at.frequency]);
  if (value === null || value < LEAST_FREQUENCY) return outOfRange(locus, allele);
  const persons = cells[at.n] ? readNumber(cells[at.n]) : undefined;
  if (persons === null || (persons ?? 1) < 1) return `N at ${locus} must be a number of at least 1`;
  const allelesCounted = persons === undefined ? null : 2 * persons;
  const known = byLocus.get(locus) ?? { entries: [], allelesCounted };
  if (known.allelesCounted !== allelesCounted) return `N at ${locus} is not that of its first line`;
  known.entries.push({ place: `line ${line}`, allele, value });
  byLocus.set(locus, known);
  return undefined;
}
