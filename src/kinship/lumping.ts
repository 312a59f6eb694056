import type { AlleleModel } from './allele-model.ts';
import type { MutationMatrix } from './mutation-matrix.ts';

/** A smaller model of the same locus: `placeOf[i]` is where allele i of the larger one went. */
export type LumpedModel = { readonly model: AlleleModel; readonly placeOf: Int32Array };

/**
 * The model with all visible alleles that nobody shows made one, where that changes no likelihood:
 * every one of them must be as likely to become each other allele as every other (Kemeny & Snell
 * 1976). So it is without mutation and for the equal and proportional models, and not for stepwise
 * ones. Silent alleles never mutate, and those of a class that look like nobody's are made one.
 * @param shown the alleles of the table that somebody shows
 * @returns null where nothing can be made one
 */
export function lumpAlleles(model: AlleleModel, shown: ReadonlySet<number>): LumpedModel | null {
  const cells = cellsOf(model, shown);
  if (cells.length === model.frequencies.length) return null;
  const placeOf = new Int32Array(model.frequencies.length);
  cells.forEach((members, place) => {
    for (const member of members) placeOf[member] = place;
  });
  const { father, mother, parent } = model.transmission;
  return {
    model: {
      alleles: cells.map((_, place) => place),
      frequencies: Float64Array.from(cells, (members) =>
        sumOver(members, (member) => model.frequencies[member]!),
      ),
      transmission: {
        father: lumpMatrix(father, cells, placeOf),
        mother: lumpMatrix(mother, cells, placeOf),
        parent: lumpMatrix(parent, cells, placeOf),
      },
      looks: Int32Array.from(cells, ([first]) => {
        const look = model.looks[first!]!;
        return look < 0 ? look : placeOf[look]!;
      }),
      silentClass: Int32Array.from(cells, ([first]) => model.silentClass[first!]!),
    },
    placeOf,
  };
}

/** Which alleles become one: lists of alleles, each allele in one of them. */
function cellsOf(model: AlleleModel, shown: ReadonlySet<number>): number[][] {
  const cells: number[][] = [];
  const hiddenOf = new Map<number, number[]>();
  model.looks.forEach((look, allele) => {
    const silentClass = model.silentClass[allele]!;
    const hidden = hiddenOf.get(silentClass);
    if (look < 0 || shown.has(look)) cells.push([allele]);
    else if (hidden) hidden.push(allele);
    else {
      const begun = [allele];
      hiddenOf.set(silentClass, begun);
      cells.push(begun);
    }
  });
  const { father, mother } = model.transmission;
  const visible = hiddenOf.get(0) ?? [];
  if ([father, mother].every((matrix) => isLumpable(matrix, visible))) return cells;
  return cells.flatMap((cell) => (cell === visible ? cell.map((allele) => [allele]) : [cell]));
}

/** Entries of a stabilised matrix may differ from row to row by rounding, relative to their size. */
const ROUNDING = 1e-12;

/** Whether the alleles are all as likely to become each of the others. */
function isLumpable({ size, values }: MutationMatrix, lumped: readonly number[]): boolean {
  const [first, ...rest] = lumped;
  for (let to = 0; to < size && rest.length > 0; to++) {
    if (lumped.includes(to)) continue;
    const expected = values[first! * size + to]!;
    const least = ROUNDING * expected;
    if (rest.some((row) => Math.abs(values[row * size + to]! - expected) > least)) return false;
  }
  return true;
}

/** The rows of one member of each cell; what goes to the members of a cell is added up. */
function lumpMatrix(
  { size, values }: MutationMatrix,
  cells: readonly (readonly number[])[],
  placeOf: Int32Array,
): MutationMatrix {
  const lumped = new Float64Array(cells.length ** 2);
  cells.forEach(([from], row) => {
    for (let to = 0; to < size; to++) {
      lumped[row * cells.length + placeOf[to]!]! += values[from! * size + to]!;
    }
  });
  return { size: cells.length, values: lumped };
}

function sumOver(members: readonly number[], term: (member: number) => number): number {
  return members.reduce((sum, member) => sum + term(member), 0);
}
