import { type Locus, repeatLength } from '../kinship/index.ts';
import { type GenotypeReading, readGenotype } from './person-row.ts';

/** How a file writes the genotypes of a locus. */
export type CellLayout = {
  /** Whether one column holds the genotype, rather than one each allele. */
  readonly isWhole: boolean;
  /** Whether `9,3` may be the allele 9.3: a file whose cells are not separated by commas. */
  readonly hasDecimalCommas: boolean;
};

/** Reads the cells of one locus. */
export function readCells(
  locus: Locus,
  field: string,
  cells: readonly string[],
  { isWhole, hasDecimalCommas }: CellLayout,
): GenotypeReading {
  if (!hasDecimalCommas) {
    // In a column of its own an allele stands alone: "9,3" there is no genotype.
    return readGenotype(
      locus,
      field,
      isWhole ? cells.flatMap((cell) => cell.split(/[,/]/)) : cells,
    );
  }
  if (!isWhole) return readGenotype(locus, field, cells.map(withPoint));
  const parts = cells.flatMap((cell) => cell.split('/'));
  if (parts.length > cells.length) return readGenotype(locus, field, parts.map(withPoint));
  const alleles = cells.flatMap((cell) => cell.split(','));
  return alleles.slice(1).some((text) => mayBeBases(locus, text))
    ? { genotype: undefined, fault: { field, ...AMBIGUOUS }, note: undefined }
    : readGenotype(locus, field, alleles);
}

function withPoint(text: string): string {
  return text.replace(/^(\s*\d{1,3}),(\d\s*)$/, '$1.$2');
}

/** Whether what stands behind a comma may be the bases of a microvariant. */
function mayBeBases(locus: Locus, text: string): boolean {
  const digit = text.trim();
  return /^\d$/.test(digit) && Number(digit) < repeatLength(locus);
}

const AMBIGUOUS = {
  code: 'GENOTYPE_INVALID',
  message:
    'the comma may stand between two alleles or in one; write 9/3 for the alleles 9 and 3, and 9.3 for one',
} as const;
