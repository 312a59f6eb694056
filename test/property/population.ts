import fc from 'fast-check';
import {
  type AlleleLabel,
  type FrequencyTable,
  type LikelihoodParameters,
  type Locus,
  LOCI,
  makeGenotype,
  makeLocusFrequencies,
  type MutationParameters,
  type Profile,
} from '../../src/kinship/index.ts';

/** A small world to test in: a frequency table and the alleles that people in it show. */
export type World = {
  readonly table: FrequencyTable;
  readonly parameters: LikelihoodParameters;
  /** By locus: alleles that people show, some of them not in the table. */
  readonly shown: ReadonlyMap<Locus, readonly AlleleLabel[]>;
};

const LABELS = ['8', '9', '9.3', '10', '10.3', '11', '12', '13', '14', '15.2'] as AlleleLabel[];

const rate = fc.record({
  rate: fc.constantFrom(0, 0.001, 0.02),
  rate2: fc.constantFrom(0, 1e-6, 1e-3),
  range: fc.constantFrom(0.1, 0.5),
});

export const mutations: fc.Arbitrary<MutationParameters> = fc.oneof(
  fc.constant({ model: 'none' as const }),
  fc.record({
    model: fc.constantFrom(
      'equal' as const,
      'proportional',
      'onestep',
      'stepwise',
      'stepwise-extended',
    ),
    male: rate,
    female: rate,
  }),
);

export const parameterSets: fc.Arbitrary<LikelihoodParameters> = fc.record({
  mutation: mutations,
  untypedParent: fc.constantFrom('mutates' as const, 'population' as const),
  theta: fc.constant(0),
  minimumFrequency: fc.record({
    rule: fc.constant('fixed' as const),
    frequency: fc.constantFrom(0.001, 0.02),
    appliesTo: fc.constantFrom('unseen' as const, 'all' as const),
  }),
});

const lociOfWorld = LOCI.slice(0, 6);

export const worlds: fc.Arbitrary<World> = fc
  .record({
    parameters: parameterSets,
    loci: fc.tuple(
      ...lociOfWorld.map(() =>
        fc.record({
          alleles: fc.uniqueArray(fc.constantFrom(...LABELS), { minLength: 2, maxLength: 6 }),
          weights: fc.array(fc.integer({ min: 5, max: 50 }), { minLength: 6, maxLength: 6 }),
          unseen: fc.subarray(LABELS, { maxLength: 1 }),
        }),
      ),
    ),
  })
  .map(({ parameters, loci }) => {
    const table = new Map(
      loci.map(({ alleles, weights }, place) => {
        const locus = lociOfWorld[place]!;
        const sum = alleles.reduce((total, _, index) => total + weights[index]!, 0);
        const entries = alleles.map((allele, index) => [allele, weights[index]! / sum] as const);
        return [locus, makeLocusFrequencies(locus, entries, 200)];
      }),
    );
    const shown = new Map(
      loci.map(({ alleles, unseen }, place) => [
        lociOfWorld[place]!,
        [...new Set([...alleles, ...unseen])],
      ]),
    );
    return { table, parameters, shown };
  });

/** A person of the world: some loci untyped, now and then three alleles. */
export function people({ shown }: World): fc.Arbitrary<Profile> {
  const genotypes = [...shown].map(([locus, alleles]) =>
    fc
      .option(
        fc.oneof(
          {
            weight: 12,
            arbitrary: fc.array(fc.constantFrom(...alleles), { minLength: 2, maxLength: 2 }),
          },
          {
            weight: 1,
            arbitrary: fc.array(fc.constantFrom(...alleles), { minLength: 3, maxLength: 3 }),
          },
        ),
        { freq: 5 },
      )
      .map((labels) => (labels ? ([[locus, makeGenotype(labels)]] as const) : ([] as const))),
  );
  return fc.tuple(...genotypes).map((entries) => new Map(entries.flat()));
}
