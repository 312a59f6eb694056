import { type AlleleLabel, microvariant, wholeRepeats } from './allele.ts';
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
export type SexedMutationRates = { readonly male: MutationRate; readonly female: MutationRate };

/** Rates of one locus where they differ from the others'. */
export type LocusRates = {
  readonly male?: MutationRate | undefined;
  readonly female?: MutationRate | undefined;
};

/** How alleles change on the way from parent to child. Worked values: docs/math/mutation.md. */
export type MutationParameters =
  | { readonly model: 'none' }
  | (SexedMutationRates & {
      readonly model: 'equal' | 'proportional' | 'stepwise' | 'stepwise-extended';
      /** Rates of single loci, where they differ; what is left out is taken from above. */
      readonly perLocus?: Readonly<Record<string, LocusRates>> | undefined;
    });

type ModelName = Exclude<MutationParameters['model'], 'none'>;

/** Row-major square matrix: entry [i·size + j] = P(parental allele i is passed on as j). */
export type MutationMatrix = { readonly size: number; readonly values: Float64Array };

/**
 * The mutation matrix of one locus and one sex, over exactly the alleles of the table.
 * @param visibleShare what silent alleles leave to those of the table: the rate of the proportional
 *   model is the mean over all alleles, and silent ones never mutate (as Familias has it)
 * @throws KinshipError MUTATION_RATE_INVALID, with the limit that the rate exceeds
 */
export function mutationMatrix(
  parameters: MutationParameters,
  sex: 'male' | 'female',
  table: LocusFrequencies,
  visibleShare = 1,
): MutationMatrix {
  const size = table.alleles.length;
  if (parameters.model === 'none') return identityMatrix(size);
  const stated = rateFor(parameters, sex, table.locus);
  const rate =
    parameters.model === 'proportional' ? { ...stated, rate: stated.rate / visibleShare } : stated;
  checkRate(parameters.model, rate, table);
  if (size === 1) return identityMatrix(size);
  const fill = FILL_OFF_DIAGONAL[parameters.model];
  const values = new Float64Array(size * size);
  fill(values, rate, table);
  fillDiagonal(values, size);
  return { size, values };
}

const FILL_OFF_DIAGONAL: Record<
  ModelName,
  (values: Float64Array, rate: MutationRate, table: LocusFrequencies) => void
> = {
  equal: fillEqual,
  proportional: fillProportional,
  stepwise: fillStepwise,
  'stepwise-extended': fillStepwise,
};

function rateFor(
  parameters: Exclude<MutationParameters, { model: 'none' }>,
  sex: 'male' | 'female',
  locus: Locus,
): MutationRate {
  return { ...parameters[sex], ...parameters.perLocus?.[locus]?.[sex] };
}

function checkRate(model: ModelName, rate: MutationRate, table: LocusFrequencies): void {
  const limit = model === 'proportional' ? proportionalLimit(table) : 1;
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

/** Largest rate of the proportional model: every diagonal entry stays at or above 0. */
function proportionalLimit({ frequencies }: LocusFrequencies): number {
  if (frequencies.length === 1) return 1;
  return Math.min(1, heterozygosity(frequencies) / (1 - Math.min(...frequencies)));
}

function fillEqual(values: Float64Array, { rate }: MutationRate, table: LocusFrequencies): void {
  values.fill(rate / (table.alleles.length - 1));
}

function fillProportional(
  values: Float64Array,
  { rate }: MutationRate,
  { frequencies }: LocusFrequencies,
): void {
  const size = frequencies.length;
  const alpha = rate / heterozygosity(frequencies);
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < size; to++) values[from * size + to] = alpha * frequencies[to]!;
  }
}

/**
 * Within a microgroup (same `.x`) in proportion to range^steps, scaled to `rate` over the alleles
 * that the table has; to the alleles of all other groups `rate2` in equal parts. An allele alone
 * in its group changes only to other groups, one whose table has a single group only within it.
 */
function fillStepwise(values: Float64Array, rate: MutationRate, table: LocusFrequencies): void {
  const { rate: rate1, rate2 = 0, range = 0.1 } = rate;
  const { alleles } = table;
  alleles.forEach((from, row) => {
    const isNear = (to: AlleleLabel): boolean => microvariant(to) === microvariant(from);
    const steps = alleles.map((to) => Math.abs(wholeRepeats(to) - wholeRepeats(from)));
    const near = steps.filter((_, to) => to !== row && isNear(alleles[to]!));
    // Counted from the nearest allele, so that the largest weight is 1 whatever the range.
    const nearest = Math.min(...near);
    const weights = near.reduce((sum, step) => sum + range ** (step - nearest), 0);
    const elsewhere = alleles.length - 1 - near.length;
    alleles.forEach((to, column) => {
      if (column === row) return;
      values[row * alleles.length + column] = isNear(to)
        ? (rate1 * range ** (steps[column]! - nearest)) / weights
        : rate2 / elsewhere;
    });
  });
}

const ROUNDING = 1e-15;

function fillDiagonal(values: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    let leaving = 0;
    for (let to = 0; to < size; to++) if (to !== row) leaving += values[row * size + to]!;
    const staying = 1 - leaving;
    // Rates that leave nothing leave rounding: that is no chance to stay.
    values[row * size + row] = staying < ROUNDING ? 0 : staying;
  }
}

function identityMatrix(size: number): MutationMatrix {
  const values = new Float64Array(size * size);
  fillDiagonal(values, size);
  return { size, values };
}

/** Probability that two alleles drawn from the table differ: Σ p(1−p). */
function heterozygosity(frequencies: Float64Array): number {
  return frequencies.reduce((sum, frequency) => sum + frequency * (1 - frequency), 0);
}
