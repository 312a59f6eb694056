import type { AlleleModel } from '../allele-model.ts';
import type { WorkLeft } from '../elimination.ts';
import { KinshipError } from '../error.ts';
import type { Observations } from '../gene-graph.ts';
import type { ReadHypothesis } from '../hypothesis-comparison.ts';
import { type Likelihood, lnLikelihood, ratioOf } from '../likelihood.ts';
import { genotypeLikelihoods, pedigreeLikelihood } from '../pedigree-likelihood.ts';
import { type Random, seededRandom } from '../random.ts';
import { remember } from '../remember.ts';
import { type AddedPerson, countGenotypes, observeGenotype, sumToSeen } from './seen-genotypes.ts';

/** One locus at which somebody is to be typed. */
export type LocusToType = {
  readonly model: AlleleModel;
  /** How many alleles of the model can be seen: those of the table, which come first. */
  readonly visible: number;
  /** What was seen of those who are typed here. */
  readonly known: Observations;
  /** Who is to be typed here, at least one; the genotypes of the last are always gone through. */
  readonly added: readonly AddedPerson[];
  /** H1 and H2. */
  readonly hypotheses: readonly [ReadHypothesis, ReadHypothesis];
  readonly theta: number;
};

/**
 * What a locus may come to: by outcome its log10 LR, −∞ where it is impossible under H1 and ∞ where it
 * is under H2, and its probability under each hypothesis. Probabilities sum to 1.
 */
export type LocusOutcomes = {
  readonly log10Lrs: Float64Array;
  readonly h1: Float64Array;
  readonly h2: Float64Array;
};

/**
 * What a locus may come to once everybody added was typed and shows something, given what is known.
 */
export type LocusOutlook = {
  readonly outcomes: LocusOutcomes;
  /** The same from one batch of the draws each; null where all outcomes were gone through. */
  readonly batches: readonly LocusOutcomes[] | null;
};

/** Draws at a locus whose outcomes are too many to go through. */
export const DRAWS_A_LOCUS = 64;
/** Batches of draws, by which the error of what follows from them is judged. */
export const DRAW_BATCHES = 16;

/**
 * Everything that a locus may come to, with its probabilities. The genotypes of all added people but
 * the last are gone through while they are few, else drawn by turns under H1 and H2, each draw with
 * its weight under either (balance heuristic, Veach & Guibas 1995, doi:10.1145/218380.218498);
 * given them those of the last are gone through. See docs/math/power.md.
 * @param seed of the draws
 * @param work gets less by what it costs
 * @param most ways that are gone through, and draws where there are more; a multiple of
 *   2 · DRAW_BATCHES
 * @throws KinshipError PARAMETER_INVALID where what is known is impossible under a hypothesis;
 *   PEDIGREE_INVALID, PEDIGREE_TOO_COMPLEX
 */
export function foreseeLocus(
  locus: LocusToType,
  seed: number,
  work: WorkLeft,
  most: number = DRAWS_A_LOCUS,
): LocusOutlook {
  const foresight = new Foresight(locus, work);
  const others = locus.added.length - 1;
  const genotypes = countGenotypes(locus.visible);
  const ways = genotypes ** others;
  if (ways <= most) {
    const outcomes = new OutcomeList();
    for (let way = 0; way < ways; way++) {
      foresight.addOutcomes([outcomes], digits(way, genotypes, others), 1);
    }
    return { outcomes: outcomes.normalised(), batches: null };
  }
  const random = seededRandom(seed);
  const outcomes = new OutcomeList();
  const batches = Array.from({ length: DRAW_BATCHES }, () => new OutcomeList());
  for (let draw = 0; draw < most; draw++) {
    const chosen = foresight.draw(random, draw % 2 === 0 ? 0 : 1);
    const batch = batches[(draw >> 1) % DRAW_BATCHES]!;
    foresight.addOutcomes([outcomes, batch], chosen, foresight.weight(chosen));
  }
  return { outcomes: outcomes.normalised(), batches: batches.map((one) => one.normalised()) };
}

/** The genotypes of the next person to be typed, relative to P(known). */
type NextGenotypes = {
  readonly seen: Float64Array;
  /** All of them and «nothing is seen» together. */
  readonly total: number;
};

class Foresight {
  readonly #locus: LocusToType;
  readonly #work: WorkLeft;
  readonly #now: readonly [Likelihood, Likelihood];
  readonly #log10LrNow: number;
  readonly #known = new Map<string, NextGenotypes>();

  constructor(locus: LocusToType, work: WorkLeft) {
    this.#locus = locus;
    this.#work = work;
    const { model, known, hypotheses, theta } = locus;
    const [h1, h2] = hypotheses.map(({ pedigree, rename }) =>
      pedigreeLikelihood(model, pedigree, rename(known), theta),
    ) as [Likelihood, Likelihood];
    const ratio = ratioOf(h1, h2);
    if (ratio.kind !== 'finite') {
      throw new KinshipError('PARAMETER_INVALID', 'what is known is impossible under a hypothesis');
    }
    this.#now = [h1, h2];
    this.#log10LrNow = ratio.log10Lr;
  }

  /** The outcomes with these genotypes of all but the last, in their order. */
  addOutcomes(lists: readonly OutcomeList[], chosen: readonly number[], weight: number): void {
    const [h1, h2] = [this.#after(chosen, 0).seen, this.#after(chosen, 1).seen];
    for (let genotype = 0; genotype < h1.length; genotype++) {
      const [one, other] = [h1[genotype]!, h2[genotype]!];
      if (one === 0 && other === 0) continue;
      const log10Lr = this.#log10LrNow + Math.log10(one / other);
      for (const list of lists) list.add(log10Lr, one * weight, other * weight);
    }
  }

  /** Genotypes of all but the last under a hypothesis; drawn anew while nothing is seen of somebody. */
  draw(random: Random, hypothesis: 0 | 1): number[] {
    const chosen: number[] = [];
    while (chosen.length < this.#locus.added.length - 1) {
      const { seen, total } = this.#after(chosen, hypothesis);
      let rest = random() * total;
      const genotype = seen.findIndex((probability) => (rest -= probability) < 0);
      if (genotype < 0) chosen.length = 0;
      else chosen.push(genotype);
    }
    return chosen;
  }

  /** What a draw counts: one over how probable it is when each hypothesis draws half of them. */
  weight(chosen: readonly number[]): number {
    return 2 / (this.#after(chosen, 0).total + this.#after(chosen, 1).total);
  }

  /** Of the person after those whose genotypes are chosen. */
  #after(chosen: readonly number[], hypothesis: 0 | 1): NextGenotypes {
    return remember(this.#known, `${hypothesis} ${chosen.join()}`, () => {
      const { model, visible, known, added, hypotheses, theta } = this.#locus;
      const { pedigree, rename, nameOf } = hypotheses[hypothesis];
      const person = added[chosen.length]!;
      const observations = new Map(known);
      chosen.forEach((genotype, place) => {
        const one = added[place]!;
        observations.set(one.id, [observeGenotype(one, genotype)]);
      });
      const name = nameOf(person.id);
      const { values, exponent } = genotypeLikelihoods(model, pedigree, rename(observations), name, theta, this.#work); // prettier-ignore
      const scale = Math.exp(exponent * Math.LN2 - lnLikelihood(this.#now[hypothesis]));
      const relative = values.map((value) => value * scale);
      const total = relative.reduce((sum, value) => sum + value, 0);
      return { seen: sumToSeen(model, relative, person, visible), total };
    });
  }
}

class OutcomeList {
  readonly #log10Lrs: number[] = [];
  readonly #h1: number[] = [];
  readonly #h2: number[] = [];

  add(log10Lr: number, h1: number, h2: number): void {
    this.#log10Lrs.push(log10Lr);
    this.#h1.push(h1);
    this.#h2.push(h2);
  }

  normalised(): LocusOutcomes {
    return {
      log10Lrs: Float64Array.from(this.#log10Lrs),
      h1: normalise(this.#h1),
      h2: normalise(this.#h2),
    };
  }
}

/** In proportion, with sum 1. */
function normalise(masses: readonly number[]): Float64Array {
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return Float64Array.from(masses, (mass) => mass / total);
}

/** A number in a number system, the last digit first. */
function digits(number: number, base: number, length: number): number[] {
  return Array.from({ length }, (_, place) => Math.floor(number / base ** place) % base);
}
