import { BLOCK_SIZE } from './layout.ts';

/**
 * The inner loops of the search over one block of people. Addresses are places in shared memory;
 * `bytes` says how much of each plane to read, a multiple of 16; lists hold the places of people in
 * their block, 16 bits each. Every function returns the length of the list that it wrote.
 */
export type Kernel = BlockKernel & {
  /**
   * Screens and scores a block for one query after another, while it is in the cache. Finds are 32-bit
   * numbers, 4096 × the place of the query + the place in the block; the first number at `out` says
   * which query comes next, because it stops when there may be no room for another.
   * @param queries 32-bit addresses; 0: nothing to look for
   * @param first the place of the query to begin with
   * @returns how many finds stand after that number
   */
  readonly scanShared: (
    block: number,
    bytes: number,
    queries: number,
    first: number,
    count: number,
    scratch: number,
    list: number,
    out: number,
    room: number,
  ) => number;
  /** The same for couples. */
  readonly scanCouples: (
    fathers: number,
    mothers: number,
    bytes: number,
    queries: number,
    first: number,
    count: number,
    scratch: number,
    list: number,
    out: number,
    room: number,
  ) => number;
};

/** What scans consist of. */
export type BlockKernel = {
  /** Everybody in a block. */
  readonly listAll: (block: number, bytes: number, out: number) => number;
  /** Those who share an allele with the query at all loci but at most its limit (0 to 15). */
  readonly screenShared: (
    block: number,
    bytes: number,
    query: number,
    scratch: number,
    out: number,
  ) => number;
  /** Couples who can have the query's genotypes at all loci but at most its limit (0 to 31). */
  readonly screenCouples: (
    fathers: number,
    mothers: number,
    bytes: number,
    query: number,
    scratch: number,
    out: number,
  ) => number;
  /** Those whose penalties come to at most the query's limit (0 to 127). */
  readonly screenWeighed: (
    block: number,
    bytes: number,
    query: number,
    scratch: number,
    out: number,
  ) => number;
  /** Of a list, which may be overwritten, those who reach the query's least score. */
  readonly scoreShared: (
    block: number,
    query: number,
    scratch: number,
    list: number,
    count: number,
    out: number,
  ) => number;
  /** Of a list the couples who reach the query's least likelihood ratio. */
  readonly scoreCouples: (
    fathers: number,
    mothers: number,
    query: number,
    scratch: number,
    list: number,
    count: number,
    out: number,
  ) => number;
};

/** Bytes of the longest list: everybody in a block, and a number that may be written behind. */
export const LIST_BYTES = 2 * (BLOCK_SIZE + 1);

/** Bytes of scratch memory that a kernel needs. */
export const SCRATCH_BYTES = 40 * 1024;
