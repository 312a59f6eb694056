import { type AlleleIndex, type AlleleLabel, compareAlleles, isOnLadder } from './allele.ts';
import { KinshipError } from './error.ts';
import type { Locus } from './locus.ts';

/** Relative frequencies of the alleles of one locus in one population. */
export type LocusFrequencies = {
  readonly locus: Locus;
  /** In ladder order; the place of an allele is its {@link AlleleIndex}. */
  readonly alleles: readonly AlleleLabel[];
  /** Same length and order as `alleles`; each above 0, sum 1 after {@link makeLocusFrequencies}. */
  readonly frequencies: Float64Array;
  /** Alleles counted (2N), null where the source does not say. */
  readonly allelesCounted: number | null;
};

/** A population's table. Never edited: a change is a new table with another content hash. */
export type FrequencyTable = ReadonlyMap<Locus, LocusFrequencies>;

/**
 * What frequency an allele gets that was observed in a compared person and is rare in the table.
 * `five-over-2n`: 5/2N of the locus (National Research Council 1996); `fixed`: the given number.
 */
export type MinimumFrequency = {
  readonly rule: 'five-over-2n' | 'fixed';
  /** For `fixed`: above 0, at most 0.1. */
  readonly frequency?: number | undefined;
  /** `unseen`: alleles that the table lacks get it; `all`: every rarer allele is raised to it. */
  readonly appliesTo: 'unseen' | 'all';
};

/**
 * One locus of a table. Frequencies are divided by their sum, so that published tables
 * rounded to four decimals add up to 1.
 * @throws KinshipError FREQUENCY_INVALID, FREQUENCY_TABLE_EMPTY
 */
export function makeLocusFrequencies(
  locus: Locus,
  entries: Iterable<readonly [AlleleLabel, number]>,
  allelesCounted: number | null,
): LocusFrequencies {
  const sorted = [...entries].sort(([a], [b]) => compareAlleles(a, b));
  if (sorted.length === 0) {
    throw new KinshipError('FREQUENCY_TABLE_EMPTY', `${locus} has no allele with a frequency`);
  }
  sorted.forEach(([allele, frequency], place) => {
    if (!isOnLadder(allele)) {
      throw new KinshipError('FREQUENCY_INVALID', `${locus} allele ${allele} has no size`);
    }
    if (!(frequency > 0 && frequency <= 1)) {
      throw new KinshipError(
        'FREQUENCY_INVALID',
        `${locus} allele ${allele} has frequency ${frequency}; it must lie above 0 and be at most 1`,
      );
    }
    if (sorted[place + 1]?.[0] === allele) {
      throw new KinshipError('FREQUENCY_INVALID', `${locus} allele ${allele} stands twice`);
    }
  });
  const sum = sorted.reduce((total, [, frequency]) => total + frequency, 0);
  return {
    locus,
    alleles: sorted.map(([allele]) => allele),
    frequencies: Float64Array.from(sorted, ([, frequency]) => frequency / sum),
    allelesCounted,
  };
}

/**
 * The frequencies to use for one comparison: the table's, with the minimum frequency applied to
 * the alleles observed in the people compared, and divided by the new sum where that moved it.
 * Only the compared people count, never the rest of a database, so that a result can be replayed
 * from its own inputs.
 * @throws KinshipError SAMPLE_SIZE_MISSING when 5/2N is asked of a table without 2N
 */
export function frequenciesFor(
  table: LocusFrequencies,
  observed: Iterable<AlleleLabel>,
  policy: MinimumFrequency,
): LocusFrequencies {
  const known = new Set(table.alleles);
  const unseen = [...new Set(observed)].filter((allele) => !known.has(allele));
  if (unseen.length === 0 && policy.appliesTo === 'unseen') return table;

  const minimum = minimumFrequency(table, policy);
  const raised = table.alleles.map((allele, index): [AlleleLabel, number] => {
    const frequency = table.frequencies[index]!;
    return [allele, policy.appliesTo === 'all' ? Math.max(frequency, minimum) : frequency];
  });
  const added = unseen.map((allele): [AlleleLabel, number] => [allele, minimum]);
  return makeLocusFrequencies(table.locus, [...raised, ...added], table.allelesCounted);
}

/** The place of an allele in a locus of a table, or undefined when the table lacks it. */
export function alleleIndex(table: LocusFrequencies, allele: AlleleLabel): AlleleIndex | undefined {
  const index = table.alleles.indexOf(allele);
  return index < 0 ? undefined : (index as AlleleIndex);
}

function minimumFrequency(table: LocusFrequencies, policy: MinimumFrequency): number {
  if (policy.rule === 'fixed') return fixedMinimum(policy);
  if (table.allelesCounted === null) {
    throw new KinshipError(
      'SAMPLE_SIZE_MISSING',
      `the table does not say how many alleles were counted at ${table.locus}, which 5/2N needs; ` +
        'use the rule "fixed" with a frequency such as 0.001',
    );
  }
  return Math.min(5 / table.allelesCounted, 1);
}

function fixedMinimum({ frequency }: MinimumFrequency): number {
  if (frequency === undefined || !(frequency > 0 && frequency <= 0.1)) {
    throw new KinshipError(
      'FREQUENCY_INVALID',
      'the rule "fixed" needs a frequency above 0 and at most 0.1',
    );
  }
  return frequency;
}
