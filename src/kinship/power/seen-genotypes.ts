import type { AlleleModel } from '../allele-model.ts';
import { looksTo, type Observation, observationProbability } from '../observation.ts';

/** Somebody who is to be typed at a locus. */
export type AddedPerson = {
  readonly id: string;
  /** Probability that an allele of a heterozygote is not seen, in [0, 1). */
  readonly dropOut: number;
  /** The silent classes that their kit shows all the same. */
  readonly showsClasses: readonly number[];
};

/** What is seen when somebody turns out to have a genotype, by its number. */
export function observeGenotype(person: AddedPerson, genotype: number): Observation {
  const { dropOut, showsClasses } = person;
  const larger = Math.floor((Math.sqrt(8 * genotype + 1) - 1) / 2);
  return { seen: 'two', alleles: [genotype - numberOf(0, larger), larger], dropOut, showsClasses };
}

/** How many genotypes so many visible alleles make. */
export function countGenotypes(alleles: number): number {
  return numberOf(0, alleles);
}

/**
 * P(a genotype is seen), by its number, from the probabilities of a person's two true alleles. The
 * sum falls short of theirs by the probability that nothing is seen.
 * @param joint by both true alleles, row-major
 */
export function sumToSeen(
  model: AlleleModel,
  joint: Float64Array,
  person: AddedPerson,
  visible: number,
): Float64Array {
  const size = model.frequencies.length;
  const seen = new Float64Array(countGenotypes(visible));
  const looks = looksTo(model, observeGenotype(person, 0));
  const add = (probability: number, a: number, b: number, one: number, other: number): void => {
    const genotype = numberOf(Math.min(a, b), Math.max(a, b));
    const observation = observeGenotype(person, genotype);
    seen[genotype]! += probability * observationProbability(observation, one, other);
  };
  for (let place = 0; place < joint.length; place++) {
    const probability = joint[place]!;
    if (probability === 0) continue;
    const one = looks[Math.floor(place / size)]!;
    const other = looks[place % size]!;
    if (one >= 0 && other >= 0 && one !== other) add(probability, one, other, one, other);
    const isAlone = person.dropOut > 0 || one === other || one < 0 || other < 0;
    if (isAlone && one >= 0) add(probability, one, one, one, other);
    if (isAlone && other >= 0 && other !== one) add(probability, other, other, one, other);
  }
  return seen;
}

/** Genotypes in the order 00, 01, 11, 02, 12, 22 …, the smaller allele first. */
function numberOf(smaller: number, larger: number): number {
  return (larger * (larger + 1)) / 2 + smaller;
}
