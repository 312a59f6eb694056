/** Row-major square matrix: entry [i·size + j] = P(parental allele i is passed on as j). */
export type MutationMatrix = { readonly size: number; readonly values: Float64Array };

const ROUNDING = 1e-15;

/** The matrix under which every allele stays what it is. */
export function identityMatrix(size: number): MutationMatrix {
  return completeRows(new Float64Array(size * size), size);
}

/** The matrix with these entries off its diagonal, and on it what they leave of 1. */
export function completeRows(values: Float64Array, size: number): MutationMatrix {
  for (let row = 0; row < size; row++) {
    const staying = 1 - leavingProbability({ size, values }, row);
    // Rates that leave nothing leave rounding: that is no chance to stay.
    values[row * size + row] = staying < ROUNDING ? 0 : staying;
  }
  return { size, values };
}

/** Probability that an allele mutates, from what it becomes: 1 − M[i,i] would lose small rates. */
export function leavingProbability({ size, values }: MutationMatrix, row: number): number {
  let leaving = 0;
  for (let to = 0; to < size; to++) if (to !== row) leaving += values[row * size + to]!;
  return leaving;
}
