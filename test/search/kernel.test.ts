import fc from 'fast-check';
import t from 'tap';
import { seededRandom } from '../../src/kinship/index.ts';
import { type Kernel, LIST_BYTES, SCRATCH_BYTES } from '../../src/search/kernel/kernel.ts';
import {
  BLOCK_BYTES,
  BLOCK_SIZE,
  CODES,
  COLUMN_BYTES,
  DIRECTORY,
  ENTRY,
  ONES,
  PLANE_BYTES,
  PLANES,
  QUERY,
  UNSCREENED,
  WEIGHED,
  ZEROS,
} from '../../src/search/kernel/layout.ts';
import { openSimdKernel } from '../../src/search/kernel/open-kernel.ts';
import { openPortableKernel } from '../../src/search/kernel/portable.ts';
import { SharedMemory } from '../../src/search/shared-memory.ts';
import { readText } from '../package.ts';

const LOCI = 26;
const GENOTYPES = 60;

/** A block whose planes, codes and people are random; some loci are typed in nobody. */
function makeBlock(memory: SharedMemory, random: () => number): number {
  const block = memory.allocate(BLOCK_BYTES);
  fill(memory, block, PLANE_BYTES, () => (random() < 0.9 ? 255 : 256 * random()));
  for (let locus = 0; locus < LOCI; locus++) {
    if (random() < 0.1) continue;
    const column = memory.allocate(COLUMN_BYTES);
    memory.words[(block + DIRECTORY) / 4 + locus] = column;
    // Dense planes, so that some people pass.
    fill(memory, column, PLANES * PLANE_BYTES, () => (256 * random()) | (256 * random()));
    for (let place = 0; place < BLOCK_SIZE; place++) {
      memory.codes[(column + CODES) / 2 + place] = Math.floor(random() * GENOTYPES);
    }
  }
  return block;
}

function fill({ bytes }: SharedMemory, at: number, size: number, byte: () => number): void {
  for (let place = 0; place < size; place++) bytes[at + place] = byte();
}

function makeQuery(
  memory: SharedMemory,
  random: () => number,
  loci: number,
  limit: number,
): number {
  const query = memory.allocate(QUERY.entries + LOCI * ENTRY.size);
  const { words, numbers, doubles } = memory;
  words[(query + QUERY.loci) / 4] = loci;
  words[(query + QUERY.limit) / 4] = limit;
  numbers[(query + QUERY.leastScore) / 4] = 40;
  doubles[(query + QUERY.leastRatio) / 8] = 1.5;
  let rest = 0;
  for (let place = loci - 1; place >= 0; place--) {
    const entry = query + QUERY.entries + place * ENTRY.size;
    words[(entry + ENTRY.locus) / 4] = 4 * place;
    words[(entry + ENTRY.planeA) / 4] = Math.floor(random() * PLANES) * PLANE_BYTES;
    words[(entry + ENTRY.planeB) / 4] = Math.floor(random() * PLANES) * PLANE_BYTES;
    words[(entry + ENTRY.penalties) / 4] = Math.floor(random() * (1 << 20));
    numbers[(entry + ENTRY.rest) / 4] = rest;
    doubles[(entry + ENTRY.bothFirst) / 8] = random() < 0.5 ? 0 : 2 * random();
    doubles[(entry + ENTRY.crosswise) / 8] = 2 * random();
    const table = memory.allocate(2 * GENOTYPES);
    words[(entry + ENTRY.table) / 4] = table;
    for (let code = 1; code < GENOTYPES; code++) {
      const score = Math.floor(random() * 200) - 100;
      memory.scores[table / 2 + code] = score;
    }
    rest += 100;
  }
  return query;
}

/** The same entries with terms of couples in place of scores. */
function addTerms(memory: SharedMemory, random: () => number, query: number): void {
  const { words } = memory;
  for (let place = 0; place < words[(query + QUERY.loci) / 4]!; place++) {
    const entry = query + QUERY.entries + place * ENTRY.size;
    for (const which of [ENTRY.table, ENTRY.motherTable]) {
      const table = memory.allocate(8 * GENOTYPES);
      words[(entry + which) / 4] = table;
      for (let term = 0; term < 2 * GENOTYPES; term++) {
        memory.singles[table / 4 + term] = random() < 0.05 ? 0 : 0.5 + random();
      }
    }
  }
}

t.test('the kernel in SIMD and the portable one list the same people', (t) => {
  let listed = 0;
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.integer(),
        loci: fc.integer({ min: 1, max: LOCI }),
        shared: fc.integer({ min: 0, max: 15 }),
        crosswise: fc.integer({ min: 0, max: 31 }),
        weighed: fc.integer({ min: 0, max: 127 }),
        bytes: fc.integer({ min: 1, max: 32 }).map((vectors) => 16 * vectors),
      }),
      ({ seed, loci, shared, crosswise, weighed, bytes }) => {
        const random = seededRandom(seed);
        const memory = new SharedMemory();
        const [fathers, mothers] = [makeBlock(memory, random), makeBlock(memory, random)];
        const scratch = memory.allocate(SCRATCH_BYTES);
        const list = memory.allocate(LIST_BYTES);
        const kept = memory.allocate(4 * 10_000);
        const counted = makeQuery(memory, random, loci, shared);
        const weighing = makeQuery(memory, random, loci, weighed);
        const couples = makeQuery(memory, random, loci, crosswise);
        addTerms(memory, random, couples);
        const read = (count: number, at: number): string =>
          memory.codes.slice(at / 2, at / 2 + count).join();
        const run = (kernel: Kernel): string[] => {
          const all = kernel.listAll(fathers, bytes, list);
          const everybody = read(all, list);
          const scored = kernel.scoreShared(fathers, counted, scratch, list, all, kept);
          const reached = read(scored, kept);
          const paired = kernel.scoreCouples(fathers, mothers, couples, scratch, list, all, kept);
          listed += scored + paired;
          const outcome = [everybody, reached, read(paired, kept)];
          outcome.push(read(kernel.screenShared(fathers, bytes, counted, scratch, list), list));
          outcome.push(read(kernel.screenWeighed(fathers, bytes, weighing, scratch, list), list));
          outcome.push(read(kernel.screenCouples(fathers, mothers, bytes, couples, scratch, list), list)); // prettier-ignore
          const queries = memory.allocate(4 * 3);
          memory.words.set([counted, 0, counted], queries / 4);
          const finds = kernel.scanShared(
            fathers,
            bytes,
            queries,
            0,
            3,
            scratch,
            list,
            kept,
            9_000,
          );
          outcome.push(memory.words.slice(kept / 4, kept / 4 + 1 + finds).join());
          memory.words.set([couples, couples], queries / 4);
          const both = kernel.scanCouples(fathers, mothers, bytes, queries, 0, 2, scratch, list, kept, 4_097); // prettier-ignore
          outcome.push(memory.words.slice(kept / 4, kept / 4 + 1 + both).join());
          return outcome;
        };
        const simd = openSimdKernel(memory);
        return simd === null || run(simd).join('|') === run(openPortableKernel(memory)).join('|');
      },
    ),
    { numRuns: 60 },
  );
  t.ok(listed > 10_000, `${listed} people scored alike`);
  t.end();
});

t.test('this machine has the kernel in SIMD', (t) => {
  t.ok(openSimdKernel(new SharedMemory()), 'otherwise only the portable one was tested');
  t.end();
});

t.test('the kernel and the index agree where things stand', (t) => {
  const source = readText('src/search/kernel/assembly/layout.ts');
  const numbers = Object.fromEntries(
    [...source.matchAll(/export const (\w+): (?:usize|u32) = (\d+);/g)].map(
      ([, name = '', value]) => [name, Number(value)],
    ),
  );
  t.strictSame(numbers, {
    BLOCK_BYTES,
    COLUMN_BYTES,
    ONES,
    ZEROS,
    DIRECTORY,
    CODES,
    LOCI: QUERY.loci,
    LIMIT: QUERY.limit,
    LEAST_SCORE: QUERY.leastScore,
    LEAST_RATIO: QUERY.leastRatio,
    ENTRIES: QUERY.entries,
    WEIGHED,
    UNSCREENED,
    LOCUS: ENTRY.locus,
    PLANE_A: ENTRY.planeA,
    PLANE_B: ENTRY.planeB,
    TABLE: ENTRY.table,
    MOTHER_TABLE: ENTRY.motherTable,
    REST: ENTRY.rest,
    PENALTIES: ENTRY.penalties,
    BOTH_FIRST: ENTRY.bothFirst,
    CROSSWISE: ENTRY.crosswise,
    ENTRY_SIZE: ENTRY.size,
  });
  t.end();
});
