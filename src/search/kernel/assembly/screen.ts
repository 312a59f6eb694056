import { columnOf, ENTRIES, ENTRY_SIZE, LIMIT, LOCI, ONES, PLANE_A, PLANE_B } from './layout';
import { carry, digit, listBits, sum } from './vector';

/**
 * Screens count inconsistent loci of 128 people at once, in bit slices: a vector holds one binary
 * digit of 128 counters. A counter starts so high that one inconsistency too many makes it overflow.
 *
 * All vectors of a count are held as their complements: a full adder of complements gives the
 * complements of sum and carry, so that planes of those who share count those who do not. Full adders
 * take loci by eights, the last filled up with planes of somebody who is not typed.
 */

/** What a screen reads at one locus: pointers to two planes of one person, or to four of a couple. */
type Pair = u64;
type Quad = v128;
const AT_ONCE: usize = 8;

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

/** Those who are consistent with the query at a locus: so many loci after the first. */
// @ts-ignore: decorator
@inline
function consistent<Planes>(first: usize, after: usize, at: usize): v128 {
  const planes = first + after * sizeof<Planes>();
  return sizeof<Planes>() == sizeof<Pair>() ? either(planes, at) : crosswise(planes, at);
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
  return screen<Pair>(block, bytes, load<u32>(query + LIMIT) & 255, scratch, end, out);
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
  return screen<Quad>(fathers, bytes, load<u32>(query + LIMIT) & 255, scratch, end, out);
}

/** @param limit below 2⁴ for one person, below 2⁵ for a couple: as many digits are counted */
// @ts-ignore: decorator
@inline
function screen<Planes>(
  block: usize,
  bytes: usize,
  limit: u32,
  begin: usize,
  end: usize,
  out: usize,
): u32 {
  const start0 = digit(limit, 0);
  const start1 = digit(limit, 1);
  const start2 = digit(limit, 2);
  const start3 = digit(limit, 3);
  const start4 = digit(limit, 4);
  let written = out;
  for (let at: usize = 0; at < bytes; at += 16) {
    let ones = start0;
    let twos = start1;
    let fours = start2;
    let eights = start3;
    let sixteens = start4;
    let within = i8x16.splat(-1);
    for (let locus = begin; locus < end; locus += AT_ONCE * sizeof<Planes>()) {
      let x = consistent<Planes>(locus, 0, at);
      let y = consistent<Planes>(locus, 1, at);
      let two = carry(x, y, ones);
      ones = sum(x, y, ones);
      x = consistent<Planes>(locus, 2, at);
      y = consistent<Planes>(locus, 3, at);
      let otherTwo = carry(x, y, ones);
      ones = sum(x, y, ones);
      const four = carry(two, otherTwo, twos);
      twos = sum(two, otherTwo, twos);
      x = consistent<Planes>(locus, 4, at);
      y = consistent<Planes>(locus, 5, at);
      two = carry(x, y, ones);
      ones = sum(x, y, ones);
      x = consistent<Planes>(locus, 6, at);
      y = consistent<Planes>(locus, 7, at);
      otherTwo = carry(x, y, ones);
      ones = sum(x, y, ones);
      const otherFour = carry(two, otherTwo, twos);
      twos = sum(two, otherTwo, twos);
      const eight = carry(four, otherFour, fours);
      fours = sum(four, otherFour, fours);
      // Two of complements: their carry is an OR, and the complement of their sum a XOR.
      const sixteen = v128.or(eights, eight);
      eights = v128.not(v128.xor(eights, eight));
      if (sizeof<Planes>() == sizeof<Pair>()) {
        within = v128.and(within, sixteen);
      } else {
        within = v128.and(within, v128.or(sixteens, sixteen));
        sixteens = v128.not(v128.xor(sixteens, sixteen));
      }
    }
    const passed = v128.and(v128.load(block + at), within);
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
      end += sizeof<Pair>();
    }
    entry += ENTRY_SIZE;
  }
  return pad(scratch, end, AT_ONCE * sizeof<Pair>());
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
      end += sizeof<Quad>();
    }
    entry += ENTRY_SIZE;
  }
  return pad(scratch, end, AT_ONCE * sizeof<Quad>());
}

function pad(begin: usize, end: usize, size: usize): usize {
  while ((end - begin) % size != 0) {
    store<u64>(end, (<u64>ONES << 32) | <u64>ONES);
    end += 8;
  }
  return end;
}
