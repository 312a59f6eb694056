import { type AlleleLabel, isOnLadder, microvariant, wholeRepeats } from './allele.ts';
import { type CustomMatrices, customMatrix } from './custom-matrix.ts';
import { KinshipError } from './error.ts';
import type { LocusFrequencies } from './frequency-table.ts';
import { completeRows, identityMatrix, type MutationMatrix } from './mutation-matrix.ts';
import {
  checkRate,
  heterozygosity,
  type MutationRate,
  type MutationRates,
  rateFor,
  type RateModelName,
} from './mutation-rate.ts';
import { stabilise } from './stabilisation.ts';

/** Whether the matrix is changed to keep the table's frequencies: docs/math/stabilisation.md. */
export type Stabilisation = 'none' | 'PM';

/** How alleles change on the way from parent to child. Worked values: docs/math/mutation.md. */
export type MutationParameters =
  | { readonly model: 'none' }
  | (MutationRates & {
      readonly model: RateModelName;
      readonly stabilisation?: Stabilisation | undefined;
    })
  | {
      readonly model: 'custom';
      /** By locus; a locus without a matrix is refused. */
      readonly matrices: Readonly<Record<string, CustomMatrices>>;
      readonly stabilisation?: Stabilisation | undefined;
    };

/**
 * The mutation matrix of one locus and one sex, over exactly the alleles of the table, stabilised
 * where the parameters ask for it.
 * @param visibleShare what silent alleles leave to those of the table: the rate of the proportional
 *   model is the mean over all alleles, and silent ones never mutate (as Familias has it)
 * @throws KinshipError MUTATION_RATE_INVALID, with the limit that the rate exceeds;
 *   MUTATION_MATRIX_INVALID; ALLELE_SIZE_MISSING; STABILISATION_IMPOSSIBLE
 */
export function mutationMatrix(
  parameters: MutationParameters,
  sex: 'male' | 'female',
  table: LocusFrequencies,
  visibleShare = 1,
): MutationMatrix {
  switch (parameters.model) {
    case 'none':
      return identityMatrix(table.alleles.length);
    case 'custom': {
      const matrix = customMatrix(parameters.matrices, sex, table);
      return parameters.stabilisation === 'PM' ? stabilise(matrix, table) : matrix;
    }
    default: {
      const rate = rateFor(parameters, sex, table.locus);
      const matrix = rateMatrix(parameters.model, rate, table, visibleShare);
      return parameters.stabilisation === 'PM' ? stabilise(matrix, table, rate) : matrix;
    }
  }
}

function rateMatrix(
  model: RateModelName,
  rate: MutationRate,
  table: LocusFrequencies,
  visibleShare: number,
): MutationMatrix {
  checkRate(model, rate, table, visibleShare);
  const size = table.alleles.length;
  if (size === 1) return identityMatrix(size);
  if (model !== 'equal' && model !== 'proportional') requireSizes(model, table);
  const values = new Float64Array(size * size);
  FILL_OFF_DIAGONAL[model](values, rate, table, visibleShare);
  return completeRows(values, size);
}

type Fill = (
  values: Float64Array,
  rate: MutationRate,
  table: LocusFrequencies,
  visibleShare: number,
) => void;

const FILL_OFF_DIAGONAL: Record<RateModelName, Fill> = {
  equal: fillEqual,
  proportional: fillProportional,
  onestep: fillOneStep,
  stepwise: fillStepwise,
  'stepwise-extended': fillStepwise,
};

function fillEqual(values: Float64Array, { rate }: MutationRate, table: LocusFrequencies): void {
  values.fill(rate / (table.alleles.length - 1));
}

function fillProportional(
  values: Float64Array,
  { rate }: MutationRate,
  { frequencies }: LocusFrequencies,
  visibleShare: number,
): void {
  const size = frequencies.length;
  const alpha = rate / visibleShare / heterozygosity(frequencies);
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < size; to++) {
      // At the largest rate rounding would lift an entry above 1.
      values[from * size + to] = Math.min(1, alpha * frequencies[to]!);
    }
  }
}

/**
 * In equal parts to the neighbours that the table has: the alleles one whole repeat away with the
 * same bases beyond it. An allele at an edge has one neighbour, one without any never changes.
 */
function fillOneStep(values: Float64Array, { rate }: MutationRate, table: LocusFrequencies): void {
  const { alleles } = table;
  alleles.forEach((from, row) => {
    const neighbours = alleles.flatMap((to, column) => (isOneStep(from, to) ? [column] : []));
    for (const column of neighbours) {
      values[row * alleles.length + column] = rate / neighbours.length;
    }
  });
}

function isOneStep(from: AlleleLabel, to: AlleleLabel): boolean {
  return (
    microvariant(to) === microvariant(from) && Math.abs(wholeRepeats(to) - wholeRepeats(from)) === 1
  );
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

function requireSizes(model: RateModelName, { locus, alleles }: LocusFrequencies): void {
  const nameless = alleles.find((allele) => !isOnLadder(allele));
  if (nameless === undefined) return;
  throw new KinshipError(
    'ALLELE_SIZE_MISSING',
    `${locus}: allele ${nameless} has no size, which the model ${model} needs`,
  );
}
