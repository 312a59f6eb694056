import assert from 'node:assert/strict';
import { seededRandom } from '../src/kinship/index.ts';
import { type Kernel, LIST_BYTES, SCRATCH_BYTES } from '../src/search/kernel/kernel.ts';
import { openSimdKernel } from '../src/search/kernel/open-kernel.ts';
import {
  BLOCK_BYTES,
  BLOCK_SIZE,
  CODES,
  COLUMN_BYTES,
  DIRECTORY,
  ENTRY,
  PLANE_BYTES,
  QUERY,
} from '../src/search/kernel/layout.ts';
import { openPortableKernel } from '../src/search/kernel/portable.ts';
import { SharedMemory } from '../src/search/shared-memory.ts';
import { race } from './measure.ts';

/**
 * The loops of the kernel alone, in SIMD and portable, on one block of 4,096 people in the cache: 24
 * loci of ten alleles, as many queries in turn as a task has. Both must list the same people.
 */
const LOCI = 24;
const ALLELES = 10;
const QUERIES = 100;
const random = seededRandom(7);
const memory = new SharedMemory();

/** An allele of a bell-shaped distribution, 1 to 10: as planes are numbered. */
function drawAllele(): number {
  let sum = 0;
  for (let die = 0; die < 3; die++) sum += random() * (ALLELES / 3);
  return 1 + Math.floor(sum);
}

function makeBlock(): number {
  const block = memory.allocate(BLOCK_BYTES);
  memory.bytes.fill(255, block, block + PLANE_BYTES);
  for (let locus = 0; locus < LOCI; locus++) {
    const column = memory.allocate(COLUMN_BYTES);
    memory.words[(block + DIRECTORY) / 4 + locus] = column;
    for (let place = 0; place < BLOCK_SIZE; place++) {
      const alleles = [drawAllele(), drawAllele()] as const;
      if (alleles[0] === alleles[1]) setBit(column, 0, place);
      for (const allele of alleles) setBit(column, allele, place);
      memory.codes[(column + CODES) / 2 + place] = alleles[0] * 16 + alleles[1];
    }
  }
  return block;
}

function setBit(column: number, plane: number, place: number): void {
  memory.bytes[column + plane * PLANE_BYTES + (place >> 3)]! |= 1 << (place & 7);
}

/** @param penalties neither as a homozygote, neither, first, second, both: four bits each */
function makeQuery(limit: number, penalties: number): number {
  const query = memory.allocate(QUERY.entries + LOCI * ENTRY.size);
  memory.words[(query + QUERY.loci) / 4] = LOCI;
  memory.words[(query + QUERY.limit) / 4] = limit;
  for (let locus = 0; locus < LOCI; locus++) {
    const entry = (query + QUERY.entries + locus * ENTRY.size) / 4;
    memory.words[entry + ENTRY.locus / 4] = 4 * locus;
    memory.words[entry + ENTRY.planeA / 4] = drawAllele() * PLANE_BYTES;
    memory.words[entry + ENTRY.planeB / 4] = drawAllele() * PLANE_BYTES;
    memory.words[entry + ENTRY.penalties / 4] = penalties;
  }
  return query;
}

const [fathers, mothers] = [makeBlock(), makeBlock()];
const scratch = memory.allocate(SCRATCH_BYTES);
const list = memory.allocate(LIST_BYTES);
const simd = openSimdKernel(memory);
assert.ok(simd, 'this machine has SIMD');
const portable = openPortableKernel(memory);

const SCREENS: Record<
  string,
  { queries: number[]; run: (kernel: Kernel, query: number) => number }
> = {
  'count, single parents': {
    queries: Array.from({ length: QUERIES }, () => makeQuery(4, 0)),
    run: (kernel, query) => kernel.screenShared(fathers, PLANE_BYTES, query, scratch, list),
  },
  'count, couples': {
    queries: Array.from({ length: QUERIES }, () => makeQuery(9, 0)),
    run: (kernel, query) =>
      kernel.screenCouples(fathers, mothers, PLANE_BYTES, query, scratch, list),
  },
  'weigh, single relatives': {
    queries: Array.from({ length: QUERIES }, () => makeQuery(90, 0x036af)),
    run: (kernel, query) => kernel.screenWeighed(fathers, PLANE_BYTES, query, scratch, list),
  },
};

for (const [name, { queries, run }] of Object.entries(SCREENS)) {
  const listed = queries.map((query) => run(portable, query));
  race('people', {
    [`${name}: portable`]: () => {
      const some = queries.slice(0, 10);
      some.forEach((query, place) => {
        assert.equal(run(portable, query), listed[place]);
      });
      return some.length * BLOCK_SIZE;
    },
    [`${name}: SIMD`]: () => {
      for (let round = 0; round < 20; round++) {
        queries.forEach((query, place) => {
          assert.equal(run(simd, query), listed[place]);
        });
      }
      return 20 * QUERIES * BLOCK_SIZE;
    },
  });
}
