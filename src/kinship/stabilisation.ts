import { KinshipError } from './error.ts';
import type { LocusFrequencies } from './frequency-table.ts';
import type { MutationMatrix } from './mutation-model.ts';

/**
 * The PM-stabilised matrix (Simonsson & Mostad 2016, FSI Genetics 23): its
 * stationary distribution is that of the table, its expected mutation rate that of `matrix`, and
 * its off-diagonal entries keep their proportions in each row.
 * @throws KinshipError STABILISATION_IMPOSSIBLE where none exists, with the reason
 */
export function stabilise(matrix: MutationMatrix, table: LocusFrequencies): MutationMatrix {
  const { size, values } = matrix;
  if (size === 1) return matrix;
  const refuse = (why: string): never => {
    throw new KinshipError(
      'STABILISATION_IMPOSSIBLE',
      `${table.locus} cannot be stabilised: ${why}`,
    );
  };
  const stationary = stationaryDistribution(matrix) ?? refuse('some alleles cannot become others');
  const stays = (allele: number): number => values[allele * size + allele]!;
  const leaving = (weights: Float64Array): number =>
    1 - weights.reduce((sum, weight, allele) => sum + weight * stays(allele), 0);
  const scale = leaving(table.frequencies) / leaving(stationary);
  const stabilised = Float64Array.from(values, (value, at) => {
    const row = Math.floor(at / size);
    const factor = (scale * stationary[row]!) / table.frequencies[row]!;
    return at % size === row ? 1 - factor * (1 - value) : factor * value;
  });
  for (let allele = 0; allele < size; allele++) {
    if (stabilised[allele * size + allele]! < 0) {
      refuse(`allele ${table.alleles[allele]!} would mutate more than always; lower the rate`);
    }
  }
  return { size, values: stabilised };
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
