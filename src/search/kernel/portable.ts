import type { SharedMemory } from '../shared-memory.ts';
import type { BlockKernel, Kernel } from './kernel.ts';
import {
  BLOCK_SIZE,
  CODES,
  DIRECTORY,
  ENTRY,
  ONES,
  QUERY,
  UNSCREENED,
  WEIGHED,
  ZEROS,
} from './layout.ts';

/**
 * The kernel without SIMD: the same answers, 32 people at a time where the other takes 128. It is the
 * oracle of the SIMD kernel, and stands in for it where the processor has none.
 */
export function openPortableKernel(memory: SharedMemory): Kernel {
  const kernel = openBlockKernel(memory);
  return {
    ...kernel,
    scanShared: (block, bytes, queries, first, count, scratch, list, out, room) =>
      scan(memory, queries, first, count, list, out, room, (query) => {
        const isWeighed = (limitOf(memory, query) & WEIGHED) !== 0;
        const screen = isWeighed ? kernel.screenWeighed : kernel.screenShared;
        const passed = screen(block, bytes, query, scratch, list);
        return kernel.scoreShared(block, query, scratch, list, passed, list);
      }),
    scanCouples: (fathers, mothers, bytes, queries, first, count, scratch, list, out, room) =>
      scan(memory, queries, first, count, list, out, room, (query) => {
        const passed =
          (limitOf(memory, query) & UNSCREENED) !== 0
            ? kernel.listAll(fathers, bytes, list)
            : kernel.screenCouples(fathers, mothers, bytes, query, scratch, list);
        return kernel.scoreCouples(fathers, mothers, query, scratch, list, passed, list);
      }),
  };
}

function openBlockKernel(memory: SharedMemory): BlockKernel {
  return {
    listAll: (block, bytes, out) => screen(memory, block, bytes, out, () => -1),
    screenShared(block, bytes, query, _scratch, out) {
      const loci = readLoci(memory, block, query);
      const limit = limitOf(memory, query) & 255;
      return screen(memory, block, bytes, out, (word) =>
        countAtMost(
          limit,
          loci,
          ({ entry, column }) =>
            ~(
              plane(memory, column, entry, ENTRY.planeA, word) |
              plane(memory, column, entry, ENTRY.planeB, word)
            ),
        ),
      );
    },
    screenCouples(fathers, mothers, bytes, query, _scratch, out) {
      const loci = readCoupleLoci(memory, fathers, mothers, query);
      const limit = limitOf(memory, query) & 255;
      return screen(memory, fathers, bytes, out, (word) =>
        countAtMost(limit, loci, ({ entry, father, mother }) => {
          const fatherA = plane(memory, father, entry, ENTRY.planeA, word);
          const fatherB = plane(memory, father, entry, ENTRY.planeB, word);
          const motherA = plane(memory, mother, entry, ENTRY.planeA, word);
          const motherB = plane(memory, mother, entry, ENTRY.planeB, word);
          return ~((fatherA & motherB) | (fatherB & motherA));
        }),
      );
    },
    screenWeighed(block, bytes, query, _scratch, out) {
      const loci = readLoci(memory, block, query);
      const limit = limitOf(memory, query) & 255;
      return screen(memory, block, bytes, out, (word) => {
        const sums = new Uint32Array(32);
        for (const { entry, column } of loci) addPenalties(memory, entry, column, word, sums);
        return gather((bit) => sums[bit]! <= limit);
      });
    },
    scoreShared(block, query, _scratch, list, count, out) {
      const loci = readLoci(memory, block, query);
      const least = memory.numbers[(query + QUERY.leastScore) / 4]!;
      return keep(memory, list, count, out, (person) => {
        let score = 0;
        for (const { entry, column } of loci) {
          const code = memory.codes[(column + CODES) / 2 + person]!;
          score += memory.scores[memory.words[(entry + ENTRY.table) / 4]! / 2 + code]!;
        }
        return score >= least;
      });
    },
    scoreCouples(fathers, mothers, query, _scratch, list, count, out) {
      const loci = readCoupleLoci(memory, fathers, mothers, query);
      const least = memory.doubles[(query + QUERY.leastRatio) / 8]!;
      return keep(memory, list, count, out, (couple) => coupleRatio(memory, loci, couple) >= least);
    },
  };
}

function limitOf({ words }: SharedMemory, query: number): number {
  return words[(query + QUERY.limit) / 4]!;
}

/** One query after another as long as there is room for all that one can find. */
function scan(
  { words, codes }: SharedMemory,
  queries: number,
  first: number,
  count: number,
  list: number,
  out: number,
  room: number,
  find: (query: number) => number,
): number {
  let found = 0;
  let place = first;
  for (; place < count && found + BLOCK_SIZE < room; place++) {
    const query = words[queries / 4 + place]!;
    const passed = query === 0 ? 0 : find(query);
    for (let i = 0; i < passed; i++) {
      words[out / 4 + 1 + found + i] = place * BLOCK_SIZE + codes[list / 2 + i]!;
    }
    found += passed;
  }
  words[out / 4] = place;
  return found;
}

/** A locus of the query at which somebody of the block is typed. */
type Locus = { readonly entry: number; readonly column: number };
/** One at which a father or a mother of the block is typed; 0: none of them. */
type CoupleLocus = { readonly entry: number; readonly father: number; readonly mother: number };

function readLoci(memory: SharedMemory, block: number, query: number): Locus[] {
  return entriesOf(memory, query)
    .map((entry) => ({ entry, column: columnOf(memory, block, entry) }))
    .filter(({ column }) => column !== 0);
}

function readCoupleLoci(
  memory: SharedMemory,
  fathers: number,
  mothers: number,
  query: number,
): CoupleLocus[] {
  return entriesOf(memory, query)
    .map((entry) => ({
      entry,
      father: columnOf(memory, fathers, entry),
      mother: columnOf(memory, mothers, entry),
    }))
    .filter(({ father, mother }) => father !== 0 || mother !== 0);
}

function entriesOf(memory: SharedMemory, query: number): number[] {
  const length = memory.words[(query + QUERY.loci) / 4]!;
  return Array.from({ length }, (_, place) => query + QUERY.entries + place * ENTRY.size);
}

function columnOf(memory: SharedMemory, block: number, entry: number): number {
  return memory.words[(block + DIRECTORY + memory.words[(entry + ENTRY.locus) / 4]!) / 4]!;
}

/** 32 bits of a plane of the query's; all ones where nobody is typed. */
function plane(
  memory: SharedMemory,
  column: number,
  entry: number,
  which: number,
  word: number,
): number {
  const begin = column === 0 ? ONES : column + memory.words[(entry + which) / 4]!;
  return memory.words[begin / 4 + word]!;
}

/** Lists the people of a block whom `pass` lets through, 32 at a time. */
function screen(
  memory: SharedMemory,
  block: number,
  bytes: number,
  out: number,
  pass: (word: number) => number,
): number {
  let written = 0;
  for (let word = 0; word < bytes / 4; word++) {
    const present = memory.words[block / 4 + word]!;
    if (present === 0) continue;
    for (let bits = present & pass(word); bits !== 0; bits &= bits - 1) {
      memory.codes[out / 2 + written++] = 32 * word + 31 - Math.clz32(bits & -bits);
    }
  }
  return written;
}

/** Bits of people for whom `inconsistent` holds at no more than so many loci. */
function countAtMost<One>(
  limit: number,
  loci: readonly One[],
  inconsistent: (locus: One) => number,
): number {
  const counts = new Uint32Array(32);
  for (const locus of loci) {
    for (let bits = inconsistent(locus); bits !== 0; bits &= bits - 1) {
      counts[31 - Math.clz32(bits & -bits)]!++;
    }
  }
  return gather((bit) => counts[bit]! <= limit);
}

function gather(holds: (bit: number) => boolean): number {
  let bits = 0;
  for (let bit = 0; bit < 32; bit++) if (holds(bit)) bits |= 1 << bit;
  return bits;
}

function addPenalties(
  memory: SharedMemory,
  entry: number,
  column: number,
  word: number,
  sums: Uint32Array,
): void {
  const penalties = memory.words[(entry + ENTRY.penalties) / 4]!;
  const a = plane(memory, column, entry, ENTRY.planeA, word);
  const b = plane(memory, column, entry, ENTRY.planeB, word);
  const homozygous = memory.words[column / 4 + word]!;
  for (let bit = 0; bit < 32; bit++) {
    const kind = kindOf((a >>> bit) & 1, (b >>> bit) & 1, (homozygous >>> bit) & 1);
    sums[bit]! += (penalties >>> (4 * kind)) & 15;
  }
}

/** Neither allele as a homozygote, neither otherwise, the first alone, the second alone, both. */
function kindOf(a: number, b: number, homozygous: number): number {
  if (a === 0 && b === 0) return homozygous === 1 ? 0 : 1;
  if (a === 1 && b === 1) return 4;
  return a === 1 ? 2 : 3;
}

/** Copies those of a list who pass. */
function keep(
  { codes }: SharedMemory,
  list: number,
  count: number,
  out: number,
  passes: (person: number) => boolean,
): number {
  let written = 0;
  for (let place = 0; place < count; place++) {
    const person = codes[list / 2 + place]!;
    if (passes(person)) codes[out / 2 + written++] = person;
  }
  return written;
}

/** Below this a locus counts as much, so that no product of 72 leaves the range of numbers. */
const LEAST = 1 / 16_384;

function coupleRatio(memory: SharedMemory, loci: readonly CoupleLocus[], couple: number): number {
  const { codes, words, singles, doubles } = memory;
  let ratio = 1;
  for (const { entry, father, mother } of loci) {
    const ofFather = codes[(father === 0 ? ZEROS : father + CODES) / 2 + couple]!;
    const ofMother = codes[(mother === 0 ? ZEROS : mother + CODES) / 2 + couple]!;
    if (ofFather === 0 && ofMother === 0) continue;
    const f = words[(entry + ENTRY.table) / 4]! / 4 + 2 * ofFather;
    const m = words[(entry + ENTRY.motherTable) / 4]! / 4 + 2 * ofMother;
    const both = doubles[(entry + ENTRY.bothFirst) / 8]!;
    const crosswise = doubles[(entry + ENTRY.crosswise) / 8]!;
    const here =
      both * singles[f]! * singles[m]! +
      crosswise * (singles[f]! * singles[m + 1]! + singles[f + 1]! * singles[m]!);
    if (here === 0) return 0;
    ratio *= Math.max(here, LEAST);
  }
  return ratio;
}
