/**
 * Probability mass on a grid of equal bins: entry i of `mass` is that of bin `first` + i, and `below`
 * what lies under all bins that were kept.
 */
export type Distribution = {
  readonly first: number;
  readonly mass: Float64Array;
  readonly below: number;
};

/**
 * Masses at positions, measured in bins, on the grid: each is shared between the two nearest bins so
 * that its mean stays where it is. What is not finite is left out. The bin 0 is always there.
 */
export function spreadOverBins(positions: Float64Array, masses: Float64Array): Distribution {
  let [lowest, highest] = [0, 0];
  for (const position of positions) {
    if (!Number.isFinite(position)) continue;
    lowest = Math.min(lowest, position);
    highest = Math.max(highest, position);
  }
  const first = Math.floor(lowest);
  const mass = new Float64Array(Math.floor(highest) - first + 2);
  positions.forEach((position, at) => {
    if (Number.isFinite(position)) addBetweenBins(mass, position - first, masses[at]!);
  });
  return { first, mass, below: 0 };
}

/** Shares a mass between the two nearest bins so that its mean stays where it is. */
function addBetweenBins(mass: Float64Array, position: number, weight: number): void {
  const bin = Math.floor(position);
  const upper = position - bin;
  mass[bin]! += weight * (1 - upper);
  mass[bin + 1]! += weight * upper;
}

/** The distribution of the sum of independent numbers, bin by bin from `least` upwards. */
export function convolveAll(distributions: readonly Distribution[], least: number): Distribution {
  let reachable = distributions.reduce((sum, one) => sum + lastBin(one), 0);
  return distributions.reduce<Distribution>(
    (total, next) => {
      reachable -= lastBin(next);
      return convolveAbove(total, next, least - reachable);
    },
    { first: 0, mass: Float64Array.of(1), below: 0 },
  );
}

/** The convolution without the bins below `least`, which what is to come cannot lift any more. */
function convolveAbove(a: Distribution, b: Distribution, least: number): Distribution {
  const first = Math.max(a.first + b.first, least);
  const mass = new Float64Array(Math.max(0, lastBin(a) + lastBin(b) - first + 1));
  const under = sumsBefore(a);
  let below = 0;
  for (let i = 0; i < b.mass.length; i++) {
    const weight = b.mass[i]!;
    if (weight === 0) continue;
    const shift = a.first + b.first + i - first;
    const dropped = Math.min(Math.max(0, -shift), a.mass.length);
    below += weight * under[dropped]!;
    for (let j = dropped; j < a.mass.length; j++) {
      mass[j + shift]! += weight * a.mass[j]!;
    }
  }
  return { first, mass, below };
}

/** Before each bin, and after the last, all mass under it. */
function sumsBefore({ mass, below }: Distribution): Float64Array {
  const sums = new Float64Array(mass.length + 1);
  sums[0] = below;
  for (let bin = 0; bin < mass.length; bin++) sums[bin + 1] = sums[bin]! + mass[bin]!;
  return sums;
}

function lastBin({ first, mass }: Distribution): number {
  return first + mass.length - 1;
}
