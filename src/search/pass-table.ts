import { alleleIndex, type AlleleLabel, type LocusModel } from '../kinship/index.ts';

/**
 * How well each allele fits what is already known at one locus, by allele code: the terms that a
 * likelihood ratio is built from. NaN for an allele that the frequency table lacks: a ratio that
 * meets one becomes NaN, and the pair is left to the judge.
 */
export type PassTable = Float64Array;

const CODES = 256;

/** A table over codes from a function of the allele's place in the model's table. */
export function tabulate(
  labels: readonly AlleleLabel[],
  model: LocusModel,
  term: (index: number) => number,
): PassTable {
  const table = new Float64Array(CODES).fill(NaN);
  labels.forEach((label, place) => {
    const index = alleleIndex(model.table, label);
    if (index !== undefined) table[place + 1] = term(index);
  });
  return table;
}

/** The likelihood ratio of one locus is made of terms of two parents for the child's two alleles. */
export function combineTerms(a1: number, a2: number, b1: number, b2: number): number {
  return (a1 * b2 + a2 * b1) / 2;
}
