import type { Arena } from './arena.ts';
import { GenotypeAlphabet } from './genotype-alphabet.ts';
import { type Kernel, LIST_BYTES, SCRATCH_BYTES } from './kernel/kernel.ts';
import { BLOCK_SIZE, PLANE_BYTES } from './kernel/layout.ts';
import { openKernel } from './kernel/open-kernel.ts';
import type { StoreSnapshot } from './profile-store.ts';
import { SharedMemory } from './shared-memory.ts';

/** Finds that one call of the kernel has room for: more than one block holds. */
const MOST_FINDS = 8 * BLOCK_SIZE;

/** What a thread needs of its own to scan an index. */
export class Workbench {
  readonly memory: SharedMemory;
  readonly alphabet: GenotypeAlphabet;
  readonly kernel: Kernel;
  readonly #scratch: number;
  readonly #list: number;
  readonly #finds: number;

  constructor(memory: WebAssembly.Memory, open: (memory: SharedMemory) => Kernel = openKernel) {
    this.memory = new SharedMemory(memory);
    this.alphabet = new GenotypeAlphabet(this.memory);
    this.kernel = open(this.memory);
    this.#scratch = this.memory.allocate(SCRATCH_BYTES);
    this.#list = this.memory.allocate(LIST_BYTES);
    this.#finds = this.memory.allocate(4 * (1 + MOST_FINDS));
  }

  /** Addresses of queries, as the kernel reads them. */
  writeQueries(arena: Arena, queries: readonly number[]): number {
    const at = arena.allocate(4 * queries.length);
    this.memory.reach();
    this.memory.words.set(queries, at / 4);
    return at;
  }

  /**
   * Scans a store block by block, every query while the block is in the cache.
   * @param parts of the store: one, or fathers and mothers
   * @param queries as {@link writeQueries} wrote them
   * @returns for each query the slots found
   */
  scan(
    store: StoreSnapshot,
    parts: readonly [number] | readonly [number, number],
    queries: number,
    count: number,
  ): number[][] {
    const found = Array.from({ length: count }, (): number[] => []);
    for (const { block, bytes } of blocksOf(store)) {
      const [one, other] = parts.map((part) => store.parts[part]![block]!);
      for (let next = 0; next < count;) {
        const finds = this.#scanBlock(one!, other, bytes, queries, next, count);
        const { words } = this.memory;
        next = words[this.#finds / 4]!;
        for (let place = 1; place <= finds; place++) {
          const find = words[this.#finds / 4 + place]!;
          found[Math.floor(find / BLOCK_SIZE)]!.push(block * BLOCK_SIZE + (find % BLOCK_SIZE));
        }
      }
    }
    return found;
  }

  #scanBlock(
    one: number,
    other: number | undefined,
    bytes: number,
    queries: number,
    first: number,
    count: number,
  ): number {
    const [kernel, scratch, list, finds] = [this.kernel, this.#scratch, this.#list, this.#finds];
    return other === undefined
      ? kernel.scanShared(one, bytes, queries, first, count, scratch, list, finds, MOST_FINDS)
      : kernel.scanCouples(one, other, bytes, queries, first, count, scratch, list, finds, MOST_FINDS); // prettier-ignore
  }
}

/** How many blocks of a store count, and how much of each: a multiple of 16 bytes. */
function* blocksOf({ size }: StoreSnapshot): Generator<{ block: number; bytes: number }> {
  for (let block = 0; block * BLOCK_SIZE < size; block++) {
    const people = size - block * BLOCK_SIZE;
    yield { block, bytes: Math.min(PLANE_BYTES, 16 * Math.ceil(people / 128)) };
  }
}
