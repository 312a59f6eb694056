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
 * @returns where the list ends
 */
// @ts-ignore: decorator
@inline
export function listBits(bits: v128, first: usize, out: usize): usize {
  for (let half = i64x2.extract_lane(bits, 0); half != 0; half &= half - 1) {
    store<u16>(out, <u16>(first + <usize>ctz(half)));
    out += 2;
  }
  for (let half = i64x2.extract_lane(bits, 1); half != 0; half &= half - 1) {
    store<u16>(out, <u16>(first + 64 + <usize>ctz(half)));
    out += 2;
  }
  return out;
}
