import {
  type AllelePair,
  type Calculation,
  type CalculationParameters,
  findSharedLoci,
  type FrequencyTable,
  type Locus,
  type LocusFrequencies,
  type SilentClasses,
} from '../kinship/index.ts';
import { HomewardError } from '../platform/errors.ts';

/** One locus that counts in a calculation, with the numbers that it uses, for another program. */
export type UsedLocus = {
  readonly locus: Locus;
  /** After the rule for rare alleles; they sum to 1 without the silent allele. */
  readonly frequencies: LocusFrequencies;
  /** By person, of those who count here. */
  readonly genotypes: ReadonlyMap<string, AllelePair>;
  /** Relative frequency of all silent alleles together, 0 where there is none. */
  readonly silentFrequency: number;
};

/**
 * The loci that two people at least share and the table holds, as `calculate` uses them.
 * @throws HomewardError CALCULATION_INVALID where some kits show a silent allele and others do not:
 *   files of other programs know alleles that nobody sees only; KinshipError when the rule for rare
 *   alleles does not fit the table
 */
export function readUsedLoci(
  { people }: Pick<Calculation, 'people'>,
  parameters: CalculationParameters,
  table: FrequencyTable,
): UsedLocus[] {
  return findSharedLoci(table, parameters, people).shared.map(
    ({ locus, frequencies, typed, silent }): UsedLocus => ({
      locus,
      frequencies,
      genotypes: new Map(typed.map(({ person, pair }) => [person.id, pair])),
      silentFrequency: sumSilent(locus, silent),
    }),
  );
}

/** Silent alleles that nobody sees need no telling apart: together they are as one. */
function sumSilent(locus: Locus, { classes }: SilentClasses): number {
  if (classes.some(({ shownToSome }) => shownToSome)) {
    throw new HomewardError(
      'CALCULATION_INVALID',
      `${locus}: the kits of some people show alleles that are silent to the others' kit, which ` +
        'this format cannot hold; leave the locus out, or state the silent allele for all kits',
    );
  }
  return classes.reduce((sum, { frequency }) => sum + frequency, 0);
}
