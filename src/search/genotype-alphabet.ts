import {
  type AlleleLabel,
  type AllelePair,
  decodeAllele,
  encodeAllele,
  type Genotype,
  isOnLadder,
  LOCI,
  type Profile,
  locusNumber,
  readGenotype,
} from '../kinship/index.ts';
import { GENOTYPES, PLANES } from './kernel/layout.ts';
import type { SharedMemory } from './shared-memory.ts';

/** A number from 1 that stands for a genotype at one locus of the index; 0 is «not typed». */
export type GenotypeCode = number & { readonly __brand: 'GenotypeCode' };

export const NOT_TYPED = 0 as GenotypeCode;

/**
 * A profile as numbers: two alleles a locus, at twice its number, the smaller first, as kinship's
 * `encodeAllele` has them; 0 where the locus is not typed.
 */
export type AlleleRow = Uint16Array;

const MOST_GENOTYPES = 16_383;
/** Planes that alleles share, beside the one of homozygotes. */
const ALLELE_PLANES = PLANES - 1;
/** The mark of the plane of homozygotes, which is the first. */
const HOMOZYGOTES = 1;

/**
 * The genotypes met so far at each locus, in the order of meeting, in shared memory: one thread adds
 * and any reads. Codes say nothing about any frequency table, so a new policy needs no new index.
 */
export class GenotypeAlphabet {
  readonly #memory: SharedMemory;
  readonly #loci: LocusAlphabet[];

  constructor(memory: SharedMemory) {
    this.#memory = memory;
    this.#loci = LOCI.map((_, number) => new LocusAlphabet(memory, GENOTYPES / 4 + 2 * number));
  }

  at(number: number): LocusAlphabet {
    return this.#loci[number]!;
  }

  /** Reads what another thread has added since. */
  catchUp(): void {
    this.#memory.reach();
    for (const locus of this.#loci) locus.catchUp();
  }

  /**
   * A profile as codes by locus number, adding genotypes that are new. What a likelihood cannot use
   * counts as not typed.
   * @param row of one code a locus, overwritten
   */
  encode(profile: Profile | AlleleRow, row: Uint16Array): void {
    row.fill(NOT_TYPED);
    if (profile instanceof Uint16Array) {
      this.#encodeNumbers(profile, row);
      return;
    }
    profile.forEach((genotype, locus) => {
      const number = locusNumber(locus);
      row[number] = this.#loci[number]!.encode(genotype);
    });
  }

  #encodeNumbers(alleles: AlleleRow, row: Uint16Array): void {
    for (let number = 0; number < row.length; number++) {
      const first = alleles[2 * number]!;
      if (first === 0) continue;
      row[number] = this.#loci[number]!.encodeNumbers(first, alleles[2 * number + 1]!);
    }
  }
}

/** The genotypes of one locus. */
export class LocusAlphabet {
  readonly #memory: SharedMemory;
  /** Place of two words: where the genotypes stand, and how many. */
  readonly #at: number;
  readonly #pairs: AllelePair[] = [];
  /** By code − 1: the planes of the two alleles. */
  readonly #planes: (readonly [number, number])[] = [];
  /** By code: a bit for each plane on which somebody has one. Who is not typed has all of them. */
  readonly #marks = [(1 << PLANES) - 1];
  readonly #codes = new Map<number, GenotypeCode>();
  /** The same by the object that holds a genotype: files share one among many people. */
  readonly #codeOf = new WeakMap<Genotype, GenotypeCode>();
  readonly #planeOf = new Map<number, number>();

  constructor(memory: SharedMemory, at: number) {
    this.#memory = memory;
    this.#at = at;
    this.catchUp();
  }

  /** Codes run from 1 to this. */
  get size(): number {
    return this.#pairs.length;
  }

  pair(code: GenotypeCode): AllelePair {
    return this.#pairs[code - 1]!;
  }

  isHomozygote(code: GenotypeCode): boolean {
    return (this.#marks[code]! & HOMOZYGOTES) !== 0;
  }

  /** The planes on which somebody with this genotype has a bit. */
  planes(code: GenotypeCode): readonly [number, number] {
    return this.#planes[code - 1]!;
  }

  /** The same, and the plane of homozygotes where they are one, as a number with a bit for each. */
  marks(code: GenotypeCode): number {
    return this.#marks[code]!;
  }

  /** The plane on which everybody who shows this allele has a bit, and others may. */
  planeOf(allele: AlleleLabel): number {
    return this.#planeOf.get(encodeAllele(allele)) ?? 1;
  }

  /** The code of a genotype, a new one when it was never met; 0 when a likelihood cannot use it. */
  encode(genotype: Genotype): GenotypeCode {
    const known = this.#codeOf.get(genotype);
    if (known !== undefined) return known;
    const pair = readGenotype(genotype);
    const code =
      typeof pair === 'string'
        ? NOT_TYPED
        : this.encodeNumbers(encodeAllele(pair[0]), encodeAllele(pair[1]));
    this.#codeOf.set(genotype, code);
    return code;
  }

  /**
   * The same for two alleles as numbers, the smaller first.
   * @throws RangeError when the codes have run out
   */
  encodeNumbers(first: number, second: number): GenotypeCode {
    const key = genotypeKey(first, second);
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    if (![first, second].every((number) => isOnLadder(decodeAllele(number)))) {
      this.#codes.set(key, NOT_TYPED);
      return NOT_TYPED;
    }
    const count = this.#pairs.length;
    if (count === MOST_GENOTYPES) throw new RangeError('a locus has more than 16,383 genotypes');
    let begin = this.#memory.words[this.#at]!;
    if (begin === 0) {
      begin = this.#memory.allocate(4 * MOST_GENOTYPES);
      this.#memory.words[this.#at] = begin;
    }
    this.#memory.codes[begin / 2 + 2 * count] = first;
    this.#memory.codes[begin / 2 + 2 * count + 1] = second;
    Atomics.store(this.#memory.words, this.#at + 1, count + 1);
    return this.#learn(first, second);
  }

  /** Reads what another thread has added since. */
  catchUp(): void {
    const count = Atomics.load(this.#memory.words, this.#at + 1);
    const begin = this.#memory.words[this.#at]! / 2;
    for (let place = this.#pairs.length; place < count; place++) {
      const at = begin + 2 * place;
      this.#learn(this.#memory.codes[at]!, this.#memory.codes[at + 1]!);
    }
  }

  #learn(first: number, second: number): GenotypeCode {
    const code = (this.#pairs.length + 1) as GenotypeCode;
    this.#pairs.push([decodeAllele(first), decodeAllele(second)]);
    const planes = [this.#plane(first), this.#plane(second)] as const;
    this.#planes.push(planes);
    const alone = first === second ? HOMOZYGOTES : 0;
    this.#marks.push((1 << planes[0]) | (1 << planes[1]) | alone);
    this.#codes.set(genotypeKey(first, second), code);
    return code;
  }

  /** In the order of meeting, so that the common alleles come to a plane of their own. */
  #plane(allele: number): number {
    const known = this.#planeOf.get(allele);
    if (known !== undefined) return known;
    const plane = 1 + (this.#planeOf.size % ALLELE_PLANES);
    this.#planeOf.set(allele, plane);
    return plane;
  }
}

/** Two numbers of 16 bits as one of 32, a small integer, which is looked up faster than any other. */
export function genotypeKey(first: number, second: number): number {
  return (first << 16) | second;
}
