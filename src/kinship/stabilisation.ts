import { KinshipError } from './error.ts';
import type { LocusFrequencies } from './frequency-table.ts';
import { completeRows, leavingProbability, type MutationMatrix } from './mutation-matrix.ts';
import type { MutationRate } from './mutation-rate.ts';

/** Room for rounding where the rate is exactly the largest one. */
const ROUNDING = 1e-12;

/**
 * The PM-stabilised matrix (Simonsson & Mostad 2016, doi:10.1016/j.fsigen.2016.04.005): its
 * stationary distribution is that of the table, its expected mutation rate that of `matrix`, and
 * its off-diagonal entries keep their proportions in each row. Worked values:
 * docs/math/stabilisation.md.
 * @param rate what `matrix` was made from, to say how large it may be
 * @throws KinshipError STABILISATION_IMPOSSIBLE where none exists, with the reason
 */
export function stabilise(
  matrix: MutationMatrix,
  table: LocusFrequencies,
  rate?: MutationRate,
): MutationMatrix {
  const { size, values } = matrix;
  const leaving = leavingProbabilities(matrix);
  if (leaving.every((probability) => probability === 0)) return matrix;
  const factors = rowFactors(matrix, leaving, table);
  const stabilised = leaving.map((probability, row) => factors[row]! * probability);
  const most = stabilised.indexOf(Math.max(...stabilised));
  if (stabilised[most]! > 1 + ROUNDING) {
    const limit = describeLimit(1 / stabilised[most]!, rate);
    const allele = table.alleles[most]!;
    throw refusal(table, `allele ${allele} would mutate more than always; ${limit}`);
  }
  const scaled = values.map((value, at) => Math.min(1, factors[Math.floor(at / size)]! * value));
  return completeRows(scaled, size);
}

/**
 * How many times as large all mutation probabilities of `matrix` could be and still be stabilised.
 * Below 1 the matrix cannot be. The factors of the rows do not depend on the rate, so this is exact.
 * @returns Infinity for a matrix without mutation
 * @throws KinshipError STABILISATION_IMPOSSIBLE where no rate would do
 */
export function stabilisationLimit(matrix: MutationMatrix, table: LocusFrequencies): number {
  const leaving = leavingProbabilities(matrix);
  if (leaving.every((probability) => probability === 0)) return Infinity;
  const factors = rowFactors(matrix, leaving, table);
  return 1 / Math.max(...leaving.map((probability, row) => factors[row]! * probability));
}

/**
 * The distribution that the matrix keeps, by state reduction, which subtracts nothing and so loses
 * no digits (Grassmann, Taksar & Heyman 1985, doi:10.1287/opre.33.5.1107).
 * @returns null when it is not unique
 */
export function stationaryDistribution({ size, values }: MutationMatrix): Float64Array | null {
  const reduced = Float64Array.from(values);
  const at = (row: number, column: number): number => reduced[row * size + column]!;
  for (let state = size - 1; state > 0; state--) {
    let outward = 0;
    for (let to = 0; to < state; to++) outward += at(state, to);
    if (outward === 0) return null;
    for (let row = 0; row < state; row++) {
      const share = at(row, state) / outward;
      reduced[row * size + state] = share;
      for (let to = 0; to < state; to++) reduced[row * size + to]! += share * at(state, to);
    }
  }
  const weights = new Float64Array(size);
  weights[0] = 1;
  for (let state = 1; state < size; state++) {
    for (let row = 0; row < state; row++) weights[state]! += weights[row]! * at(row, state);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** What each row of mutation probabilities is multiplied by: dᵢ = R·vᵢ / (Σ vₖ(1−mₖₖ)·pᵢ). */
function rowFactors(
  matrix: MutationMatrix,
  leaving: Float64Array,
  table: LocusFrequencies,
): Float64Array {
  const stationary = stationaryDistribution(matrix);
  // An allele that never comes back has no share in v, and would have to stop mutating.
  if (!stationary?.every((share) => share > 0)) {
    throw refusal(table, 'some alleles cannot become others, at any rate');
  }
  // In units of the largest, so that no rate is too small to compute with.
  const largest = Math.max(...leaving);
  const mean = (weights: Float64Array): number =>
    weights.reduce((sum, weight, allele) => sum + weight * (leaving[allele]! / largest), 0);
  const scale = mean(table.frequencies) / mean(stationary);
  return stationary.map((share, allele) => (scale * share) / table.frequencies[allele]!);
}

function leavingProbabilities(matrix: MutationMatrix): Float64Array {
  return Float64Array.from({ length: matrix.size }, (_, row) => leavingProbability(matrix, row));
}

function describeLimit(factor: number, rate: MutationRate | undefined): string {
  if (!rate) return `every mutation probability at most ${factor} times as large for this table`;
  const { rate2 = 0 } = rate;
  const within = rate2 === 0 ? '' : `, with rate2 at most ${rate2 * factor}`;
  return `rate at most ${rate.rate * factor}${within} for this table`;
}

function refusal({ locus }: LocusFrequencies, why: string): KinshipError {
  return new KinshipError('STABILISATION_IMPOSSIBLE', `${locus} cannot be stabilised: ${why}`);
}
