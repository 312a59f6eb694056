import type { LocusFrequencies } from './frequency-table.ts';
import { type MutationMatrix, mutationMatrix, type MutationParameters } from './mutation-model.ts';
import { stabilise } from './stabilisation.ts';

/** One locus in numbers: alleles are places in `frequencies`, labels are gone. */
export type AlleleModel = {
  readonly frequencies: Float64Array;
  readonly father: MutationMatrix;
  readonly mother: MutationMatrix;
  /** The place of the silent allele, or null where there is none. */
  readonly silent: number | null;
};

/**
 * The model of one locus over the alleles of a table, with a silent allele after the last where
 * its frequency is above 0. A silent allele neither arises by mutation nor mutates; the visible
 * alleles share what it leaves.
 */
export function makeAlleleModel(
  table: LocusFrequencies,
  mutation: MutationParameters,
  {
    silentFrequency = 0,
    stabilised = false,
  }: { silentFrequency?: number; stabilised?: boolean } = {},
): AlleleModel {
  const matrixOf = (sex: 'male' | 'female'): MutationMatrix => {
    const matrix = mutationMatrix(mutation, sex, table, 1 - silentFrequency);
    return stabilised ? stabilise(matrix, table) : matrix;
  };
  const [father, mother] = [matrixOf('male'), matrixOf('female')];
  if (silentFrequency === 0)
    return { frequencies: table.frequencies, father, mother, silent: null };
  const visible = Array.from(table.frequencies, (frequency) => frequency * (1 - silentFrequency));
  return {
    frequencies: Float64Array.from([...visible, silentFrequency]),
    father: withUnchangingAllele(father),
    mother: withUnchangingAllele(mother),
    silent: visible.length,
  };
}

/** A smaller model of the same locus: `placeOf[i]` is where allele i of the larger one went. */
export type LumpedModel = { readonly model: AlleleModel; readonly placeOf: Int32Array };

/**
 * The model with all alleles outside `kept` made one, where that changes no likelihood: every one
 * of them must be as likely to become each kept allele as every other (Kemeny & Snell 1976). So
 * it is without mutation and for the equal and proportional models, and not for stepwise ones.
 */
export function lumpAlleles(model: AlleleModel, kept: ReadonlySet<number>): LumpedModel {
  const { frequencies, silent } = model;
  const all = Array.from(frequencies, (_, allele) => allele);
  const stays = (allele: number): boolean => kept.has(allele) || allele === silent;
  const lumped = all.filter((allele) => !stays(allele));
  const unchanged = { model, placeOf: Int32Array.from(all) };
  const matrices = [model.father, model.mother];
  if (
    lumped.length < 2 ||
    !matrices.every((matrix) => isLumpable(matrix, lumped, all.filter(stays)))
  ) {
    return unchanged;
  }
  const first = lumped[0]!;
  const classes = all.filter((allele) => stays(allele) || allele === first);
  const placeOf = Int32Array.from(all, (allele) => classes.indexOf(stays(allele) ? allele : first));
  const membersOf = (allele: number): number[] => (allele === first ? lumped : [allele]);
  const lumpMatrix = ({ size, values }: MutationMatrix): MutationMatrix => ({
    size: classes.length,
    values: Float64Array.from(
      classes.flatMap((from) =>
        classes.map((to) => sumOver(membersOf(to), (member) => values[from * size + member]!)),
      ),
    ),
  });
  return {
    model: {
      frequencies: Float64Array.from(classes, (allele) =>
        sumOver(membersOf(allele), (member) => frequencies[member]!),
      ),
      father: lumpMatrix(model.father),
      mother: lumpMatrix(model.mother),
      silent: silent === null ? null : placeOf[silent]!,
    },
    placeOf,
  };
}

/** Rounding of the diagonal may differ from row to row by so much. */
const ROUNDING = 1e-15;

function isLumpable(
  { size, values }: MutationMatrix,
  lumped: readonly number[],
  others: readonly number[],
): boolean {
  const [first, ...rest] = lumped;
  return rest.every((row) =>
    others.every(
      (to) => Math.abs(values[row * size + to]! - values[first! * size + to]!) <= ROUNDING,
    ),
  );
}

function withUnchangingAllele({ size, values }: MutationMatrix): MutationMatrix {
  const larger = new Float64Array((size + 1) ** 2);
  for (let row = 0; row < size; row++) {
    larger.set(values.subarray(row * size, (row + 1) * size), row * (size + 1));
  }
  larger[larger.length - 1] = 1;
  return { size: size + 1, values: larger };
}

function sumOver(members: readonly number[], term: (member: number) => number): number {
  return members.reduce((sum, member) => sum + term(member), 0);
}
