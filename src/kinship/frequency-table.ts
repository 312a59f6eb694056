import { type AlleleIndex, type AlleleLabel, compareAlleles, isOnLadder } from './allele.ts';
import { KinshipError } from './error.ts';
import type { Locus } from './locus.ts';
import { leastFrequency, type MinimumFrequency } from './minimum-frequency.ts';

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

/** Stands for all alleles that nobody compared shows, under the policy `renormalise: none`. */
export const REST_ALLELE = 'rest' as AlleleLabel;

/**
 * The frequencies to use for one comparison: the table's, with the minimum frequency applied, and
 * what that adds taken from where the policy says. They sum to 1 over the alleles in use.
 * Only the compared people count, never the rest of a database, so that a result can be replayed
 * from its own inputs.
 * @throws KinshipError SAMPLE_SIZE_MISSING when the rule needs 2N of a table without it;
 *   FREQUENCY_INVALID when the minimum leaves nothing for the other alleles
 */
export function frequenciesFor(
  table: LocusFrequencies,
  observed: Iterable<AlleleLabel>,
  policy: MinimumFrequency,
): LocusFrequencies {
  const { appliesTo, renormalise = 'all' } = policy;
  const seen = new Set(observed);
  const unseen = [...seen].filter((allele) => !table.alleles.includes(allele));
  const nothingRises = unseen.length === 0 && appliesTo === 'unseen';
  if (nothingRises && renormalise !== 'none') return table;

  const minimum = nothingRises ? 0 : leastFrequency(policy, table.locus, table.allelesCounted);
  const mayRise = (allele: AlleleLabel): boolean =>
    appliesTo === 'all' || (appliesTo === 'observed' && seen.has(allele));
  const entries = table.alleles.map((allele, index) => {
    const least = mayRise(allele) ? minimum : 0;
    return { allele, frequency: table.frequencies[index]!, least };
  });
  entries.push(...unseen.map((allele) => ({ allele, frequency: 0, least: minimum })));
  return BALANCE[renormalise](table, entries, seen);
}

/** An allele in use: its frequency in the table, 0 if it has none, and what it must get at least. */
type Entry = { readonly allele: AlleleLabel; readonly frequency: number; readonly least: number };

/** How the frequencies come to sum to 1. */
const BALANCE: Record<
  NonNullable<MinimumFrequency['renormalise']>,
  (table: LocusFrequencies, entries: Entry[], seen: ReadonlySet<AlleleLabel>) => LocusFrequencies
> = { all: divideAll, others: scaleOthers, none: leaveRest };

/** What sums that differ only by rounding may differ by. */
const ROUNDING = 1e-12;

function divideAll(table: LocusFrequencies, entries: Entry[]): LocusFrequencies {
  return makeLocusFrequencies(table.locus, entries.map(raise), table.allelesCounted);
}

function scaleOthers(table: LocusFrequencies, entries: Entry[]): LocusFrequencies {
  let raised = entries.filter(({ frequency, least }) => frequency < least);
  for (;;) {
    const left = 1 - sumOf(raised, ({ least }) => least);
    if (left <= ROUNDING) throw nothingLeft(table, 1 - left);
    const others = entries.filter((entry) => !raised.includes(entry));
    const scale = left / sumOf(others, ({ frequency }) => frequency);
    // What is scaled down may fall below the minimum in its turn.
    const fallen = others.filter(({ frequency, least }) => frequency * scale < least);
    if (fallen.length === 0) {
      const scaled = others.map(({ allele, frequency }) => [allele, frequency * scale] as const);
      const least = raised.map((entry) => [entry.allele, entry.least] as const);
      return makeLocusFrequencies(table.locus, [...least, ...scaled], table.allelesCounted);
    }
    raised = [...raised, ...fallen];
  }
}

function leaveRest(
  table: LocusFrequencies,
  entries: Entry[],
  seen: ReadonlySet<AlleleLabel>,
): LocusFrequencies {
  const { locus, allelesCounted } = table;
  const used = entries.filter(({ allele }) => seen.has(allele));
  const sorted = used.map(raise).sort(([a], [b]) => compareAlleles(a, b));
  const sum = sumOf(sorted, ([, frequency]) => frequency);
  const rest = 1 - sum;
  if (table.alleles.every((allele) => seen.has(allele)) && Math.abs(rest) <= ROUNDING) {
    return makeLocusFrequencies(locus, sorted, allelesCounted);
  }
  if (rest <= ROUNDING) throw nothingLeft(table, sum);
  return {
    locus,
    alleles: [...sorted.map(([allele]) => allele), REST_ALLELE],
    frequencies: Float64Array.from([...sorted.map(([, frequency]) => frequency), rest]),
    allelesCounted,
  };
}

function raise({ allele, frequency, least }: Entry): [AlleleLabel, number] {
  return [allele, Math.max(frequency, least)];
}

function sumOf<Item>(items: readonly Item[], term: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + term(item), 0);
}

function nothingLeft({ locus }: LocusFrequencies, sum: number): KinshipError {
  return new KinshipError(
    'FREQUENCY_INVALID',
    `${locus}: the minimum frequency makes the observed and rare alleles sum to ${sum}, which ` +
      'leaves nothing for the others; use a smaller minimum or "renormalise": "all"',
  );
}

/** The place of an allele in a locus of a table, or undefined when the table lacks it. */
export function alleleIndex(table: LocusFrequencies, allele: AlleleLabel): AlleleIndex | undefined {
  let places = PLACES.get(table);
  if (!places) {
    places = new Map(table.alleles.map((shown, place) => [shown, place as AlleleIndex]));
    PLACES.set(table, places);
  }
  return places.get(allele);
}

/** Where each table has its alleles: it is made once and asked millions of times. */
const PLACES = new WeakMap<LocusFrequencies, ReadonlyMap<AlleleLabel, AlleleIndex>>();
