/**
 * P(these founder alleles) under Balding and Nichols: drawn one after another, an allele that was
 * drawn m times among n comes next with (m·θ + (1−θ)·p) / (1 + (n−1)·θ). The order does not matter.
 * With θ = 0 the product of the frequencies.
 */
export function founderProbability(
  frequencies: Float64Array,
  alleles: readonly number[],
  theta: number,
): number {
  let probability = 1;
  for (let n = 0; n < alleles.length; n++) {
    const allele = alleles[n]!;
    let drawn = 0;
    for (let earlier = 0; earlier < n; earlier++) if (alleles[earlier] === allele) drawn++;
    probability *= (drawn * theta + (1 - theta) * frequencies[allele]!) / (1 + (n - 1) * theta);
  }
  return probability;
}
