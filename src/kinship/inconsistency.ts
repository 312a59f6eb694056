import { type AlleleModel, makeAlleleModel, NEVER_SHOWN } from './allele-model.ts';
import type { LocusFrequencies } from './frequency-table.ts';
import type { Observations } from './gene-graph.ts';
import {
  type PedigreeQuestion,
  type ReadHypothesis,
  readHypothesis,
} from './hypothesis-comparison.ts';
import { looksTo, type Observation } from './observation.ts';
import { genotypeLikelihoods, pedigreeLikelihood } from './pedigree-likelihood.ts';

/** Loci whose genotypes do not fit a hypothesis without mutation, silent allele or drop-out. */
export type Inconsistencies = {
  readonly observed: number;
  /**
   * By hypothesis: how many are expected if that one is true, given everybody's genotypes but that
   * of the person asked about. Null where it makes the others' genotypes impossible.
   */
  readonly expected: readonly (number | null)[];
};

/** One locus, its model, and what was seen of whom. */
type CountedLocus = {
  readonly frequencies: LocusFrequencies;
  readonly model: AlleleModel;
  readonly observations: Observations;
};

/**
 * Counts inconsistent loci, and how many to expect. The person's genotype is drawn from what each
 * hypothesis leaves possible, by the same models as the likelihood ratio, and looked at as the
 * person's kit shows it; that it may drop out is left aside.
 */
export class InconsistencyCount {
  readonly #asked: string;
  readonly #theta: number;
  readonly #hypotheses: readonly ReadHypothesis[];
  readonly #observed: number[];
  readonly #expected: (number | null)[][];

  /** @param asked the person whose place is in question */
  constructor(question: PedigreeQuestion, asked: string) {
    this.#asked = asked;
    this.#theta = question.theta;
    this.#hypotheses = question.hypotheses.map((one) => readHypothesis(one, question));
    this.#observed = question.hypotheses.map(() => 0);
    this.#expected = question.hypotheses.map(() => question.hypotheses.map(() => 0));
  }

  get totals(): Inconsistencies[] {
    return this.#observed.map((observed, h) => ({ observed, expected: this.#expected[h]! }));
  }

  /** @returns by hypothesis, whether the locus fits it */
  add(locus: CountedLocus): boolean[] {
    const plain = makeAlleleModel(locus.frequencies, { model: 'none' });
    const seen = withoutMishaps(locus.observations);
    const fits = this.#hypotheses.map(
      ({ pedigree, rename }) => pedigreeLikelihood(plain, pedigree, rename(seen)).mantissa > 0,
    );
    fits.forEach((fit, h) => {
      if (!fit) this.#observed[h]!++;
    });
    const own = locus.observations.get(this.#asked)?.[0];
    if (!own) this.#expectSame(fits);
    else this.#expect(locus, own, plain);
    return fits;
  }

  /** Where the person is not typed the others' genotypes fit or do not. */
  #expectSame(fits: readonly boolean[]): void {
    fits.forEach((fit, h) => {
      this.#expected[h] = this.#expected[h]!.map((sum) =>
        sum === null ? null : sum + (fit ? 0 : 1),
      );
    });
  }

  #expect(locus: CountedLocus, own: Observation, plain: AlleleModel): void {
    const others = without(locus.observations, this.#asked);
    const plainOthers = withoutMishaps(others);
    const looks = looksTo(locus.model, own);
    const fitting = this.#hypotheses.map((one) => this.#genotypes(plain, one, plainOthers, 0));
    // Where every genotype fits nothing needs to be drawn, which is the dear part.
    if (fitting.every((table) => table.every((probability) => probability > 0))) return;
    const drawn = this.#hypotheses.map((one) =>
      this.#genotypes(locus.model, one, others, this.#theta),
    );
    fitting.forEach((table, h) => {
      this.#expected[h] = this.#expected[h]!.map((sum, truth) => {
        const share = misfit(drawn[truth]!, table, looks);
        return sum === null || share === null ? null : sum + share;
      });
    });
  }

  #genotypes(
    model: AlleleModel,
    { pedigree, rename }: ReadHypothesis,
    others: Observations,
    theta: number,
  ): Float64Array {
    const [id] = rename(new Map([[this.#asked, []]])).keys();
    return genotypeLikelihoods(model, pedigree, rename(others), id!, theta).values;
  }
}

/** The share of the genotypes drawn that, as they look, are not among the fitting ones. */
function misfit(drawn: Float64Array, fitting: Float64Array, looks: Int32Array): number | null {
  const visible = Math.sqrt(fitting.length);
  let [all, misfitting] = [0, 0];
  drawn.forEach((probability, at) => {
    const first = looks[Math.floor(at / looks.length)]!;
    const second = looks[at % looks.length]!;
    const one = first === NEVER_SHOWN ? second : first;
    const other = second === NEVER_SHOWN ? first : second;
    all += probability;
    if (one === NEVER_SHOWN) return;
    const fits = fitting[one * visible + other]! > 0 || fitting[other * visible + one]! > 0;
    if (!fits) misfitting += probability;
  });
  return all === 0 ? null : misfitting / all;
}

function withoutMishaps(observations: Observations): Observations {
  const plain = ({ seen, alleles }: Observation): Observation => ({ seen, alleles, dropOut: 0 });
  return new Map([...observations].map(([id, seen]) => [id, seen.map(plain)]));
}

function without(observations: Observations, id: string): Observations {
  return new Map([...observations].filter(([one]) => one !== id));
}
