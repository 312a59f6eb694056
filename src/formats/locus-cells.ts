import type { Locus } from '../kinship/index.ts';
import { type CellLayout, readCells } from './allele-cells.ts';
import type { CsvLine } from './csv-line.ts';
import type { GenotypeReading } from './person-row.ts';

/** A file of real people has some hundred texts at a locus; a hostile one shall not fill the memory. */
const MOST_TEXTS = 1 << 14;

/** The characters of ordinary genotypes, numbered from 1 in 4 bits. */
const DIGITS = '0123456789.,/ <';
const DIGIT_OF = new Uint8Array(256);
Buffer.from(DIGITS).forEach((byte, place) => (DIGIT_OF[byte] = place + 1));
/** As many as two numbers of 32 bits hold. */
const MOST_DIGITS = 16;

/** Numbers that stand for one text in the table of texts. */
const ENTRY = 4;

/**
 * The cells of one locus of a file. Each distinct text is read once: whoever shows it gets the
 * very same genotype, so that what is computed from a genotype can be kept by the genotype itself.
 * That holds for ordinary texts; long ones and those off the ladder are read each time.
 */
export class LocusCells {
  readonly locus: Locus;
  /** The header of the first column. */
  readonly field: string;
  /** The column of the genotype, or those of its alleles. */
  readonly places: number[];
  readonly #layout: CellLayout;
  /**
   * A hash table of texts, at most half full: number of the text in the column before (0 in the
   * first column), the text's characters as 16 numbers of 4 bits, its own number (0: no entry).
   */
  #table = new Int32Array(64 * ENTRY);
  /** By the number of the last column's text: what was read; null for nothing yet. */
  readonly #readings: (GenotypeReading | null)[] = [null];

  constructor(locus: Locus, field: string, place: number, layout: CellLayout) {
    this.locus = locus;
    this.field = field;
    this.places = [place];
    this.#layout = layout;
  }

  /** What the line says of the locus. */
  read(line: CsvLine): GenotypeReading {
    const { places } = this;
    let number = 0;
    for (let column = 0; column < places.length; column++) {
      const place = places[column]!;
      number = this.#numberOf(number, line.bytes, line.starts[place]!, line.ends[place]!);
      if (number === 0) return this.#readCells(line);
    }
    return (this.#readings[number] ??= this.#readCells(line));
  }

  #readCells(line: CsvLine): GenotypeReading {
    const cells = this.places.map((place) => line.cell(place));
    return readCells(this.locus, this.field, cells, this.#layout);
  }

  /** The number, from 1, of a text that stands behind another one; 0 where it gets none. */
  #numberOf(before: number, bytes: Uint8Array, start: number, end: number): number {
    if (end - start > MOST_DIGITS) return 0;
    let high = 0;
    let low = 0;
    for (let at = start; at < end; at++) {
      const digit = DIGIT_OF[bytes[at]!]!;
      if (digit === 0) return 0;
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
    }
    const entry = findEntry(this.#table, before, high, low);
    const number = this.#table[entry + 3]!;
    return number === 0 ? this.#addText(entry, before, high, low) : number;
  }

  #addText(entry: number, before: number, high: number, low: number): number {
    const number = this.#readings.length;
    if (number > MOST_TEXTS) return 0;
    this.#readings.push(null);
    this.#table.set([before, high, low, number], entry);
    if (2 * ENTRY * number > this.#table.length) this.#grow();
    return number;
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Int32Array(2 * old.length);
    for (let at = 0; at < old.length; at += ENTRY) {
      const [before, high, low, number] = old.subarray(at, at + ENTRY) as unknown as Entry;
      if (number > 0) {
        const entry = findEntry(this.#table, before, high, low);
        this.#table.set([before, high, low, number], entry);
      }
    }
  }
}

type Entry = readonly [before: number, high: number, low: number, number: number];

/** The place of a text in a table, or the free place where it belongs. */
function findEntry(table: Int32Array, before: number, high: number, low: number): number {
  const mask = table.length / ENTRY - 1;
  let hash = Math.imul(before, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(low, 0xc2b2ae35); // prettier-ignore
  hash ^= hash >>> 15;
  for (let place = hash & mask; ; place = (place + 1) & mask) {
    const entry = place * ENTRY;
    if (
      table[entry + 3] === 0 ||
      (table[entry + 2] === low && table[entry + 1] === high && table[entry] === before)
    ) {
      return entry;
    }
  }
}
