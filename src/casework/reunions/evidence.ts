import type { Relation } from '../../formats/relation.ts';
import type { Candidate, CandidateFile } from '../candidates/candidates.service.ts';
import {
  childName,
  hypothesesOf,
  pinnedProfile,
  relativesOf,
} from '../candidates/candidates.service.ts';
import type {
  CalculationDocument,
  CalculationRequest,
  LikelihoodRatiosService,
} from '../likelihood-ratios/likelihood-ratios.service.ts';
import { readComparedPeople } from '../likelihood-ratios/likelihood-ratios.service.ts';
import { type FieldFault, HomewardError } from '../../platform/errors.ts';
import { compareTypings } from './concordance.ts';

/** Somebody who was sampled again, and what was typed. */
export type TypedAgain = CalculationRequest['people'][number];

/** What re-sampling came to: no genotypes. */
export type Evidence = {
  readonly log10Lr: number;
  readonly lociCompared: number;
  /** Of the candidate that it confirms. */
  readonly lociBefore: number;
  readonly concordance: readonly { readonly sampleId: string; readonly compared: number }[];
  readonly loci: readonly { readonly locus: string; readonly log10Lr: number | null }[];
  readonly engineVersion: string;
  readonly inputHash: string;
};

/** Somebody to be sampled again, as evidence names them. */
export type Sampled = {
  readonly id: string;
  readonly relation: 'unknown-origin' | Relation;
  readonly profileId: string;
};

/** Everybody whom the LR of a candidate rests on. */
export function peopleOf(candidate: Candidate): Sampled[] {
  const { childProfileId: profileId } = candidate;
  return [
    { id: childName(candidate), relation: 'unknown-origin', profileId },
    ...relativesOf(candidate).map(({ code: id, ...relative }) => ({ id, ...relative })),
  ];
}

/**
 * Weighs the candidate's own hypotheses with new typings of the same people.
 * @throws HomewardError TYPINGS_DISAGREE where somebody is not who they were, with the loci;
 *   EVIDENCE_INSUFFICIENT for fewer loci or people than it takes, or an LR below the threshold;
 *   CALCULATION_INVALID
 */
export async function weighAgain(
  file: CandidateFile,
  people: readonly TypedAgain[],
  likelihoodRatios: LikelihoodRatiosService,
): Promise<Evidence> {
  const concordance = compareAll(file, people);
  const { h1, h2 } = hypothesesOf(file.candidate);
  const hypotheses = [h1, h2].map((one) => ({ ...one, pedigree: [...one.pedigree] }));
  const { document, frequencyTableId } = file.policy;
  const answer = await likelihoodRatios.answer({
    people: [...people],
    question: {
      kind: 'pedigrees',
      hypotheses,
      asked: childName(file.candidate),
    },
    parameters: document.params,
    frequencyTables: [frequencyTableId],
  });
  return { ...judge(file, answer), concordance };
}

function compareAll(file: CandidateFile, people: readonly TypedAgain[]): Evidence['concordance'] {
  const wanted = new Map(peopleOf(file.candidate).map(({ id, profileId }) => [id, profileId]));
  const named = new Set(people.map(({ id }) => id));
  if (named.size !== wanted.size || [...wanted.keys()].some((id) => !named.has(id))) {
    throw new HomewardError(
      'EVIDENCE_INSUFFICIENT',
      `Everybody whom the LR rests on is sampled again: ${[...wanted.keys()].join(', ')}.`,
    );
  }
  const faults: FieldFault[] = [];
  const compared = readComparedPeople(people).map(({ id, profile }) => {
    const before = pinnedProfile(file, wanted.get(id) ?? '');
    const { compared: count, discordant } = compareTypings(before, profile);
    for (const locus of discordant) faults.push({ field: `${id}.${locus}`, message: 'differs from the first typing' }); // prettier-ignore
    if (count === 0) faults.push({ field: id, message: 'has no locus of the first typing' });
    return { sampleId: id, compared: count };
  });
  if (faults.length > 0) throw new HomewardError('TYPINGS_DISAGREE', undefined, faults);
  return compared;
}

function judge(
  { candidate, policy }: CandidateFile,
  { populations, engineVersion, inputHash }: CalculationDocument,
): Omit<Evidence, 'concordance'> {
  const [population] = populations;
  const lr = population?.lrs[0];
  if (!population || !lr) throw new Error('a calculation came back without a population');
  const { lociCompared: lociBefore } = candidate;
  const lociCompared = population.loci.length;
  const least = Math.log10(policy.document.threshold);
  if (lociCompared <= lociBefore) {
    throw new HomewardError(
      'EVIDENCE_INSUFFICIENT',
      `${lociCompared} loci can be compared, and ${lociBefore} could before: type more.`,
    );
  }
  if (lr.log10Lr === null || lr.log10Lr < least) {
    throw new HomewardError(
      'EVIDENCE_INSUFFICIENT',
      `The LR is ${lr.log10Lr === null ? lr.kind : `10^${lr.log10Lr.toFixed(2)}`}, below the policy's threshold: refute the candidate with this reason.`,
    );
  }
  const loci = population.loci.map(({ locus, lrs }) => ({
    locus,
    log10Lr: lrs[0]?.log10Lr ?? null,
  }));
  return { log10Lr: lr.log10Lr, lociCompared, lociBefore, loci, engineVersion, inputHash };
}
