/** A source of numbers in [0, 1), uniform and repeatable. */
export type Random = () => number;

/**
 * A seeded generator (sfc32 of PractRand, Doty-Humphrey, public domain; 128 bits of state):
 * simulations and demo data are the same for the same seed on every machine.
 */
export function seededRandom(seed: number): Random {
  let a = 0;
  let b = seed >>> 0;
  let c = 0x9e3779b9;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 16; warmUp++) next();
  return next;
}

/** An index drawn in proportion to the weights `values[offset … offset+length)`. */
export function drawIndex(
  random: Random,
  values: Float64Array,
  offset = 0,
  length = values.length,
): number {
  let rest = random();
  for (let index = 0; index < length - 1; index++) {
    rest -= values[offset + index]!;
    if (rest < 0) return index;
  }
  return length - 1;
}
