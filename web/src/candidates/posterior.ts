import { formatLr } from '../common/numbers.ts';

/** What is nearer to 0 or 1 is shown by its distance. */
const SMALLEST_PLAIN = -3;

/**
 * log10 of the posterior odds of one family against «unrelated», with a prior of 1 in `oneIn`: LR / (oneIn − 1).
 * @param oneIn above 1
 */
export function log10PosteriorOdds(log10Lr: number, oneIn: number): number {
  return log10Lr - Math.log10(oneIn - 1);
}

/** log10 of the probability that has these log10 odds; exact where a double no longer tells it from 0 or 1. */
export function log10Probability(log10Odds: number): number {
  // log10(o / (1 + o)), of the smaller of o and 1/o, so that nothing overflows.
  const rest = Math.log1p(10 ** -Math.abs(log10Odds)) / Math.LN10;
  return Math.min(log10Odds, 0) - rest;
}

/** A posterior probability from its log10 odds; however near to 1, by the digits that tell it from 1. */
export function formatPosterior(log10Odds: number): string {
  const [log10P, log10Rest] = [log10Probability(log10Odds), log10Probability(-log10Odds)];
  if (log10Rest < SMALLEST_PLAIN) return `1 − ${formatLr(log10Rest)}`;
  return log10P < SMALLEST_PLAIN ? formatLr(log10P) : (10 ** log10P).toFixed(4);
}
