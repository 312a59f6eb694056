import { KinshipError } from './error.ts';
import type { LocusFrequencies } from './frequency-table.ts';
import type { Locus } from './locus.ts';

/** Mutation in the meioses of one sex. Probabilities per meiosis. */
export type MutationRate = {
  /** Probability of a mutation (for stepwise: to an allele of the same microgroup). */
  readonly rate: number;
  /** Stepwise: probability of a mutation to another microgroup. Default 0. */
  readonly rate2?: number | undefined;
  /** Stepwise: a change by one more step is this many times as likely, in (0, 1). Default 0.1. */
  readonly range?: number | undefined;
};

/** Rates of fathers and of mothers. */
type SexedMutationRates = { readonly male: MutationRate; readonly female: MutationRate };

/** Rates of one locus where they differ from the others'. */
export type LocusRates = {
  readonly male?: MutationRate | undefined;
  readonly female?: MutationRate | undefined;
};

/** The models that a rate describes. */
export type RateModelName = 'equal' | 'proportional' | 'onestep' | 'stepwise' | 'stepwise-extended';

/** Rates of every locus; `perLocus` for single ones, what is left out there is taken from above. */
export type MutationRates = SexedMutationRates & {
  readonly perLocus?: Readonly<Record<string, LocusRates>> | undefined;
};

/** The rate that applies to the meioses of one sex at one locus. */
export function rateFor(rates: MutationRates, sex: 'male' | 'female', locus: Locus): MutationRate {
  const general = rates[sex];
  const own = rates.perLocus?.[locus]?.[sex];
  return {
    rate: own?.rate ?? general.rate,
    rate2: own?.rate2 ?? general.rate2,
    range: own?.range ?? general.range,
  };
}

/**
 * Refuses a rate that makes no matrix.
 * @param visibleShare what silent alleles leave: the proportional rate is a mean over them too
 * @throws KinshipError MUTATION_RATE_INVALID, with the limit that the rate exceeds
 */
export function checkRate(
  model: RateModelName,
  rate: MutationRate,
  table: LocusFrequencies,
  visibleShare: number,
): void {
  const limit = model === 'proportional' ? visibleShare * proportionalLimit(table) : 1;
  const refuse = (what: string): never => {
    throw new KinshipError('MUTATION_RATE_INVALID', `${table.locus}, model ${model}: ${what}`);
  };
  if (!(rate.rate >= 0 && rate.rate <= limit)) {
    refuse(`rate ${rate.rate} must lie between 0 and ${limit} for this table`);
  }
  if (model !== 'stepwise' && model !== 'stepwise-extended') return;
  const { rate2 = 0, range = 0.1 } = rate;
  if (!(rate2 >= 0 && rate.rate + rate2 <= 1)) {
    refuse(`rate2 ${rate2} must lie between 0 and ${1 - rate.rate} (1 − rate)`);
  }
  if (!(range > 0 && range < 1)) refuse(`range ${range} must lie between 0 and 1, both excluded`);
}

/** Probability that two alleles drawn from the table differ: Σ p(1−p). */
export function heterozygosity(frequencies: Float64Array): number {
  return frequencies.reduce((sum, frequency) => sum + frequency * (1 - frequency), 0);
}

/** Largest rate of the proportional model: every diagonal entry stays at or above 0. */
function proportionalLimit({ frequencies }: LocusFrequencies): number {
  if (frequencies.length === 1) return 1;
  return Math.min(1, heterozygosity(frequencies) / (1 - Math.min(...frequencies)));
}
