import { convolveAll, type Distribution, spreadOverBins } from '../distribution.ts';
import { anyOf, type LocusRatios, massFrom, momentsOf, ROUNDING } from './ratio-distribution.ts';

/** What one locus adds: its log10 LR on a grid, and what of it stands on none. */
export type RatioPiece = ReturnType<typeof momentsOf> & { readonly grid: Distribution };

/** @param bin width of the grid in log10 LR */
export function makePiece(locus: LocusRatios, bin: number): RatioPiece {
  const positions = locus.log10Lrs.map((log10Lr) => log10Lr / bin);
  return { ...momentsOf(locus), grid: spreadOverBins(positions, locus.masses) };
}

/** What the LR may be under one hypothesis, as independent loci are added one after another. */
export class RatioGrowth {
  readonly #bin: number;
  #grid: Distribution = { first: 0, mass: Float64Array.of(1), below: 0 };
  #excludes = 0;
  #infinite = 0;
  #mean = 0;
  #variance = 0;

  /** @param bin width of the grid in log10 LR, that of all pieces */
  constructor(bin: number) {
    this.#bin = bin;
  }

  add({ excluded, infinite, mean, variance, grid }: RatioPiece): void {
    this.#excludes = anyOf([this.#excludes, excluded]);
    this.#infinite = anyOf([this.#infinite, infinite]);
    this.#mean += mean;
    this.#variance += variance;
    this.#grid = convolveAll([this.#grid, grid], -Infinity);
  }

  /** P(LR is finite and above 0), by bin: bin n stands for log10 LR n · bin. */
  get grid(): Distribution {
    return this.#grid;
  }

  /** P(LR = 0). */
  get excludes(): number {
    return this.#excludes;
  }

  /** Mean and standard deviation of log10 LR; null where the LR may be 0 or infinite. */
  get moments(): { readonly mean: number; readonly deviation: number } | null {
    if (this.#excludes > 0 || this.#infinite > 0) return null;
    return { mean: this.#mean, deviation: Math.sqrt(this.#variance) };
  }

  /**
   * P(LR ≥ threshold).
   * @param threshold in log10
   */
  reaches(threshold: number): number {
    const mass = massFrom(this.#grid, (threshold - ROUNDING) / this.#bin);
    return Math.min(1, this.#infinite + mass);
  }

  /**
   * The least log10 LR that a share of all lies at or below; −∞ where that is LR 0.
   * @param share in (0, 1)
   */
  quantile(share: number): number {
    let sum = this.#excludes;
    if (sum >= share) return -Infinity;
    const { first, mass } = this.#grid;
    const at = mass.findIndex((one) => (sum += one) >= share);
    return at < 0 ? Infinity : (first + at) * this.#bin;
  }
}
