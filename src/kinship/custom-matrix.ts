import { type AlleleLabel, parseAllele } from './allele.ts';
import { KinshipError } from './error.ts';
import type { LocusFrequencies } from './frequency-table.ts';
import { completeRows, type MutationMatrix } from './mutation-matrix.ts';

/**
 * Mutation matrices of one locus as a user gives them: `male[i][j]` = P(a father's `alleles[i]` is
 * passed on as `alleles[j]`). Each row sums to 1 within 1e-9.
 */
export type CustomMatrices = {
  readonly alleles: readonly string[];
  readonly male: readonly (readonly number[])[];
  readonly female: readonly (readonly number[])[];
};

const ROW_SUM_TOLERANCE = 1e-9;

/**
 * The matrix that a user gave for one locus and sex, in the table's order of alleles. A given
 * matrix says nothing about alleles that it lacks, so those must be exactly the table's.
 * @param matrices by locus
 * @throws KinshipError MUTATION_MATRIX_INVALID, with the allele or the row at fault
 */
export function customMatrix(
  matrices: Readonly<Record<string, CustomMatrices>>,
  sex: 'male' | 'female',
  table: LocusFrequencies,
): MutationMatrix {
  const refuse: Refuse = (what) => {
    throw new KinshipError('MUTATION_MATRIX_INVALID', `${table.locus}, model custom: ${what}`);
  };
  const given = matrices[table.locus] ?? refuse('no matrix is given for this locus');
  const places = placeAlleles(given.alleles, table, refuse);
  const rows = given[sex];
  checkRows(rows, given.alleles, sex, refuse);
  const values = places.flatMap((from) => places.map((to) => rows[from]![to]!));
  // The sum of a row written with decimals is off 1 by rounding: the allele that stays takes it.
  return completeRows(Float64Array.from(values), table.alleles.length);
}

type Refuse = (what: string) => never;

/** For each allele of the table, its place in the matrix. */
function placeAlleles(
  written: readonly string[],
  table: LocusFrequencies,
  refuse: Refuse,
): number[] {
  const alleles = written.map((label) => parseAllele(label) ?? (label as AlleleLabel));
  const twice = alleles.find((allele, place) => alleles.indexOf(allele) !== place);
  if (twice !== undefined) refuse(`allele ${twice} stands twice in the matrix`);
  const extra = alleles.find((allele) => !table.alleles.includes(allele));
  if (extra !== undefined) {
    refuse(`allele ${extra} of the matrix is not among the alleles in use, ${list(table.alleles)}`);
  }
  return table.alleles.map((allele) => {
    const place = alleles.indexOf(allele);
    if (place < 0) {
      refuse(`the matrix lacks allele ${allele}, and nothing says how it would mutate`);
    }
    return place;
  });
}

function checkRows(
  rows: CustomMatrices['male'],
  alleles: readonly string[],
  sex: 'male' | 'female',
  refuse: Refuse,
): void {
  if (rows.length !== alleles.length) {
    refuse(`the ${sex} matrix has ${rows.length} rows for ${alleles.length} alleles`);
  }
  rows.forEach((row, place) => {
    const which = `the ${sex} row of allele ${alleles[place]!}`;
    if (row.length !== alleles.length) {
      refuse(`${which} has ${row.length} entries for ${alleles.length} alleles`);
    }
    const outside = row.find((entry) => !(entry >= 0 && entry <= 1));
    if (outside !== undefined) refuse(`${which} holds ${outside}; it must lie between 0 and 1`);
    const sum = row.reduce((total, entry) => total + entry, 0);
    if (Math.abs(sum - 1) > ROW_SUM_TOLERANCE) refuse(`${which} sums to ${sum}, not 1`);
  });
}

function list(alleles: readonly AlleleLabel[]): string {
  return alleles.join(' ');
}
