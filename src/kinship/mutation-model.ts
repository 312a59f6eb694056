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
 * @throws KinshipError MUTATION_RATE_INVALID, with the limit that the rate exceeds
 */
export function mutationMatrix(
  parameters: MutationParameters,
  sex: 'male' | 'female',
  table: LocusFrequencies,
): MutationMatrix {
  const size = table.alleles.length;
  if (parameters.model === 'none' || size === 1) return identityMatrix(size);
  const rate = rateFor(parameters, sex, table.locus);
  checkRate(parameters.model, rate, table);
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
  const { rate2 = 0, range = 0.1 } = rate;
  const limit = model === 'proportional' ? proportionalLimit(table) : 1;
  const refuse = (what: string): never => {
    throw new KinshipError('MUTATION_RATE_INVALID', `${table.locus}, model ${model}: ${what}`);
  };
  if (!(rate.rate >= 0 && rate.rate <= limit)) {
    refuse(`rate ${rate.rate} must lie between 0 and ${limit} for this table`);
  }
  if (!(rate2 >= 0 && rate.rate + rate2 <= 1)) {
    refuse(`rate2 ${rate2} must lie between 0 and ${1 - rate.rate} (1 − rate)`);
  }
  if (!(range > 0 && range < 1)) refuse(`range ${range} must lie between 0 and 1, both excluded`);
}

/** Largest rate of the proportional model: every diagonal entry stays at or above 0. */
function proportionalLimit({ frequencies }: LocusFrequencies): number {
  return heterozygosity(frequencies) / (1 - Math.min(...frequencies));
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
  const size = table.alleles.length;
  for (let from = 0; from < size; from++) {
    const weights = table.alleles.map((to, index) =>
      index === from ? 0 : stepWeight(table.alleles[from]!, to, range),
    );
    const withinGroup = weights.reduce((sum, weight) => sum + weight, 0);
    const elsewhere = weights.filter((weight, to) => weight === 0 && to !== from).length;
    weights.forEach((weight, to) => {
      values[from * size + to] = weight > 0 ? (rate1 * weight) / withinGroup : rate2 / elsewhere;
    });
  }
}

/** range^steps for alleles of one microgroup, 0 for alleles of different ones. */
function stepWeight(from: AlleleLabel, to: AlleleLabel, range: number): number {
  if (microvariant(from) !== microvariant(to)) return 0;
  return range ** Math.abs(wholeRepeats(from) - wholeRepeats(to));
}

function fillDiagonal(values: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    let leaving = 0;
    for (let to = 0; to < size; to++) if (to !== row) leaving += values[row * size + to]!;
    values[row * size + row] = 1 - leaving;
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
