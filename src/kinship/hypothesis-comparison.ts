import type { AlleleModel } from './allele-model.ts';
import { KinshipError } from './error.ts';
import type { Observations } from './gene-graph.ts';
import type { Hypothesis } from './hypothesis.ts';
import { type Likelihood, ratioOf } from './likelihood.ts';
import { combineLoci, type LikelihoodRatio } from './likelihood-ratio.ts';
import type { Observation } from './observation.ts';
import type { UntypedParent } from './parameters.ts';
import { orderByGeneration, type Pedigree, pruneUntypedFounders } from './pedigree.ts';
import { pedigreeLikelihood } from './pedigree-likelihood.ts';

/** One locus of a comparison: its model, and what was seen of whom. */
export type ObservedLocus = {
  readonly name: string;
  readonly model: AlleleModel;
  readonly observations: Observations;
};

/** Hypotheses over the same people, and how they are to be read. */
export type PedigreeQuestion = {
  /** Two or more. Every likelihood ratio is against the last. */
  readonly hypotheses: readonly Hypothesis[];
  /** Everybody who is typed at some locus. */
  readonly typed: ReadonlySet<string>;
  readonly theta: number;
  readonly untypedParent: UntypedParent;
};

/** One locus: by hypothesis, P(seen | hypothesis) and its ratio to that of the last. */
export type LocusAnswer = {
  readonly name: string;
  readonly likelihoods: readonly Likelihood[];
  readonly lrs: readonly LikelihoodRatio[];
};

/** By hypothesis, the ratio over all loci to the last; that of the last itself is 1. */
export type PedigreeAnswer = {
  readonly lrs: readonly LikelihoodRatio[];
  readonly loci: readonly LocusAnswer[];
};

/**
 * Weighs hypotheses over independent loci. Every locus counts, one that is typed in a single
 * person too: under a model that does not keep the frequencies its LR may differ from 1.
 * @throws KinshipError PEDIGREE_INVALID, PEDIGREE_TOO_COMPLEX
 */
export function comparePedigrees(
  question: PedigreeQuestion,
  loci: readonly ObservedLocus[],
): PedigreeAnswer {
  const hypotheses = question.hypotheses.map((hypothesis) => readHypothesis(hypothesis, question));
  const answers = loci.map(({ name, model, observations }): LocusAnswer => {
    const likelihoods = hypotheses.map(({ pedigree, rename }) =>
      pedigreeLikelihood(model, pedigree, rename(observations), question.theta),
    );
    const against = likelihoods.at(-1)!;
    return { name, likelihoods, lrs: likelihoods.map((one) => ratioOf(one, against)) };
  });
  const lrs = hypotheses.map((_, place) => combineLoci(answers.map(({ lrs }) => lrs[place]!)));
  return { lrs, loci: answers };
}

/** A hypothesis as it is computed: its pedigree, and whose the observations are in it. */
export type ReadHypothesis = {
  readonly pedigree: Pedigree;
  /** Under which name somebody stands in the pedigree. */
  readonly nameOf: (id: string) => string;
  readonly rename: (observations: Observations) => Observations;
};

/**
 * @throws KinshipError PEDIGREE_INVALID when the pedigree cannot be read, or somebody typed does not
 *   stand in it, or stands in it and for somebody else too
 */
export function readHypothesis(
  { text, pedigree, sameAs = {} }: Hypothesis,
  { typed, untypedParent }: Pick<PedigreeQuestion, 'typed' | 'untypedParent'>,
): ReadHypothesis {
  orderByGeneration(pedigree);
  const refuse = (what: string): never => {
    throw new KinshipError('PEDIGREE_INVALID', `${what} the pedigree of «${text}»`);
  };
  const twice = pedigree.find(({ id }) => Object.hasOwn(sameAs, id) && sameAs[id] !== id);
  if (twice) refuse(`${twice.id} is said to be ${sameAs[twice.id]!} and stands as another in`);
  const nameOf = (id: string): string => (Object.hasOwn(sameAs, id) ? sameAs[id]! : id);
  const named = new Set([...typed].map(nameOf));
  const missing = [...named].find((id) => !pedigree.some((member) => member.id === id));
  if (missing !== undefined) refuse(`${missing} is typed and stands nowhere in`);
  const rename = (observations: Observations): Observations => {
    const renamed = new Map<string, Observation[]>();
    for (const [id, seen] of observations) {
      renamed.set(nameOf(id), [...(renamed.get(nameOf(id)) ?? []), ...seen]);
    }
    return renamed;
  };
  const isDrawn = untypedParent === 'population';
  return { pedigree: isDrawn ? pruneUntypedFounders(pedigree, named) : pedigree, nameOf, rename };
}
