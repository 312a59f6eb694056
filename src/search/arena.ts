import type { SharedMemory } from './shared-memory.ts';

const CHUNK = 1 << 20;
const ALIGNMENT = 16;

/** Shared memory for what one thread prepares: handed out piece by piece, taken back all at once. */
export class Arena {
  readonly #memory: SharedMemory;
  readonly #chunks: { readonly begin: number; readonly size: number }[] = [];
  #chunk = -1;
  #used = 0;

  constructor(memory: SharedMemory) {
    this.#memory = memory;
  }

  /** @returns where it begins, a multiple of 16; what stands there is anything */
  allocate(size: number): number {
    const rounded = Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    while (this.#chunk < 0 || this.#used + rounded > this.#chunks[this.#chunk]!.size) {
      this.#chunk++;
      this.#used = 0;
      if (this.#chunk === this.#chunks.length) {
        const chunk = Math.max(CHUNK, rounded);
        this.#chunks.push({ begin: this.#memory.allocate(chunk), size: chunk });
      }
    }
    const begin = this.#chunks[this.#chunk]!.begin + this.#used;
    this.#used += rounded;
    return begin;
  }

  /** Takes back everything; the memory is kept for what comes. */
  clear(): void {
    this.#chunk = -1;
    this.#used = 0;
  }
}
