import { FREE, ONES, PLANE_BYTES, TOP } from './kernel/layout.ts';

const PAGE = 65_536;
const MOST_PAGES = 65_536;
/** Grown by so much at a time; memory that nobody has written to takes up address space only. */
const STEP_PAGES = 256;
/**
 * Kept free above what is taken: a code that somebody writes while somebody else scans may lie
 * beyond a table, and must still be read from memory that is there.
 */
const GUARD = 1 << 20;
const ALIGNMENT = 64;

/**
 * Memory that all threads of a process and the kernel share, up to 4 GiB. Pieces are handed out and
 * never taken back; who has one may give it to others. Zero when handed out.
 */
export class SharedMemory {
  readonly memory: WebAssembly.Memory;
  #views: Views;

  /** @param memory of another thread; without, new memory */
  constructor(memory?: WebAssembly.Memory) {
    this.memory =
      memory ?? new WebAssembly.Memory({ initial: STEP_PAGES, maximum: MOST_PAGES, shared: true });
    this.#views = look(this.memory);
    if (memory) return;
    this.bytes.fill(255, ONES, ONES + PLANE_BYTES);
    this.numbers[TOP / 4] = FREE;
  }

  /** Views of the whole memory as it was when {@link reach} or {@link allocate} was last called. */
  get bytes(): Views['bytes'] {
    return this.#views.bytes;
  }
  get codes(): Views['codes'] {
    return this.#views.codes;
  }
  get scores(): Views['scores'] {
    return this.#views.scores;
  }
  get words(): Views['words'] {
    return this.#views.words;
  }
  get numbers(): Views['numbers'] {
    return this.#views.numbers;
  }
  get singles(): Views['singles'] {
    return this.#views.singles;
  }
  get doubles(): Views['doubles'] {
    return this.#views.doubles;
  }

  /** Bytes handed out so far. */
  get size(): number {
    return Atomics.load(this.words, TOP / 4);
  }

  /**
   * A piece of memory of this thread's own; any thread may ask.
   * @returns where it begins, a multiple of 64
   * @throws RangeError when 4 GiB are taken
   */
  allocate(size: number): number {
    const rounded = Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    const begin = Atomics.add(this.words, TOP / 4, rounded);
    const end = begin + rounded;
    if (end + GUARD > MOST_PAGES * PAGE) throw new RangeError('the index has filled its 4 GiB');
    this.reach(end);
    return begin;
  }

  /** Makes the views reach what others have been handed. */
  reach(end = this.size): void {
    if (end + GUARD <= this.bytes.length) return;
    const missing = end + GUARD - this.memory.buffer.byteLength;
    // Growing by nothing shows this thread what another one has grown.
    this.memory.grow(0);
    if (end + GUARD > this.memory.buffer.byteLength) {
      const pages = Math.max(STEP_PAGES, Math.ceil(missing / PAGE));
      const left = MOST_PAGES - this.memory.buffer.byteLength / PAGE;
      this.memory.grow(Math.min(pages, left));
    }
    this.#views = look(this.memory);
  }
}

type Views = ReturnType<typeof look>;

/** Views of all of a memory as it is now; it only ever grows. */
function look({ buffer }: WebAssembly.Memory) {
  return {
    bytes: new Uint8Array(buffer),
    codes: new Uint16Array(buffer),
    scores: new Int16Array(buffer),
    words: new Uint32Array(buffer),
    numbers: new Int32Array(buffer),
    singles: new Float32Array(buffer),
    doubles: new Float64Array(buffer),
  };
}
