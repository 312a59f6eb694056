import { columnOf, ENTRIES, ENTRY_SIZE, LIMIT, LOCI, PENALTIES, PLANE_A, PLANE_B } from './layout';
import { carry, digit, listBits, sum } from './vector';

/** Kinds of people at a locus, each with a penalty of four bits. */
const KINDS: u32 = 5;
/** For each locus: pointers to three planes, room to align, then four digits of each penalty. */
const MASKS: usize = 16;
const STEP: usize = MASKS + KINDS * 4 * 16;

/**
 * Lists the people of a block whose penalties over all loci come to at most the query's limit
 * (0 to 127). At a locus a person shows neither of two alleles, as a homozygote or a heterozygote, the
 * first of them, the second, or both. Sums of 128 people at once, in seven bit slices.
 */
export function screenWeighed(
  block: usize,
  bytes: usize,
  query: usize,
  scratch: usize,
  out: usize,
): u32 {
  const end = gather(block, query, scratch);
  const start: u32 = 127 - (load<u32>(query + LIMIT) & 255);
  let written = out;
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum0 = digit(start, 0);
    let sum1 = digit(start, 1);
    let sum2 = digit(start, 2);
    let sum3 = digit(start, 3);
    let sum4 = digit(start, 4);
    let sum5 = digit(start, 5);
    let sum6 = digit(start, 6);
    let over = i8x16.splat(0);
    for (let locus = scratch; locus < end; locus += STEP) {
      const a = v128.load(<usize>load<u32>(locus) + at);
      const b = v128.load(<usize>load<u32>(locus, 4) + at);
      const homozygous = v128.load(<usize>load<u32>(locus, 8) + at);
      const neither = v128.not(v128.or(a, b));
      const alone = v128.and(neither, homozygous);
      const other = v128.andnot(neither, homozygous);
      const first = v128.andnot(a, b);
      const second = v128.andnot(b, a);
      const both = v128.and(a, b);
      const digit0 = penalty(locus, 0, alone, other, first, second, both);
      const digit1 = penalty(locus, 16, alone, other, first, second, both);
      const digit2 = penalty(locus, 32, alone, other, first, second, both);
      const digit3 = penalty(locus, 48, alone, other, first, second, both);
      const carry0 = v128.and(sum0, digit0);
      sum0 = v128.xor(sum0, digit0);
      const carry1 = carry(sum1, digit1, carry0);
      sum1 = sum(sum1, digit1, carry0);
      const carry2 = carry(sum2, digit2, carry1);
      sum2 = sum(sum2, digit2, carry1);
      const carry3 = carry(sum3, digit3, carry2);
      sum3 = sum(sum3, digit3, carry2);
      const carry4 = v128.and(sum4, carry3);
      sum4 = v128.xor(sum4, carry3);
      const carry5 = v128.and(sum5, carry4);
      sum5 = v128.xor(sum5, carry4);
      over = v128.or(over, v128.and(sum6, carry5));
      sum6 = v128.xor(sum6, carry5);
    }
    const passed = v128.andnot(v128.load(block + at), over);
    if (v128.any_true(passed)) written = listBits(passed, at << 3, written);
  }
  return <u32>((written - out) >> 1);
}

/** One binary digit of the penalties. */
// @ts-ignore: decorator
@inline
function penalty(
  locus: usize,
  place: usize,
  alone: v128,
  other: v128,
  first: v128,
  second: v128,
  both: v128,
): v128 {
  const masks = locus + MASKS + place;
  return v128.or(
    v128.or(
      v128.and(alone, v128.load(masks)),
      v128.and(other, v128.load(masks, 64)),
    ),
    v128.or(
      v128.or(
        v128.and(first, v128.load(masks, 128)),
        v128.and(second, v128.load(masks, 192)),
      ),
      v128.and(both, v128.load(masks, 256)),
    ),
  );
}

function gather(block: usize, query: usize, scratch: usize): usize {
  let end = scratch;
  let entry = query + ENTRIES;
  for (let left = load<u32>(query + LOCI); left > 0; left--) {
    const column = <u32>columnOf(block, entry);
    if (column != 0) {
      store<u32>(end, column + load<u32>(entry + PLANE_A));
      store<u32>(end, column + load<u32>(entry + PLANE_B), 4);
      store<u32>(end, column, 8);
      const penalties = load<u32>(entry + PENALTIES);
      for (let place: u32 = 0; place < 4 * KINDS; place++) {
        v128.store(end + MASKS + (<usize>place << 4), digit(penalties, place));
      }
      end += STEP;
    }
    entry += ENTRY_SIZE;
  }
  return end;
}
