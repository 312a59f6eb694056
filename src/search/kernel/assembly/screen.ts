import { columnOf, ENTRIES, ENTRY_SIZE, LIMIT, LOCI, ONES, PLANE_A, PLANE_B } from './layout';
import { carry, digit, listBits, sum } from './vector';

/**
 * Screens count inconsistent loci of 128 people at once, in bit slices: a vector holds one binary
 * digit of 128 counters. A full adder takes three loci in, so loci are padded to threes with the
 * planes of somebody who is not typed. A counter starts so high that one inconsistency too many
 * makes it overflow.
 */

/** Bytes of the pointers to one locus' planes: of one person, and of a couple. */
const PAIR: usize = 8;
const QUAD: usize = 16;

/** People who have one of two alleles. */
// @ts-ignore: decorator
@inline
function either(pair: usize, at: usize): v128 {
  return v128.or(
    v128.load(<usize>load<u32>(pair) + at),
    v128.load(<usize>load<u32>(pair, 4) + at),
  );
}

/** Couples of whom one has the one allele and the other the other. */
// @ts-ignore: decorator
@inline
function crosswise(quad: usize, at: usize): v128 {
  return v128.or(
    v128.and(v128.load(<usize>load<u32>(quad) + at), v128.load(<usize>load<u32>(quad, 12) + at)),
    v128.and(v128.load(<usize>load<u32>(quad, 4) + at), v128.load(<usize>load<u32>(quad, 8) + at)),
  );
}

/**
 * Lists the people of a block who share an allele with the query at all loci but at most its limit
 * (0 to 15); who is not typed at a locus shares.
 * @param bytes how much of each plane to read, a multiple of 16
 * @returns how many places were written to `out`, 16 bits each
 */
export function screenShared(
  block: usize,
  bytes: usize,
  query: usize,
  scratch: usize,
  out: usize,
): u32 {
  const end = gatherPairs(block, query, scratch);
  const start: u32 = 15 - (load<u32>(query + LIMIT) & 255);
  const start0 = digit(start, 0);
  const start1 = digit(start, 1);
  const start2 = digit(start, 2);
  const start3 = digit(start, 3);
  let written = out;
  for (let at: usize = 0; at < bytes; at += 16) {
    let ones = start0;
    let twos = start1;
    let fours = start2;
    let eights = start3;
    let over = i8x16.splat(0);
    for (let pair = scratch; pair < end; pair += 3 * PAIR) {
      const x = either(pair, at);
      const y = either(pair + PAIR, at);
      const z = either(pair + 2 * PAIR, at);
      const one = v128.not(sum(x, y, z));
      const two = v128.not(carry(x, y, z));
      const carried = v128.and(ones, one);
      ones = v128.xor(ones, one);
      const four = carry(twos, two, carried);
      twos = sum(twos, two, carried);
      const eight = v128.and(fours, four);
      fours = v128.xor(fours, four);
      over = v128.or(over, v128.and(eights, eight));
      eights = v128.xor(eights, eight);
    }
    const passed = v128.andnot(v128.load(block + at), over);
    if (v128.any_true(passed)) written = listBits(passed, at << 3, written);
  }
  return <u32>((written - out) >> 1);
}

/**
 * Lists the couples, father and mother at one place of two blocks, who can have the query's
 * genotypes among their children at all loci but at most its limit (0 to 31).
 */
export function screenCouples(
  fathers: usize,
  mothers: usize,
  bytes: usize,
  query: usize,
  scratch: usize,
  out: usize,
): u32 {
  const end = gatherQuads(fathers, mothers, query, scratch);
  const start: u32 = 31 - (load<u32>(query + LIMIT) & 255);
  const start0 = digit(start, 0);
  const start1 = digit(start, 1);
  const start2 = digit(start, 2);
  const start3 = digit(start, 3);
  const start4 = digit(start, 4);
  let written = out;
  for (let at: usize = 0; at < bytes; at += 16) {
    let ones = start0;
    let twos = start1;
    let fours = start2;
    let eights = start3;
    let sixteens = start4;
    let over = i8x16.splat(0);
    for (let quad = scratch; quad < end; quad += 3 * QUAD) {
      const x = crosswise(quad, at);
      const y = crosswise(quad + QUAD, at);
      const z = crosswise(quad + 2 * QUAD, at);
      const one = v128.not(sum(x, y, z));
      const two = v128.not(carry(x, y, z));
      const carried = v128.and(ones, one);
      ones = v128.xor(ones, one);
      const four = carry(twos, two, carried);
      twos = sum(twos, two, carried);
      const eight = v128.and(fours, four);
      fours = v128.xor(fours, four);
      const sixteen = v128.and(eights, eight);
      eights = v128.xor(eights, eight);
      over = v128.or(over, v128.and(sixteens, sixteen));
      sixteens = v128.xor(sixteens, sixteen);
    }
    const passed = v128.andnot(v128.load(fathers + at), over);
    if (v128.any_true(passed)) written = listBits(passed, at << 3, written);
  }
  return <u32>((written - out) >> 1);
}

/** Writes where the planes of the query's alleles lie in this block; loci that it lacks are passed over. */
function gatherPairs(block: usize, query: usize, scratch: usize): usize {
  let end = scratch;
  let entry = query + ENTRIES;
  for (let left = load<u32>(query + LOCI); left > 0; left--) {
    const column = columnOf(block, entry);
    if (column != 0) {
      store<u32>(end, <u32>column + load<u32>(entry + PLANE_A));
      store<u32>(end, <u32>column + load<u32>(entry + PLANE_B), 4);
      end += PAIR;
    }
    entry += ENTRY_SIZE;
  }
  return padToThrees(scratch, end, 3 * PAIR);
}

function gatherQuads(fathers: usize, mothers: usize, query: usize, scratch: usize): usize {
  let end = scratch;
  let entry = query + ENTRIES;
  for (let left = load<u32>(query + LOCI); left > 0; left--) {
    const father = <u32>columnOf(fathers, entry);
    const mother = <u32>columnOf(mothers, entry);
    if ((father | mother) != 0) {
      const a = load<u32>(entry + PLANE_A);
      const b = load<u32>(entry + PLANE_B);
      store<u32>(end, father == 0 ? <u32>ONES : father + a);
      store<u32>(end, father == 0 ? <u32>ONES : father + b, 4);
      store<u32>(end, mother == 0 ? <u32>ONES : mother + a, 8);
      store<u32>(end, mother == 0 ? <u32>ONES : mother + b, 12);
      end += QUAD;
    }
    entry += ENTRY_SIZE;
  }
  return padToThrees(scratch, end, 3 * QUAD);
}

function padToThrees(begin: usize, end: usize, size: usize): usize {
  while ((end - begin) % size != 0) {
    store<u64>(end, (<u64>ONES << 32) | <u64>ONES);
    end += 8;
  }
  return end;
}
