/** All ones where a binary digit of the number is 1. */
// @ts-ignore: decorator
@inline
export function digit(number: u32, place: u32): v128 {
  return i8x16.splat(<i8>(-(<i32>((number >> place) & 1))));
}

/** The sum digit of three bits, for 128 people. */
// @ts-ignore: decorator
@inline
export function sum(a: v128, b: v128, c: v128): v128 {
  return v128.xor(v128.xor(a, b), c);
}

/** Their carry: set where two of them are. */
// @ts-ignore: decorator
@inline
export function carry(a: v128, b: v128, c: v128): v128 {
  return v128.or(v128.and(a, b), v128.and(c, v128.xor(a, b)));
}

/**
 * Appends the places of the bits of a vector to a list of 16-bit numbers.
 * @param first what the first bit stands for
 * @param out the list; the number after its end may be overwritten
 * @returns where the list ends
 */
// @ts-ignore: decorator
@inline
export function listBits(bits: v128, first: usize, out: usize): usize {
  const middle = listWord(i64x2.extract_lane(bits, 0), first, out);
  return listWord(i64x2.extract_lane(bits, 1), first + 64, middle);
}

/**
 * The same for the bits of a word. Most words hold nobody or one: these go without a branch, which would
 * often be guessed wrong.
 */
// @ts-ignore: decorator
@inline
export function listWord(word: u64, first: usize, out: usize): usize {
  store<u16>(out, <u16>(first + <usize>ctz(word)));
  out += <usize>(word != 0) << 1;
  for (let more = word & (word - 1); more != 0; more &= more - 1) {
    store<u16>(out, <u16>(first + <usize>ctz(more)));
    out += 2;
  }
  return out;
}
