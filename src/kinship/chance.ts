import { convolveAll, type Distribution, spreadOverBins } from './distribution.ts';
import { type Locus, locusNumber } from './locus.ts';
import type { LocusModel, LocusModels } from './locus-model.ts';
import type { ParentRole } from './parent-role.ts';
import { parentageLikelihoods } from './parentage.ts';
import type { AllelePair } from './profile.ts';
import { drawIndex, type Random, seededRandom } from './random.ts';
import { remember } from './remember.ts';

/** Which parents a locus was compared with. */
export type ParentsTyped = ParentRole | 'both';

/** What a comparison rested on: the parents typed at each compared locus. */
export type ComparisonShape = ReadonlyMap<Locus, ParentsTyped>;

/** Of log10 LR: bin n stands for n · BIN. LR 0 has no mass. */
const BIN = 0.05;
const DRAWS = 5_000;
const SEED = 20_260_101;
/** People lack loci in endless ways; a shape takes some kilobytes. */
const SHAPES_KEPT = 1_000;

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
  readonly #families = new Map<string, SimulatedFamilies>();
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
    const total = (): Distribution =>
      convolveAll(
        loci.map(([locus, parents]) => this.#locusDistribution(locus, parents)),
        0,
      );
    return remember(this.#byShape, loci.join(), total, SHAPES_KEPT);
  }

  #locusDistribution(locus: Locus, parents: ParentsTyped): Distribution {
    return remember(this.#byLocus, `${locus} ${parents}`, () =>
      this.#familiesAt(locus, parents === 'parent').distribution(parents),
    );
  }

  /** One set of families serves every locus that is compared with father, mother or both. */
  #familiesAt(locus: Locus, sexUnknown: boolean): SimulatedFamilies {
    return remember(this.#families, `${locus} ${sexUnknown}`, () => {
      const model = this.#models.for(locus, []);
      if (!model) throw new RangeError(`the frequency table lacks ${locus}`);
      const random = seededRandom(SEED + locusNumber(locus));
      return new SimulatedFamilies(model, sexUnknown ? ['parent', 'parent'] : ['father', 'mother'], random); // prettier-ignore
    });
  }
}

/** The distribution of LRs, each with its weight. */
function distribute(ratios: Float64Array): Distribution {
  const positions = ratios.map((lr) => Math.log10(lr) / BIN);
  const weights = ratios.map((lr) => 2 / (1 + lr));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return spreadOverBins(
    positions,
    weights.map((weight) => weight / total),
  );
}

/** Nothing was seen of somebody. */
const NOTHING = -1;

/**
 * Families at one locus, true ones and unrelated ones by turns: what is seen of child, first and second
 * parent. A genotype is a number here, size × one allele's place in the table + the other's, the
 * smaller first, so that nothing is allocated for a family.
 */
class SimulatedFamilies {
  readonly #model: LocusModel;
  readonly #random: Random;
  readonly #roles: readonly [ParentRole, ParentRole];
  /** Alleles that can be seen. */
  readonly #size: number;
  readonly #children = new Int32Array(2 * DRAWS);
  readonly #first = new Int32Array(2 * DRAWS);
  readonly #second = new Int32Array(2 * DRAWS);

  constructor(model: LocusModel, roles: readonly [ParentRole, ParentRole], random: Random) {
    this.#model = model;
    this.#random = random;
    this.#roles = roles;
    this.#size = model.table.alleles.length;
    for (let draw = 0; draw < 2 * DRAWS; draw++) this.#drawFamily(draw, draw % 2 === 0);
  }

  /** Of the LRs of all families, as far as these parents are typed. */
  distribution(parents: ParentsTyped): Distribution {
    const known = new Map<number, number>();
    const genotypes = this.#size ** 2;
    const ratios = new Float64Array(2 * DRAWS);
    for (let draw = 0; draw < ratios.length; draw++) {
      const child = this.#children[draw]!;
      const first = parents === 'mother' ? 0 : this.#first[draw]!;
      const second = parents === 'mother' || parents === 'both' ? this.#second[draw]! : 0;
      const key = (child * genotypes + first) * genotypes + second;
      let ratio = known.get(key);
      if (ratio === undefined) {
        ratio = this.#ratio(parents, child, first, second);
        known.set(key, ratio);
      }
      ratios[draw] = ratio;
    }
    return distribute(ratios);
  }

  /**
   * Draws one family. Where nothing is seen of somebody the locus is not typed, and another family is
   * drawn.
   */
  #drawFamily(draw: number, related: boolean): void {
    let [child, first, second] = [NOTHING, NOTHING, NOTHING];
    while (child === NOTHING || first === NOTHING || second === NOTHING) {
      const [a1, a2] = [this.#drawAllele(), this.#drawAllele()];
      const [b1, b2] = [this.#drawAllele(), this.#drawAllele()];
      const c1 = related ? this.#passOn(0, a1, a2) : this.#drawAllele();
      const c2 = related ? this.#passOn(1, b1, b2) : this.#drawAllele();
      child = this.#see(c1, c2);
      first = this.#see(a1, a2);
      second = this.#see(b1, b2);
    }
    this.#children[draw] = child;
    this.#first[draw] = first;
    this.#second[draw] = second;
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

  #ratio(parents: ParentsTyped, child: number, first: number, second: number): number {
    const one = { role: this.#roles[0], genotype: this.#labels(first) };
    const other = { role: this.#roles[1], genotype: this.#labels(second) };
    const alone = parents === 'mother' ? other : one;
    const { numerator, denominator } = parentageLikelihoods(
      this.#model,
      this.#labels(child),
      parents === 'both' ? [one, other] : [alone],
    );
    return numerator / denominator;
  }

  #labels(genotype: number): AllelePair {
    const { alleles } = this.#model.table;
    return [alleles[Math.floor(genotype / this.#size)]!, alleles[genotype % this.#size]!];
  }
}
