import {
  familyHypotheses,
  type Hypothesis,
  KinshipError,
  type Relationship,
  relationshipHypothesis,
  unrelatedHypothesis,
} from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import type { CalculationInput, ComparedPersonJson, Question } from './calculation.schema.ts';

/** Hypotheses in full, the last of them the one that all are weighed against. */
export type AskedHypotheses = Pick<CalculationInput, 'hypotheses' | 'asked' | 'priors'>;

/**
 * The hypotheses that a question stands for.
 * @param priors default: all hypotheses the same
 * @throws HomewardError CALCULATION_INVALID
 */
export function expandQuestion(
  question: Question,
  people: readonly ComparedPersonJson[],
  priors?: readonly number[],
): AskedHypotheses {
  const { hypotheses, asked } = readQuestion(question, people);
  const weights = priors ?? hypotheses.map(() => 1 / hypotheses.length);
  if (weights.length !== hypotheses.length || !weights.some((weight) => weight > 0)) {
    throw new HomewardError(
      'CALCULATION_INVALID',
      `Give one prior for each of the ${hypotheses.length} hypotheses, the last for the one that ` +
        'all are weighed against; one at least above 0.',
    );
  }
  if (!people.some(({ id }) => id === asked)) {
    throw new HomewardError('CALCULATION_INVALID', `${asked} is not among the people.`);
  }
  return { hypotheses: hypotheses.map(toJson), asked, priors: [...weights] };
}

function readQuestion(
  question: Question,
  people: readonly ComparedPersonJson[],
): { hypotheses: readonly Hypothesis[]; asked: string } {
  switch (question.kind) {
    case 'family': {
      const { h1, h2 } = refusing(() => familyHypotheses(question.person, question.relatives));
      return { hypotheses: [h1, h2], asked: question.person };
    }
    case 'relationships': {
      const [a, b] = question.people;
      if (question.against && question.relationships.includes(question.against)) {
        const message = `${question.against} cannot be weighed against itself: leave it out of relationships.`;
        throw new HomewardError('CALCULATION_INVALID', message);
      }
      const sexOfA = people.find(({ id }) => id === a)?.sex;
      const relate = (relationship: Relationship): Hypothesis =>
        relationshipHypothesis(relationship, a, b, sexOfA);
      const related = [...new Set(question.relationships)].map(relate);
      const last = question.against ? relate(question.against) : unrelatedHypothesis(a, b);
      return { hypotheses: [...related, last], asked: b };
    }
    case 'pedigrees':
      return question;
  }
}

function toJson({ text, pedigree, sameAs }: Hypothesis): CalculationInput['hypotheses'][number] {
  const members = pedigree.map((member) => ({ ...member }));
  return sameAs ? { text, pedigree: members, sameAs: { ...sameAs } } : { text, pedigree: members };
}

function refusing<Result>(compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof KinshipError)) throw error;
    throw new HomewardError('CALCULATION_INVALID', error.message);
  }
}
