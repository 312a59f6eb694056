/**
 * Where things stand in the memory that all threads and the kernel share. The kernel has the same
 * numbers in assembly/layout.ts; a test compares the two.
 */

/** People in a block. */
export const BLOCK_SIZE = 4096;
/** One bit for each person of a block. */
export const PLANE_BYTES = BLOCK_SIZE / 8;

/** At 0, 32 bits: how much of the memory is taken. */
export const TOP = 0;
/** A plane that is all ones: of people who are not typed. */
export const ONES = 1024;
/** A column of codes, all 0, of people who are not typed; as a table it says nothing of anybody. */
export const ZEROS = 2048;
/** By locus number: where its genotypes stand, and how many there are. */
export const GENOTYPES = 12 * 1024;
/** What is handed out begins here. */
export const FREE = 16 * 1024;

/** In a block: a bit for each of its people, then by locus number where its column begins, or 0. */
export const DIRECTORY = BLOCK_SIZE / 8;
export const BLOCK_BYTES = 1024;

/**
 * In a column: the plane of those who show one allele only, the planes of alleles, and a code of two
 * bytes for each person, 0 for who is not typed.
 */
export const PLANES = 16;
export const CODES = PLANES * PLANE_BYTES;
export const COLUMN_BYTES = CODES + 2 * BLOCK_SIZE;

/** In a query: its number of loci, what it demands, and an entry for each locus. */
export const QUERY = {
  loci: 0,
  /** Inconsistent loci, or penalties, that a person may have. */
  limit: 4,
  leastScore: 8,
  leastRatio: 16,
  entries: 32,
} as const;

export const ENTRY = {
  /** 4 × locus number. */
  locus: 0,
  /** Of the planes of the query's two alleles, in a column. */
  planeA: 4,
  planeB: 8,
  /** Of scores by code; of a couple the father's terms. */
  table: 12,
  motherTable: 16,
  /** The most that later loci can add to a score. */
  rest: 20,
  /** Four bits for each kind of person. */
  penalties: 24,
  /** Of a couple: coefficients of F₁M₁ and of F₁M₂ + F₂M₁. */
  bothFirst: 32,
  crosswise: 40,
  size: 48,
} as const;

/** Added to a limit: it is one of penalties; it is none. */
export const WEIGHED = 256;
export const UNSCREENED = 512;

/** The most that a limit can be. */
export const MOST_SHARED = 15;
export const MOST_CROSSWISE = 31;
export const MOST_WEIGHED = 127;
/** The largest penalty. */
export const MOST_PENALTY = 15;
