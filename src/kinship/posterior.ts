/**
 * Posterior probability that a candidate family is the person's, among all families searched.
 *
 * The prior probability that the person's family is in the database at all is shared evenly by
 * its families; the rest stands for «none of them». Families without a stored candidate count
 * with LR 1, which is the mean LR of an unrelated family under any model, so leaving them
 * unscored here flatters nobody.
 * P(i) = π·LRᵢ / (π₀ + Σⱼ π·LRⱼ), see Brenner & Weir 2003, doi:10.1016/S0040-5809(03)00008-X.
 *
 * @param log10Lr of the candidate family
 * @param log10LrOfAll of every candidate family of this person, the candidate included
 * @param familiesSearched number of families in the database, at least the number of candidates
 * @param priorInDatabase in (0, 1)
 */
export function posterior(
  log10Lr: number,
  log10LrOfAll: readonly number[],
  familiesSearched: number,
  priorInDatabase: number,
): number {
  const prior = priorInDatabase / familiesSearched;
  const unscored = familiesSearched - log10LrOfAll.length;
  // Everything is divided by the largest LR, so that 10^300 does not overflow.
  const largest = log10LrOfAll.reduce((most, one) => Math.max(most, one), 0);
  const scaled = (logarithm: number): number => 10 ** (logarithm - largest);
  const others = (1 - priorInDatabase + prior * unscored) * scaled(0);
  const candidates = log10LrOfAll.reduce((sum, other) => sum + prior * scaled(other), 0);
  return (prior * scaled(log10Lr)) / (others + candidates);
}
