import { type Locus, locusNumber } from './locus.ts';
import type { LocusModel, LocusModels } from './locus-model.ts';
import type { ParentRole } from './parent-role.ts';
import { parentageLikelihoods } from './parentage.ts';
import type { AllelePair } from './profile.ts';
import { drawIndex, type Random, seededRandom } from './random.ts';

/** Which parents a locus was compared with. */
export type ParentsTyped = ParentRole | 'both';

/** What a comparison rested on: the parents typed at each compared locus. */
export type ComparisonShape = ReadonlyMap<Locus, ParentsTyped>;

/** Probability mass of log10 LR on a grid: bin i stands for (first + i) · BIN. LR 0 has none. */
type Distribution = { readonly first: number; readonly mass: Float64Array };

const BIN = 0.05;
const DRAWS = 5_000;
const SEED = 20_260_101;

/**
 * P(LR ≥ 10^log10Lr) for unrelated people is never above this, whatever the hypothesis and the
 * model, so long as people are drawn as «unrelated» has it: the mean of LR among them is 1.
 * @returns in (0, 1]
 */
export function boundChance(log10Lr: number): number {
  return Math.min(1, 10 ** -log10Lr);
}

/**
 * How often unrelated people reach a likelihood ratio by chance.
 *
 * Each locus' distribution of log10 LR among unrelated people is estimated from simulated true
 * and unrelated families together: because LR = P(data | H1) / P(data | H2), a draw from the
 * mixture counts with weight 2 / (1 + LR), which sees the rare large LRs too (balance heuristic,
 * Veach & Guibas 1995, doi:10.1145/218380.218498). Loci are independent, so the total is their
 * convolution. Repeatable: the seeds are fixed. Accuracy: docs/math/chance.md.
 */
export class ChanceModel {
  readonly #models: LocusModels;
  readonly #byLocus = new Map<string, Distribution>();
  readonly #byShape = new Map<string, Distribution>();

  /** @throws RangeError for theta above 0: people are drawn independently here */
  constructor(models: LocusModels) {
    if (models.theta > 0) throw new RangeError('the chance of a candidate is known for theta 0');
    this.#models = models;
  }

  /**
   * P(LR ≥ 10^log10Lr) for an unrelated pair or trio compared at these loci. Never above
   * 10^−log10Lr, which bounds it for any model; beyond the largest simulated LR what that one had.
   * @param log10Lr at least 0
   */
  tailProbability(shape: ComparisonShape, log10Lr: number): number {
    const { first, mass } = this.#total(shape);
    let tail = 0;
    for (let bin = mass.length - 1; bin >= 0; bin--) {
      if (tail > 0 && (first + bin) * BIN < log10Lr - BIN / 2) break;
      tail += mass[bin]!;
    }
    return Math.min(tail, boundChance(log10Lr));
  }

  #total(shape: ComparisonShape): Distribution {
    const loci = [...shape].sort(([a], [b]) => (a < b ? -1 : 1));
    return remember(this.#byShape, loci.join(), () =>
      convolveAll(loci.map(([locus, parents]) => this.#locusDistribution(locus, parents))),
    );
  }

  #locusDistribution(locus: Locus, parents: ParentsTyped): Distribution {
    return remember(this.#byLocus, `${locus} ${parents}`, () => {
      const model = this.#models.for(locus, []);
      if (!model) throw new RangeError(`the frequency table lacks ${locus}`);
      const random = seededRandom(SEED + locusNumber(locus));
      return simulateUnrelated(model, parents, random);
    });
  }
}

/** Distribution of log10 LR among unrelated people at one locus. */
function simulateUnrelated(model: LocusModel, parents: ParentsTyped, random: Random): Distribution {
  const families = new SimulatedFamilies(model, parents, random);
  const positions = new Float64Array(2 * DRAWS);
  const weights = new Float64Array(2 * DRAWS);
  let total = 0;
  let [lowest, highest] = [0, 0];
  for (let draw = 0; draw < 2 * DRAWS; draw++) {
    const lr = families.drawRatio(draw % 2 === 0);
    positions[draw] = Math.log10(lr) / BIN;
    weights[draw] = 2 / (1 + lr);
    total += weights[draw]!;
    if (lr === 0) continue;
    lowest = Math.min(lowest, positions[draw]!);
    highest = Math.max(highest, positions[draw]!);
  }
  const first = Math.floor(lowest);
  const mass = new Float64Array(Math.floor(highest) - first + 2);
  positions.forEach((position, draw) => {
    if (position > -Infinity) addBetweenBins(mass, position - first, weights[draw]! / total);
  });
  return { first, mass };
}

/** Shares a mass between the two nearest bins so that its mean stays where it is. */
function addBetweenBins(mass: Float64Array, position: number, weight: number): void {
  const bin = Math.floor(position);
  const upper = position - bin;
  mass[bin]! += weight * (1 - upper);
  mass[bin + 1]! += weight * upper;
}

/** Nothing was seen of somebody. */
const NOTHING = -1;

/**
 * Families at one locus, true and unrelated ones. A genotype is a number here, size × one allele's
 * place in the table + the other's, the smaller first: nothing is allocated for a family, and the LR
 * of what was seen before is remembered.
 */
class SimulatedFamilies {
  readonly #model: LocusModel;
  readonly #random: Random;
  readonly #roles: readonly [ParentRole, ParentRole];
  readonly #typed: readonly [boolean, boolean];
  /** Alleles that can be seen. */
  readonly #size: number;
  readonly #ratios = new Map<number, number>();

  constructor(model: LocusModel, parents: ParentsTyped, random: Random) {
    this.#model = model;
    this.#random = random;
    this.#roles = parents === 'parent' ? ['parent', 'parent'] : ['father', 'mother'];
    this.#typed = [parents !== 'mother', parents === 'mother' || parents === 'both'];
    this.#size = model.table.alleles.length;
  }

  /**
   * The LR of one family. Where nothing is seen of somebody the locus is not typed, and another family
   * is drawn.
   */
  drawRatio(related: boolean): number {
    const [firstTyped, secondTyped] = this.#typed;
    for (;;) {
      const [a1, a2] = [this.#drawAllele(), this.#drawAllele()];
      const [b1, b2] = [this.#drawAllele(), this.#drawAllele()];
      const c1 = related ? this.#passOn(0, a1, a2) : this.#drawAllele();
      const c2 = related ? this.#passOn(1, b1, b2) : this.#drawAllele();
      const child = this.#see(c1, c2);
      const first = firstTyped ? this.#see(a1, a2) : 0;
      const second = secondTyped ? this.#see(b1, b2) : 0;
      if (child !== NOTHING && first !== NOTHING && second !== NOTHING) {
        return this.#ratio(child, first, second);
      }
    }
  }

  #drawAllele(): number {
    return drawIndex(this.#random, this.#model.alleles.frequencies);
  }

  #passOn(parent: 0 | 1, one: number, other: number): number {
    const { size, values } = this.#model.transmission[this.#roles[parent]].matrix;
    return drawIndex(this.#random, values, (this.#random() < 0.5 ? one : other) * size, size);
  }

  /** The genotype that two alleles show. */
  #see(one: number, other: number): number {
    const isOneSeen = this.#isSeen(one);
    const isOtherSeen = this.#isSeen(other);
    if (!isOneSeen && !isOtherSeen) return NOTHING;
    const [shown, alsoShown] = [isOneSeen ? one : other, isOtherSeen ? other : one];
    return Math.min(shown, alsoShown) * this.#size + Math.max(shown, alsoShown);
  }

  /** Whether the kit shows an allele: not where it is silent, and not where it drops out. */
  #isSeen(allele: number): boolean {
    const { dropOut } = this.#model;
    return allele < this.#size && !(dropOut > 0 && this.#random() < dropOut);
  }

  #ratio(child: number, first: number, second: number): number {
    const genotypes = this.#size ** 2;
    const key = (child * genotypes + first) * genotypes + second;
    let ratio = this.#ratios.get(key);
    if (ratio === undefined) {
      ratio = this.#computeRatio(child, first, second);
      this.#ratios.set(key, ratio);
    }
    return ratio;
  }

  #computeRatio(child: number, first: number, second: number): number {
    const [one, other] = [first, second].map((genotype, place) => ({
      role: this.#roles[place]!,
      genotype: this.#labels(genotype),
    }));
    const [firstTyped, secondTyped] = this.#typed;
    const { numerator, denominator } = parentageLikelihoods(
      this.#model,
      this.#labels(child),
      firstTyped && secondTyped ? [one!, other!] : [firstTyped ? one! : other!],
    );
    return numerator / denominator;
  }

  #labels(genotype: number): AllelePair {
    const { alleles } = this.#model.table;
    return [alleles[Math.floor(genotype / this.#size)]!, alleles[genotype % this.#size]!];
  }
}

/** The distribution of the sum, from LR 1 upwards. */
function convolveAll(distributions: readonly Distribution[]): Distribution {
  let reachable = distributions.reduce((sum, one) => sum + lastBin(one), 0);
  return distributions.reduce<Distribution>(
    (total, next) => {
      reachable -= lastBin(next);
      return convolveAbove(total, next, -reachable);
    },
    { first: 0, mass: Float64Array.of(1) },
  );
}

/** The convolution without the bins below `least`, which the loci to come cannot lift to LR 1. */
function convolveAbove(a: Distribution, b: Distribution, least: number): Distribution {
  const first = Math.max(a.first + b.first, least);
  const mass = new Float64Array(Math.max(0, lastBin(a) + lastBin(b) - first + 1));
  for (let i = 0; i < b.mass.length; i++) {
    const weight = b.mass[i]!;
    if (weight === 0) continue;
    const shift = a.first + b.first + i - first;
    for (let j = Math.max(0, -shift); j < a.mass.length; j++) {
      mass[j + shift]! += weight * a.mass[j]!;
    }
  }
  return { first, mass };
}

function lastBin({ first, mass }: Distribution): number {
  return first + mass.length - 1;
}

function remember<Value>(memory: Map<string, Value>, key: string, make: () => Value): Value {
  let value = memory.get(key);
  if (value === undefined) {
    value = make();
    memory.set(key, value);
  }
  return value;
}
