import {
  type AlleleLabel,
  KinshipError,
  type Locus,
  type LocusFrequencies,
  makeLocusFrequencies,
} from '../kinship/index.ts';
import type { FieldFault } from '../platform/errors.ts';

/** A line that is not blank, and where it stands in the file. */
export type FrequencyLine = { readonly line: number; readonly cells: readonly string[] };

/** What a table says of one allele, and where. */
export type FrequencyEntry = {
  readonly place: string;
  readonly allele: AlleleLabel;
  /** At least {@link LEAST_FREQUENCY}. */
  readonly value: number;
};

export type LocusEntries = {
  readonly entries: FrequencyEntry[];
  /** 2N, null where the table does not say. */
  allelesCounted: number | null;
};

/** A frequency table as it is written, with what could not be read of it. */
export type RawFrequencies = {
  readonly byLocus: ReadonlyMap<Locus, LocusEntries>;
  readonly faults: readonly FieldFault[];
};

/** Published tables are rounded; beyond this something is missing. */
const SUM_TOLERANCE = 0.02;
const PERCENT_TOLERANCE = 100 * SUM_TOLERANCE;
/** Below this a product over loci could leave the range of numbers. */
export const LEAST_FREQUENCY = 1e-7;

/** A number of a table; null for text that is none. */
export function readNumber(cell: string | undefined): number | null {
  if (cell === undefined || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell)) return null;
  const number = Number(cell);
  return Number.isFinite(number) ? number : null;
}

/** What is wrong with a frequency whatever stands beside it. */
export function outOfRange(locus: Locus, allele: AlleleLabel): string {
  return `the frequency of ${locus} ${allele} must be a number from ${LEAST_FREQUENCY} to 1`;
}

/** The frequencies of one locus, or what is wrong with them. */
export function readLocus(
  locus: Locus,
  { entries, allelesCounted }: LocusEntries,
): LocusFrequencies | FieldFault[] {
  const sum = entries.reduce((total, { value }) => total + value, 0);
  const tooLarge = entries.filter(({ value }) => value > 1);
  if (tooLarge.length > 0) {
    return areCountsOrPercent(entries, sum)
      ? [{ field: locus, message: `the values are counts or percent, not frequencies; divide each by their sum, ${Number(sum.toFixed(3))}` }] // prettier-ignore
      : tooLarge.map(({ place, allele }) => ({ field: place, message: outOfRange(locus, allele) }));
  }
  if (Math.abs(sum - 1) > SUM_TOLERANCE) {
    const message = `the frequencies sum to ${sum.toFixed(3)}, not 1; rows are missing or stand twice: mend them or leave the locus out`;
    return [{ field: locus, message }];
  }
  try {
    const pairs = entries.map(({ allele, value }) => [allele, value] as const);
    return makeLocusFrequencies(locus, pairs, allelesCounted);
  } catch (error) {
    if (!(error instanceof KinshipError)) throw error;
    return [{ field: locus, message: error.message }];
  }
}

function areCountsOrPercent(entries: readonly FrequencyEntry[], sum: number): boolean {
  const isPercent = Math.abs(sum - 100) <= PERCENT_TOLERANCE;
  return isPercent || entries.every(({ value }) => Number.isInteger(value));
}
