/**
 * The inner loops of the search over one block of people. Addresses are places in shared memory;
 * `bytes` says how much of each plane to read, a multiple of 16; lists hold the places of people in
 * their block, 16 bits each. Every function returns the length of the list that it wrote.
 */
export type Kernel = {
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

/** Bytes of scratch memory that a kernel needs. */
export const SCRATCH_BYTES = 32 * 1024;
