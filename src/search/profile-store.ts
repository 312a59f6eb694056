import { LOCI } from '../kinship/index.ts';
import { type GenotypeAlphabet, type GenotypeCode, NOT_TYPED } from './genotype-alphabet.ts';
import {
  BLOCK_BYTES,
  BLOCK_SIZE,
  CODES,
  COLUMN_BYTES,
  DIRECTORY,
  PLANE_BYTES,
  PLANES,
} from './kernel/layout.ts';
import type { SharedMemory } from './shared-memory.ts';

/** The place of a person, or of a couple, in a store of this process; used again once it is free. */
export type Slot = number & { readonly __brand: 'Slot' };

/** What another thread needs to read a store. */
export type StoreSnapshot = {
  /** For each part of a slot where its blocks begin in shared memory. */
  readonly parts: readonly (readonly number[])[];
  /** Slots are smaller than this. */
  readonly size: number;
};

/**
 * Profiles of many people in shared memory: 4,096 a block, with a column for each locus that somebody
 * in the block is typed at. A column takes four bytes a person: sixteen bit planes, which the screen
 * counts, and a code, which the score looks up. Bits of free places are 0.
 *
 * A slot of a couple has two parts, father and mother, at the same place of two blocks. One thread
 * writes. Another that reads meanwhile may see somebody half written; whoever changes has a search of
 * their own, and the judge reads everybody from where they are stored.
 */
export class ProfileStore {
  readonly #memory: SharedMemory;
  readonly #alphabet: GenotypeAlphabet;
  readonly #parts: number[][];
  readonly #free: Slot[] = [];
  #size = 0;

  constructor(memory: SharedMemory, alphabet: GenotypeAlphabet, parts: 1 | 2 = 1) {
    this.#memory = memory;
    this.#alphabet = alphabet;
    this.#parts = Array.from({ length: parts }, () => []);
  }

  /** Slots are smaller than this. */
  get size(): number {
    return this.#size;
  }

  /** How many of them are taken. */
  get count(): number {
    return this.#size - this.#free.length;
  }

  /** @param rows for each part one code a locus */
  add(rows: readonly Uint16Array[]): Slot {
    const slot = this.#free.pop() ?? (this.#size++ as Slot);
    if (slot % BLOCK_SIZE === 0 && slot / BLOCK_SIZE === this.#parts[0]!.length) {
      for (const blocks of this.#parts) blocks.push(this.#memory.allocate(BLOCK_BYTES));
    }
    this.#parts.forEach((blocks, part) => {
      this.#write(blocks[Math.floor(slot / BLOCK_SIZE)]!, slot % BLOCK_SIZE, rows[part]!);
    });
    this.#occupy(slot, true);
    return slot;
  }

  /** Takes a slot out; its bits are cleared for whoever comes next. */
  remove(slot: Slot): void {
    this.#occupy(slot, false);
    for (const blocks of this.#parts) {
      this.#clear(blocks[Math.floor(slot / BLOCK_SIZE)]!, slot % BLOCK_SIZE);
    }
    this.#free.push(slot);
  }

  snapshot(): StoreSnapshot {
    return { parts: this.#parts.map((blocks) => [...blocks]), size: this.#size };
  }

  /** The codes of one part of a slot, by locus number. */
  read(slot: Slot, part = 0): Uint16Array {
    const { words, codes } = this.#memory;
    const block = this.#parts[part]![Math.floor(slot / BLOCK_SIZE)]!;
    const row = new Uint16Array(LOCI.length);
    for (let number = 0; number < row.length; number++) {
      const column = words[(block + DIRECTORY) / 4 + number]!;
      if (column !== 0) row[number] = codes[(column + CODES) / 2 + (slot % BLOCK_SIZE)]!;
    }
    return row;
  }

  #occupy(slot: Slot, taken: boolean): void {
    const bit = 1 << (slot & 7);
    for (const blocks of this.#parts) {
      const at = blocks[Math.floor(slot / BLOCK_SIZE)]! + ((slot % BLOCK_SIZE) >> 3);
      if (taken) this.#memory.bytes[at]! |= bit;
      else this.#memory.bytes[at]! &= ~bit;
    }
  }

  #write(block: number, place: number, row: Uint16Array): void {
    const directory = (block + DIRECTORY) / 4;
    for (let number = 0; number < row.length; number++) {
      const code = row[number]! as GenotypeCode;
      let column = this.#memory.words[directory + number]!;
      if (column === 0) {
        if (code === NOT_TYPED) continue;
        column = this.#addColumn(block);
        this.#memory.words[directory + number] = column;
      }
      this.#memory.codes[(column + CODES) / 2 + place] = code;
      const { bytes } = this.#memory;
      const at = column + (place >> 3);
      const bit = 1 << (place & 7);
      for (let marks = this.#alphabet.at(number).marks(code); marks !== 0; marks &= marks - 1) {
        bytes[at + lowestBit(marks) * PLANE_BYTES]! |= bit;
      }
    }
  }

  /** A column at which nobody of the block is typed yet: its people have every bit. */
  #addColumn(block: number): number {
    const column = this.#memory.allocate(COLUMN_BYTES);
    const { bytes } = this.#memory;
    for (let plane = 0; plane < PLANES; plane++) {
      bytes.copyWithin(column + plane * PLANE_BYTES, block, block + PLANE_BYTES);
    }
    return column;
  }

  #clear(block: number, place: number): void {
    const { bytes, codes, words } = this.#memory;
    const keep = ~(1 << (place & 7));
    for (let number = 0; number < LOCI.length; number++) {
      const column = words[(block + DIRECTORY) / 4 + number]!;
      if (column === 0) continue;
      codes[(column + CODES) / 2 + place] = NOT_TYPED;
      for (let plane = 0; plane < PLANES; plane++) {
        bytes[column + plane * PLANE_BYTES + (place >> 3)]! &= keep;
      }
    }
  }
}

function lowestBit(marks: number): number {
  return 31 - Math.clz32(marks & -marks);
}
