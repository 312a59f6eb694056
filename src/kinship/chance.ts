import type { AlleleLabel } from './allele.ts';
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
  const draws: { position: number; weight: number }[] = [];
  const ratios = new RatiosOfLocus(model, parents);
  let total = 0;
  for (let draw = 0; draw < 2 * DRAWS; draw++) {
    const lr = drawRatio(ratios, parents, draw % 2 === 0, random);
    const weight = 2 / (1 + lr);
    total += weight;
    if (lr > 0) draws.push({ position: Math.log10(lr) / BIN, weight });
  }
  const bins = draws.map(({ position }) => Math.floor(position));
  const first = bins.reduce((low, bin) => Math.min(low, bin), 0);
  const last = bins.reduce((high, bin) => Math.max(high, bin), 0);
  const mass = new Float64Array(last - first + 2);
  for (const { position, weight } of draws) addBetweenBins(mass, position - first, weight / total);
  return { first, mass };
}

/** Shares a mass between the two nearest bins so that its mean stays where it is. */
function addBetweenBins(mass: Float64Array, position: number, weight: number): void {
  const bin = Math.floor(position);
  const upper = position - bin;
  mass[bin]! += weight * (1 - upper);
  mass[bin + 1]! += weight * upper;
}

/**
 * The LR of one simulated family, a true or an unrelated one. Where nothing is seen of somebody the
 * locus is not typed, and another family is drawn.
 */
function drawRatio(
  ratios: RatiosOfLocus,
  parents: ParentsTyped,
  related: boolean,
  random: Random,
): number {
  const { model } = ratios;
  const [roleA, roleB] = rolesOf(parents);
  const a = drawFounder(model, random);
  const b = drawFounder(model, random);
  const child = related
    ? ([passOn(model, roleA, a, random), passOn(model, roleB, b, random)] as const)
    : drawFounder(model, random);
  const seenChild = drawGenotype(model, child, random);
  const typed = [
    ...(parents === 'mother' ? [] : [drawGenotype(model, a, random)]),
    ...(parents === 'mother' || parents === 'both' ? [drawGenotype(model, b, random)] : []),
  ];
  if (!seenChild || !areSeen(typed)) return drawRatio(ratios, parents, related, random);
  return ratios.of(seenChild, typed);
}

function rolesOf(parents: ParentsTyped): readonly [ParentRole, ParentRole] {
  return parents === 'parent' ? ['parent', 'parent'] : ['father', 'mother'];
}

/** The LRs of what can be seen at a locus; families with the same genotypes come again and again. */
class RatiosOfLocus {
  readonly model: LocusModel;
  readonly #roles: readonly ParentRole[];
  readonly #known = new Map<number, number>();

  constructor(model: LocusModel, parents: ParentsTyped) {
    this.model = model;
    const [roleA, roleB] = rolesOf(parents);
    this.#roles = parents === 'both' ? [roleA, roleB] : [parents === 'mother' ? roleB : roleA];
  }

  of(child: IndexPair, typed: readonly IndexPair[]): number {
    const { alleles } = this.model.table;
    let key = 0;
    for (const [one, other] of [child, ...typed]) {
      const [low, high] = one < other ? [one, other] : [other, one];
      key = (key * alleles.length + low) * alleles.length + high;
    }
    return remember(this.#known, key, () => {
      const [first, second] = typed.map((pair, place) => ({
        role: this.#roles[place]!,
        genotype: labelled(alleles, pair),
      }));
      const { numerator, denominator } = parentageLikelihoods(
        this.model,
        labelled(alleles, child),
        second ? [first!, second] : [first!],
      );
      return numerator / denominator;
    });
  }
}

type IndexPair = readonly [number, number];

function drawFounder({ alleles: { frequencies } }: LocusModel, random: Random): IndexPair {
  return [drawIndex(random, frequencies), drawIndex(random, frequencies)];
}

function passOn(model: LocusModel, role: ParentRole, [a, b]: IndexPair, random: Random): number {
  const { size, values } = model.transmission[role].matrix;
  return drawIndex(random, values, (random() < 0.5 ? a : b) * size, size);
}

/** What is seen of two alleles; undefined where nothing is. */
function drawGenotype(model: LocusModel, [a, b]: IndexPair, random: Random): IndexPair | undefined {
  const isSeenA = drawIsSeen(model, a, random);
  const isSeenB = drawIsSeen(model, b, random);
  if (!isSeenA) return isSeenB ? [b, b] : undefined;
  return [a, isSeenB ? b : a];
}

/** Whether the kit shows an allele: not where it is silent, and not where it drops out. */
function drawIsSeen({ table, dropOut }: LocusModel, allele: number, random: Random): boolean {
  return allele < table.alleles.length && !(dropOut > 0 && random() < dropOut);
}

function areSeen(typed: readonly (IndexPair | undefined)[]): typed is readonly IndexPair[] {
  return typed.every((pair) => pair);
}

function labelled(alleles: readonly AlleleLabel[], [a, b]: IndexPair): AllelePair {
  return [alleles[a]!, alleles[b]!];
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

function remember<Key, Value>(memory: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = memory.get(key);
  if (value === undefined) {
    value = make();
    memory.set(key, value);
  }
  return value;
}
