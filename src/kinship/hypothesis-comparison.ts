import type { AlleleModel } from './allele-model.ts';
import { combineLoci, type LikelihoodRatio, likelihoodRatio } from './likelihood-ratio.ts';
import type { UntypedParent } from './parameters.ts';
import { type Pedigree, pruneUntypedFounders } from './pedigree.ts';
import { type Observations, pedigreeLikelihood } from './pedigree-likelihood.ts';

/** One locus of a comparison: its model, and what was seen of whom. */
export type ObservedLocus = {
  readonly name: string;
  readonly model: AlleleModel;
  readonly observations: Observations;
};

/** Two pedigrees over the same people, and how they are to be read. */
export type PedigreeQuestion = {
  readonly h1: Pedigree;
  readonly h2: Pedigree;
  /** Everybody who is typed at some locus. */
  readonly typed: ReadonlySet<string>;
  readonly theta: number;
  readonly untypedParent: UntypedParent;
};

export type PedigreeAnswer = {
  readonly lr: LikelihoodRatio;
  readonly loci: readonly { readonly name: string; readonly lr: LikelihoodRatio }[];
};

/**
 * LR = P(seen | h1) / P(seen | h2) over independent loci, for any two pedigrees. Every locus
 * counts, one that is typed in a single person too: under a model that does not keep the
 * frequencies its LR may differ from 1.
 */
export function comparePedigrees(
  question: PedigreeQuestion,
  loci: readonly ObservedLocus[],
): PedigreeAnswer {
  const read = (pedigree: Pedigree): Pedigree =>
    question.untypedParent === 'population'
      ? pruneUntypedFounders(pedigree, question.typed)
      : pedigree;
  const [h1, h2] = [read(question.h1), read(question.h2)];
  const answers = loci.map(({ name, model, observations }) => {
    const likelihood = (pedigree: Pedigree): number =>
      pedigreeLikelihood(model, pedigree, gatherInto(pedigree, observations), question.theta);
    return { name, lr: likelihoodRatio(likelihood(h1), likelihood(h2)) };
  });
  return { lr: combineLoci(answers.map(({ lr }) => lr)), loci: answers };
}

/** In a pedigree of one person everything that was seen is of that person: «these are the same». */
function gatherInto(pedigree: Pedigree, observations: Observations): Observations {
  const [only, ...others] = pedigree;
  if (!only || others.length > 0) return observations;
  return new Map([[only.id, [...observations.values()].flat()]]);
}
