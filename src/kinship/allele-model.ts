import { KinshipError } from './error.ts';
import type { LocusFrequencies } from './frequency-table.ts';
import type { MutationMatrix } from './mutation-matrix.ts';
import type { MutationParameters } from './mutation-model.ts';
import { type TransmissionMatrices, transmissionMatrices } from './transmission.ts';

/** An allele that some kits do not show. */
export type SilentClass = {
  /** Relative frequency of all its alleles together, in (0, 1). */
  readonly frequency: number;
  /**
   * Whether somebody compared was typed with a kit that shows these alleles. Then each has a size,
   * distributed as the visible alleles are; else they are one allele.
   */
  readonly shownToSome: boolean;
};

/** One locus in numbers: alleles are places in `frequencies`, first those of the table. */
export type AlleleModel = {
  /** Their places, 0, 1, 2 …: the domain of an allele that may be anything. */
  readonly alleles: readonly number[];
  readonly frequencies: Float64Array;
  readonly transmission: TransmissionMatrices;
  /** By allele: the place of the one it looks like where it shows; −1 when it never shows. */
  readonly looks: Int32Array;
  /** By allele: 0 when every kit shows it, else 1 + the place of its silent class. */
  readonly silentClass: Int32Array;
};

/** What an allele looks like to a kit that does not show it. */
export const NEVER_SHOWN = -1;

/**
 * The model of one locus over the alleles of a table and the silent ones. A silent allele neither
 * arises by mutation nor mutates; the visible alleles share what it leaves.
 * @throws KinshipError SILENT_FREQUENCY_INVALID, MUTATION_RATE_INVALID, STABILISATION_IMPOSSIBLE
 */
export function makeAlleleModel(
  table: LocusFrequencies,
  mutation: MutationParameters,
  silent: readonly SilentClass[] = [],
): AlleleModel {
  const share = visibleShare(table, silent);
  const visible = Array.from(table.frequencies, (frequency) => frequency * share);
  const matrices = transmissionMatrices(mutation, table, share);
  const alleles = visible.map((frequency, look) => ({ frequency, look, silentClass: 0 }));
  silent.forEach(({ frequency, shownToSome }, place) => {
    const silentClass = place + 1;
    if (!shownToSome) alleles.push({ frequency, look: NEVER_SHOWN, silentClass });
    else {
      table.frequencies.forEach((part, look) => {
        alleles.push({ frequency: frequency * part, look, silentClass });
      });
    }
  });
  const extend = (matrix: MutationMatrix): MutationMatrix => withUnchanging(matrix, alleles.length);
  return {
    alleles: alleles.map((_, place) => place),
    frequencies: Float64Array.from(alleles, ({ frequency }) => frequency),
    transmission: {
      father: extend(matrices.father),
      mother: extend(matrices.mother),
      parent: extend(matrices.parent),
    },
    looks: Int32Array.from(alleles, ({ look }) => look),
    silentClass: Int32Array.from(alleles, ({ silentClass }) => silentClass),
  };
}

/**
 * What the silent alleles of a locus leave to the visible ones.
 * @throws KinshipError SILENT_FREQUENCY_INVALID
 */
export function visibleShare({ locus }: LocusFrequencies, silent: readonly SilentClass[]): number {
  const share = silent.reduce((left, { frequency }) => left - frequency, 1);
  if (share > 0 && silent.every(({ frequency }) => frequency > 0)) return share;
  throw new KinshipError(
    'SILENT_FREQUENCY_INVALID',
    `${locus}: silent alleles must each have a frequency above 0, and below 1 together`,
  );
}

/** The matrix of a larger set of alleles of which the added ones always stay what they are. */
function withUnchanging(matrix: MutationMatrix, size: number): MutationMatrix {
  if (size === matrix.size) return matrix;
  const values = new Float64Array(size * size);
  for (let from = 0; from < size; from++) {
    if (from >= matrix.size) values[from * size + from] = 1;
    else {
      const row = matrix.values.subarray(from * matrix.size, (from + 1) * matrix.size);
      values.set(row, from * size);
    }
  }
  return { size, values };
}
