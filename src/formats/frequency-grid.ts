import { findLocus, isOnLadder, type Locus, parseAllele } from '../kinship/index.ts';
import { type FieldFault, type HomewardError, quotable } from '../platform/errors.ts';
import { columnFault } from './column-fault.ts';
import {
  type FrequencyLine,
  LEAST_FREQUENCY,
  type LocusEntries,
  outOfRange,
  type RawFrequencies,
  readNumber,
} from './frequency-locus.ts';

/** Columns that published tables have beside the autosomal loci: sex and the Y chromosome. */
const SEX_COLUMN = /^(amel(ogenin)?|y[\s_-]?indel|dys.*)$/i;

type Column = { readonly place: number; readonly locus: Locus };

/** Whether a header is that of a table of alleles × loci: a locus names a column after the first. */
export function isGrid([, ...names]: readonly string[]): boolean {
  return names.some((name) => findLocus(name) !== undefined);
}

/**
 * Reads a table of alleles × loci: the first column holds the alleles, each other one the
 * frequencies of a locus, empty or 0 where the locus does not have the allele. A row `N` gives the
 * persons typed at each locus, a row `2N` the alleles counted.
 * @throws HomewardError FREQUENCY_TABLE_INVALID when a column is no locus or stands twice
 */
export function readFrequencyGrid(
  header: readonly string[],
  lines: readonly FrequencyLine[],
): RawFrequencies {
  const columns = findColumns(header);
  const byLocus = new Map(columns.map(({ locus }) => [locus, emptyLocus()]));
  const faults: FieldFault[] = [];
  for (const line of lines) {
    if (line.cells.length !== header.length) {
      const message = `${line.cells.length} cells where the header has ${header.length}`;
      faults.push({ field: `line ${line.line}`, message });
    } else faults.push(...readLine(line, columns, byLocus));
  }
  if (lines.some(({ cells: [label] }) => label?.toUpperCase() === 'N'))
    faults.push(...checkPersons(byLocus));
  for (const [locus, { entries }] of byLocus) if (entries.length === 0) byLocus.delete(locus);
  return { byLocus, faults };
}

function emptyLocus(): LocusEntries {
  return { entries: [], allelesCounted: null };
}

function findColumns(header: readonly string[]): Column[] {
  const columns: Column[] = [];
  header.forEach((name, place) => {
    if (place === 0 || SEX_COLUMN.test(name)) return;
    const locus = findLocus(name);
    if (!locus) throw headerFault(name, 'unknown locus; use its STRBase name or delete the column');
    if (columns.some((other) => other.locus === locus)) throw headerFault(name, 'the locus stands twice'); // prettier-ignore
    columns.push({ place, locus });
  });
  return columns;
}

function headerFault(column: string, message: string): HomewardError {
  return columnFault('FREQUENCY_TABLE_INVALID', column, message);
}

function readLine(
  { line, cells }: FrequencyLine,
  columns: readonly Column[],
  byLocus: ReadonlyMap<Locus, LocusEntries>,
): FieldFault[] {
  const [label = ''] = cells;
  const field = `line ${line}`;
  const filled = columns.filter(
    ({ place }) => cells[place] !== '' && readNumber(cells[place]) !== 0,
  );
  const factor = ALLELES_IN[label.toUpperCase()];
  const allele = parseAllele(label);
  if (factor === undefined && filled.length > 0 && !(allele && isOnLadder(allele))) {
    const message = `"${quotable(label)}" is not an allele; leave out rows of sums and of other figures`;
    return [{ field, message }];
  }
  return filled.flatMap(({ place, locus }): FieldFault[] => {
    const known = byLocus.get(locus)!;
    const value = readNumber(cells[place]);
    if (factor !== undefined) {
      if (value === null || value < 1) return [{ field, message: `${label} at ${locus} must be a number of at least 1` }]; // prettier-ignore
      known.allelesCounted = factor * value;
    } else if (value === null || value < LEAST_FREQUENCY) {
      return [{ field, message: outOfRange(locus, allele!) }];
    } else known.entries.push({ place: field, allele: allele!, value });
    return [];
  });
}

/** The rows that count, with how many alleles what they count has. */
const ALLELES_IN: Readonly<Record<string, number | undefined>> = { N: 2, '2N': 1 };

/** So many alleles as cannot all be seen an even number of times by chance. */
const TELLING = 40;

/**
 * Whether a row `N` counts alleles after all, as it does in the tables of some programs: then every
 * frequency is a multiple of 1/N. Half the minimum frequency would come of taking it for persons.
 */
function checkPersons(byLocus: ReadonlyMap<Locus, LocusEntries>): FieldFault[] {
  let telling = 0;
  for (const { entries, allelesCounted } of byLocus.values()) {
    const persons = (allelesCounted ?? Infinity) / 2;
    for (const { value } of entries) {
      const rounding = persons * roundingOf(value);
      if (rounding > 0.2) continue;
      if (Math.abs(value * persons - Math.round(value * persons)) > rounding + 1e-6) return [];
      telling++;
    }
  }
  if (telling < TELLING) return [];
  const message = 'every frequency is a multiple of 1/N, so that N seems to count alleles; call the row 2N'; // prettier-ignore
  return [{ field: 'N', message }];
}

/** Half a unit of the last decimal that is written of a frequency. */
function roundingOf(value: number): number {
  const [, decimals = ''] = String(value).split('.');
  return 0.5 * 10 ** -decimals.length;
}
