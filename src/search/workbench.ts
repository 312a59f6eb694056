import { GenotypeAlphabet } from './genotype-alphabet.ts';
import { type Kernel, SCRATCH_BYTES } from './kernel/kernel.ts';
import { BLOCK_SIZE, PLANE_BYTES } from './kernel/layout.ts';
import { openKernel } from './kernel/open-kernel.ts';
import type { StoreSnapshot } from './profile-store.ts';
import { SharedMemory } from './shared-memory.ts';
import type { Workspace } from './shared-query.ts';

/** What a thread needs of its own to scan an index. */
export class Workbench implements Workspace {
  readonly memory: SharedMemory;
  readonly alphabet: GenotypeAlphabet;
  readonly kernel: Kernel;
  readonly scratch: number;
  readonly list: number;

  constructor(memory: WebAssembly.Memory, open: (memory: SharedMemory) => Kernel = openKernel) {
    this.memory = new SharedMemory(memory);
    this.alphabet = new GenotypeAlphabet(this.memory);
    this.kernel = open(this.memory);
    this.scratch = this.memory.allocate(SCRATCH_BYTES);
    this.list = this.memory.allocate(2 * BLOCK_SIZE);
  }

  /** The people on the list, as slots of the store whose block was scanned. */
  readList(count: number, block: number, into: number[]): void {
    const { codes } = this.memory;
    for (let place = 0; place < count; place++) {
      into.push(block * BLOCK_SIZE + codes[this.list / 2 + place]!);
    }
  }
}

/** How many blocks of a store count, and how much of each: a multiple of 16 bytes. */
export function* blocksOf({ size }: StoreSnapshot): Generator<{ block: number; bytes: number }> {
  for (let block = 0; block * BLOCK_SIZE < size; block++) {
    const people = size - block * BLOCK_SIZE;
    yield { block, bytes: Math.min(PLANE_BYTES, 16 * Math.ceil(people / 128)) };
  }
}
