import type { LocusFrequencies } from './frequency-table.ts';
import type { ParentRole } from './parent-role.ts';
import type { MutationMatrix } from './mutation-matrix.ts';
import { mutationMatrix, type MutationParameters } from './mutation-model.ts';

/** By who passes an allele on: the mutation matrix. */
export type TransmissionMatrices = Readonly<Record<ParentRole, MutationMatrix>>;

/**
 * The matrices of a locus over exactly the alleles of its table; a parent whose sex nobody stated
 * has the mean of a father's and a mother's.
 * @param visibleShare what silent alleles leave to those of the table
 * @throws KinshipError MUTATION_RATE_INVALID, STABILISATION_IMPOSSIBLE
 */
export function transmissionMatrices(
  mutation: MutationParameters,
  table: LocusFrequencies,
  visibleShare = 1,
): TransmissionMatrices {
  const father = mutationMatrix(mutation, 'male', table, visibleShare);
  const mother = mutationMatrix(mutation, 'female', table, visibleShare);
  return { father, mother, parent: meanOf(father, mother) };
}

function meanOf(a: MutationMatrix, b: MutationMatrix): MutationMatrix {
  return { size: a.size, values: a.values.map((value, place) => (value + b.values[place]!) / 2) };
}
