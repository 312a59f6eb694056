/** Binary logarithms of likelihood ratios in units of 1/128, 16 bits, never rounded down. */
const UNITS = 128;
const LARGEST = 32_767;
const SMALLEST = -32_768;
/** What Math.log2 may be wrong by, in units. */
const ROUNDING = 1e-9;

/** At least the likelihood ratio's; one that is infinite or unknown has the largest score. */
export function toScore(lr: number): number {
  if (!(lr < Infinity)) return LARGEST;
  const score = Math.ceil(Math.log2(lr) * UNITS + ROUNDING);
  return Math.max(SMALLEST, Math.min(LARGEST, score));
}

/** Scores of loci that come to less cannot belong to a likelihood ratio at the threshold. */
export function leastScore(threshold: number): number {
  return Math.floor(Math.log2(threshold) * UNITS - ROUNDING);
}
