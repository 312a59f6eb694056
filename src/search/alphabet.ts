import { type AlleleLabel, type Locus, locusNumber, LOCI } from '../kinship/index.ts';

/** One byte that stands for an allele at one locus of the index; 0 is «nothing typed here». */
export type AlleleCode = number & { readonly __brand: 'AlleleCode' };

export const NOT_TYPED = 0 as AlleleCode;
/** Stands for every allele met after the codes ran out: no table knows it, so the judge decides. */
const ANY_OTHER = 255 as AlleleCode;

/**
 * The alleles met so far at each locus, in the order of meeting. Codes say nothing about any
 * frequency table, so a new table or policy needs no new index.
 */
export class Alphabet {
  readonly #labels: AlleleLabel[][];
  readonly #codes: Map<AlleleLabel, AlleleCode>[];

  /** @param labels by locus number, as {@link labels} gave them: to rebuild it in another thread */
  constructor(labels: readonly (readonly AlleleLabel[])[] = []) {
    this.#labels = LOCI.map((_, number) => [...(labels[number] ?? [])]);
    this.#codes = this.#labels.map(
      (known) => new Map(known.map((label, place) => [label, (place + 1) as AlleleCode])),
    );
  }

  /** By locus number: the label of code c stands at c − 1. */
  get labels(): readonly (readonly AlleleLabel[])[] {
    return this.#labels;
  }

  /** The code of an allele, a new one when it was never met. */
  encode(locus: Locus, label: AlleleLabel): AlleleCode {
    const number = locusNumber(locus);
    const labels = this.#labels[number]!;
    const codes = this.#codes[number]!;
    const known = codes.get(label);
    if (known !== undefined) return known;
    if (labels.length === ANY_OTHER - 1) return ANY_OTHER;
    const code = labels.push(label) as AlleleCode;
    codes.set(label, code);
    return code;
  }
}
