import type { Kit } from '../../formats/kit-csv.ts';
import { isAncestor, type Relation, RELATIONS } from '../../formats/relation.ts';
import {
  type ComparedPerson,
  type Calculation,
  familyHypotheses,
  type Locus,
  readGenotype,
  type Typing,
} from '../../kinship/index.ts';
import {
  type CandidateFile,
  hypothesesOf,
  relativesOf,
  toCalculation,
} from '../candidates/candidate-case.ts';
import type { NextStepsTask } from './steps-task.ts';

/** A relative who is not typed: `relation`, or any of `relations`, who all say the same. */
export type RelativeStep = { readonly relation: Relation; readonly relations: readonly Relation[] };

/** An aunt says what an uncle says. */
const RELATIVE_STEPS: readonly RelativeStep[] = RELATIONS.filter(
  (relation) => !relation.endsWith('aunt'),
).map((relation) => ({
  relation,
  relations: RELATIONS.filter((other) => other.replace('aunt', 'uncle') === relation),
}));

/**
 * Relatives who may be typed for a candidate. Of one person under two names nobody else knows more.
 */
export function relativeStepsOf({ candidate }: CandidateFile): RelativeStep[] {
  if (candidate.relationship === 'same-person') return [];
  const typed = candidate.members.map(({ relation }) => relation);
  return RELATIVE_STEPS.filter(
    ({ relation }) => !(isAncestor(relation) && typed.includes(relation)),
  );
}

/**
 * What is to be computed for a candidate. A new relative is typed where the person of unknown origin
 * is: elsewhere both hypotheses say the same of the family.
 * @throws HomewardError PROFILE_UNREADABLE
 */
export function toTask(
  file: CandidateFile,
  steps: readonly RelativeStep[],
  kits: readonly Kit[],
  threshold: number,
): NextStepsTask {
  const { table, document } = file.policy;
  const hypotheses = hypothesesOf(file.candidate);
  const { people, asked } = toCalculation(file);
  const [child, ...relatives] = people as [ComparedPerson, ...ComparedPerson[]];
  const allLoci = [...new Set(kits.flatMap(({ loci }) => loci))];
  // The genotypes of the last are gone through, those of others may be drawn.
  const inOrder = [...relatives, child];
  return {
    table,
    parameters: document.params,
    threshold,
    power: {
      people: [],
      hypotheses,
      typings: inOrder.map((person) => typingOf(person, usableLoci(person))),
    },
    relatives: steps.map(({ relation }) =>
      withRelative(file, { people, asked }, relation, usableLoci(child)),
    ),
    loci: { people, hypotheses, typings: inOrder.map((person) => typingOf(person, allLoci)) },
    kits: kits.map(({ loci }) => loci),
  };
}

function withRelative(
  { candidate, policy }: CandidateFile,
  { people, asked }: Pick<Calculation, 'people' | 'asked'>,
  relation: Relation,
  loci: readonly Locus[],
): NextStepsTask['relatives'][number] {
  const id = `(${relation} to be typed)`;
  const typed = relativesOf(candidate).map((member) => ({ id: member.code, relation: member.relation })); // prettier-ignore
  return {
    people,
    hypotheses: familyHypotheses(asked, [...typed, { id, relation }]),
    typings: [{ id, kit: null, dropOut: policy.document.dropOut, loci }],
  };
}

function typingOf({ id, kit, dropOut }: ComparedPerson, loci: readonly Locus[]): Typing {
  return { id, kit, dropOut, loci };
}

function usableLoci({ profile }: ComparedPerson): Locus[] {
  return [...profile].flatMap(([locus, genotype]) =>
    typeof readGenotype(genotype) === 'string' ? [] : [locus],
  );
}
