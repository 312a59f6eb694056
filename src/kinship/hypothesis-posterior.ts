import { KinshipError } from './error.ts';

/**
 * Posterior probabilities of hypotheses that exclude each other: P(i) = πᵢ·Lᵢ / Σⱼ πⱼ·Lⱼ.
 * @param log10Likelihoods by hypothesis; null when the data are impossible under it
 * @param priors by hypothesis, each at or above 0; only their proportions count
 * @throws KinshipError PARAMETER_INVALID for priors that are none
 * @returns probabilities that sum to 1; null when the data are impossible under all of them
 */
export function hypothesisPosteriors(
  log10Likelihoods: readonly (number | null)[],
  priors: readonly number[],
): number[] | null {
  const isPrior = (prior: number): boolean => prior >= 0 && prior < Infinity;
  if (priors.length !== log10Likelihoods.length || !priors.every(isPrior)) {
    throw new KinshipError('PARAMETER_INVALID', 'each hypothesis needs a prior of at least 0');
  }
  const possible = log10Likelihoods.filter((one, place) => one !== null && priors[place]! > 0);
  if (possible.length === 0) return null;
  const largest = possible.reduce<number>((most, one) => Math.max(most, one!), -Infinity);
  const weights = log10Likelihoods.map((one, place) =>
    one === null || priors[place] === 0 ? 0 : priors[place]! * 10 ** (one - largest),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
