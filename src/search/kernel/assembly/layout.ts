/**
 * Where things stand in the memory that the kernel shares with ../layout.ts, which says what they
 * mean; a test compares the two.
 */

/** 512 bytes that are all ones: a plane of people who are not typed. */
export const ONES: usize = 1024;
/** A column of codes of people who are not typed, and a table that says nothing of them. */
export const ZEROS: usize = 2048;

/** In a block, after a bit for each of its people: where the column of each locus begins. */
export const DIRECTORY: usize = 512;
export const BLOCK_BYTES: usize = 1024;

/** In a column: the plane of homozygotes, 15 of alleles, then a code of two bytes for each person. */
export const CODES: usize = 8192;
export const COLUMN_BYTES: usize = 16384;

/** In a query. */
export const LOCI: usize = 0;
export const LIMIT: usize = 4;
export const LEAST_SCORE: usize = 8;
export const LEAST_RATIO: usize = 16;
export const ENTRIES: usize = 32;

/** Added to a limit of penalties, and to one that is no limit. */
export const WEIGHED: u32 = 256;
export const UNSCREENED: u32 = 512;

/** In an entry of a query, one for each locus. */
export const LOCUS: usize = 0;
export const PLANE_A: usize = 4;
export const PLANE_B: usize = 8;
export const TABLE: usize = 12;
export const MOTHER_TABLE: usize = 16;
export const REST: usize = 20;
export const PENALTIES: usize = 24;
export const BOTH_FIRST: usize = 32;
export const CROSSWISE: usize = 40;
export const ENTRY_SIZE: usize = 48;

/** Where the column of a query's locus begins in a block; 0 where nobody in it is typed there. */
// @ts-ignore: decorator
@inline
export function columnOf(block: usize, entry: usize): usize {
  return <usize>load<u32>(block + DIRECTORY + <usize>load<u32>(entry + LOCUS));
}
