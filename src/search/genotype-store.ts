import { LOCI, locusNumber, type Profile, readGenotype } from '../kinship/index.ts';
import type { Alphabet } from './alphabet.ts';

/** The place of a person or a family in the index of this process; never stored. */
export type Slot = number & { readonly __brand: 'Slot' };

/** People in a block. Two bytes a person make a column exactly two memory pages. */
export const BLOCK_SIZE = 4096;
const COLUMN_BYTES = BLOCK_SIZE * 2;
const BLOCK_BYTES = LOCI.length * COLUMN_BYTES;

/** What another thread needs to read a {@link GenotypeStore}: shared memory and how much of it counts. */
export type GenotypeSnapshot = {
  /** Each over shared memory. */
  readonly blocks: readonly Uint8Array[];
  readonly size: number;
};

/**
 * Packed genotypes of many people in memory that all threads share. A block holds one column a
 * locus: the two allele codes of person 0, of person 1, … Columns of loci that nobody has typed
 * are never touched, so they take no physical memory: two bytes a person and typed locus.
 * Slots are only ever added; readers look at those below the size they were given.
 */
export class GenotypeStore {
  readonly #blocks: Uint8Array[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a person. Genotypes that a likelihood cannot use count as not typed. */
  add(profile: Profile, alphabet: Alphabet): Slot {
    const slot = this.#size;
    const place = slot % BLOCK_SIZE;
    if (place === 0) this.#blocks.push(new Uint8Array(new SharedArrayBuffer(BLOCK_BYTES)));
    const bytes = this.#blocks.at(-1)!;
    for (const [locus, genotype] of profile) {
      const pair = readGenotype(genotype);
      if (typeof pair === 'string') continue;
      const at = columnOffset(locusNumber(locus)) + 2 * place;
      bytes[at] = alphabet.encode(locus, pair[0]);
      bytes[at + 1] = alphabet.encode(locus, pair[1]);
    }
    this.#size++;
    return slot as Slot;
  }

  snapshot(): GenotypeSnapshot {
    return { blocks: [...this.#blocks], size: this.#size };
  }
}

/** The block that holds a slot. */
export function blockOf(snapshot: GenotypeSnapshot, slot: Slot): Uint8Array {
  return snapshot.blocks[Math.floor(slot / BLOCK_SIZE)]!;
}

/** Where a person's two allele codes at a locus stand in their block. */
export function genotypeOffset(number: number, slot: Slot): number {
  return columnOffset(number) + 2 * (slot % BLOCK_SIZE);
}

function columnOffset(number: number): number {
  return number * COLUMN_BYTES;
}
