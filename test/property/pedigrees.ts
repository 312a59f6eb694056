import fc from 'fast-check';
import {
  type AlleleModel,
  type Locus,
  makeAlleleModel,
  makeLocusFrequencies,
  type Observation,
  type Pedigree,
  pedigreeLikelihood,
  type Sex,
} from '../../src/kinship/index.ts';
import { mutations } from './population.ts';

/** A likelihood that a double holds. */
export function likelihood(...asked: Parameters<typeof pedigreeLikelihood>): number {
  const { mantissa, exponent } = pedigreeLikelihood(...asked);
  return mantissa * 2 ** exponent;
}

const LABELS = ['9', '9.3', '10', '12'] as never[];

/** Families small enough to go through every genotype; the last two have loops. */
export const PEDIGREES: Readonly<Record<string, Pedigree>> = {
  'a family': family([['f'], ['m'], ['c', 'f', 'm']]),
  'full siblings': family([['f'], ['m'], ['c', 'f', 'm'], ['d', 'f', 'm']]),
  'half siblings': family([['f'], ['m'], ['n'], ['c', 'f', 'm'], ['d', 'f', 'n']]),
  'grandfather and grandchild': family([['g'], ['f', 'g', null], ['c', 'f', null]]),
  strangers: family([['a'], ['b'], ['c']]),
  'a child of siblings': family([['f'], ['m'], ['c', 'f', 'm'], ['d', 'f', 'm'], ['e', 'c', 'd']]),
  'a child of father and daughter': family([['f'], ['m'], ['d', 'f', 'm'], ['e', 'f', 'd']]),
};

/** Everybody with father and mother, of unknown sex. */
export function family(
  members: readonly (readonly [id: string, father?: string | null, mother?: string | null])[],
): Pedigree {
  // prettier-ignore
  return members.map(([id, father = null, mother = null]) => ({ id, father, mother, sex: 'unknown' }));
}

/** Small models, with and without silent alleles that some kits show. */
export const models: fc.Arbitrary<AlleleModel> = fc
  .record({
    mutation: mutations,
    weights: fc.array(fc.integer({ min: 5, max: 50 }), { minLength: 3, maxLength: 3 }),
    silentFrequency: fc.constantFrom(0, 0, 0.02),
    shownToSome: fc.boolean(),
    labels: fc.subarray(LABELS, { minLength: 3, maxLength: 3 }),
  })
  .map(({ mutation, weights, silentFrequency, shownToSome, labels }) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const entries = labels.map((label, place) => [label, weights[place]! / sum] as const);
    const table = makeLocusFrequencies('TH01' as Locus, entries, 200);
    const silent = silentFrequency > 0 ? [{ frequency: silentFrequency, shownToSome }] : [];
    return makeAlleleModel(table, mutation, silent);
  });

const observations: fc.Arbitrary<Observation> = fc
  .record({
    seen: fc.constantFrom('two' as const, 'two' as const, 'one-of-two' as const),
    alleles: fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 })),
    dropOut: fc.constantFrom(0, 0, 0.1),
    showsClasses: fc.constantFrom([], [1]),
  })
  .map((one) => (one.seen === 'two' ? one : { ...one, alleles: [one.alleles[0], one.alleles[0]] }));

/** What is seen of some people of a pedigree. */
export const seenIn = (pedigree: Pedigree): fc.Arbitrary<Map<string, Observation[]>> =>
  fc
    .tuple(
      ...pedigree.map(({ id }) =>
        fc.option(observations, { freq: 3 }).map((one) => [id, one] as const),
      ),
    )
    .map((all) => new Map(all.flatMap(([id, one]) => (one ? [[id, [one]]] : []))));

/** Anybody's parents are anybody before them, or nobody in particular. */
export const randomPedigrees: fc.Arbitrary<Pedigree> = fc
  .array(
    fc.record({
      sex: fc.constantFrom('male' as const, 'female', 'unknown'),
      father: fc.option(fc.nat(), { freq: 4 }),
      mother: fc.option(fc.nat(), { freq: 4 }),
    }),
    { minLength: 2, maxLength: 5 },
  )
  .map((people) =>
    people.map(({ sex, father, mother }, place) => {
      const earlier = people.slice(0, place).map((one, at) => ({ sex: one.sex, id: `${at}` }));
      const pick = (wrong: Sex, choice: number | null): string | null => {
        const fitting = earlier.filter((one) => one.sex !== wrong);
        return choice === null ? null : (fitting[choice % fitting.length]?.id ?? null);
      };
      const [one, other] = [pick('female', father), pick('male', mother)];
      return { id: `${place}`, sex, father: one, mother: one === other ? null : other };
    }),
  );

/** A stepwise model over so many alleles that it takes the roads of large tables. */
export function manyAlleles(count: number): AlleleModel {
  const entries = Array.from({ length: count }, (_, place) => [`${8 + place}`, place + 1] as const);
  const total = (count * (count + 1)) / 2;
  const shares = entries.map(([label, weight]) => [label, weight / total] as const);
  const table = makeLocusFrequencies('TH01' as Locus, shares as never, 200);
  const rates = { male: { rate: 0.02, range: 0.3 }, female: { rate: 0.01, range: 0.1 } };
  return makeAlleleModel(table, { model: 'stepwise', ...rates });
}

/** Two alleles, seen. */
export const twoSeen = (a: number, b: number): Observation[] => [
  { seen: 'two', alleles: [a, b], dropOut: 0 },
];
