import fc from 'fast-check';
import {
  type AlleleLabel,
  type Calculation,
  type CalculationParameters,
  type CalculationResult,
  FAMILY_RELATIONS,
  familyHypotheses,
  type FrequencyTable,
  KinshipError,
  type LikelihoodRatio,
  type Locus,
  makeLocusFrequencies,
  type MutationParameters,
  type Profile,
  RELATIONSHIPS,
  relationshipHypothesis,
  unrelatedHypothesis,
} from '../../src/kinship/index.ts';
import { HomewardError } from '../../src/platform/errors.ts';

/** Everything that a calculation needs. */
export type Asked = {
  readonly calculation: Calculation;
  readonly parameters: CalculationParameters;
  readonly table: FrequencyTable;
};

const ALLELES: Readonly<Record<string, readonly string[]>> = {
  D3S1358: ['14', '15', '16', '17'],
  TH01: ['6', '7', '9', '9.3', '10.3'],
  FGA: ['20', '21', '22.2'],
};

const table: fc.Arbitrary<FrequencyTable> = fc
  .record(
    Object.fromEntries(
      Object.entries(ALLELES).map(([locus, alleles]) => [
        locus,
        fc.array(fc.integer({ min: 1, max: 50 }), {
          minLength: alleles.length,
          maxLength: alleles.length,
        }),
      ]),
    ),
  )
  .map((counts) => {
    const loci = Object.entries(counts).map(([locus, numbers]) => {
      const sum = numbers.reduce((all, n) => all + n, 0);
      const entries = numbers.map(
        (n, at) => [ALLELES[locus]![at] as AlleleLabel, n / sum] as const,
      );
      return [locus as Locus, makeLocusFrequencies(locus as Locus, entries, 200)] as const;
    });
    return new Map(loci);
  });

/** Now and then an allele that the table lacks, and a genotype that cannot be used. */
const profile: fc.Arbitrary<Profile> = fc
  .record(
    Object.fromEntries(
      Object.entries(ALLELES).map(([locus, alleles]) => {
        const one = fc.constantFrom(...alleles, locus === 'D3S1358' ? '18' : alleles[0]!);
        const pair = fc.tuple(one, one).map((labels) => [...labels].sort((a, b) => +a - +b));
        return [locus, fc.oneof({ weight: 12, arbitrary: pair }, { weight: 1, arbitrary: fc.constantFrom(['OL', 'OL'], ['1', '2', '3']) })]; // prettier-ignore
      }),
    ),
    { requiredKeys: ['D3S1358', 'TH01'] },
  )
  .map((loci) => new Map(Object.entries(loci)) as unknown as Profile);

const family = fc
  .uniqueArray(fc.constantFrom(...FAMILY_RELATIONS.filter((relation) => relation !== 'parent')), {
    minLength: 1,
    maxLength: 3,
  })
  .map((relations) => {
    const relatives = relations.map((relation, place) => ({ id: `R${place + 1}`, relation }));
    const { h1, h2 } = familyHypotheses('X', relatives);
    return { ids: ['X', ...relatives.map(({ id }) => id)], hypotheses: [h1, h2] };
  });

const relationship = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...RELATIONSHIPS), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('male' as const, 'female' as const),
  )
  .map(([names, sex]) => ({
    ids: ['A', 'B'],
    hypotheses: [
      ...names.map((name) => relationshipHypothesis(name, 'A', 'B', sex)),
      unrelatedHypothesis('A', 'B'),
    ],
  }));

const rate = fc.constantFrom(0.001, 0.004);

/** Models that a rate describes. */
const rateModels: fc.Arbitrary<MutationParameters> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ model: 'none' } as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      model: fc.constantFrom('equal' as const, 'proportional' as const, 'stepwise' as const, 'stepwise-extended' as const, 'onestep' as const), // prettier-ignore
      male: fc.record({
        rate,
        rate2: fc.constantFrom(0, 0.0001),
        range: fc.constantFrom(0.1, 0.5),
      }),
      female: fc.record({ rate }),
      stabilisation: fc.constantFrom('none' as const, 'none' as const, 'PM' as const),
      perLocus: fc.constantFrom({}, { TH01: { male: { rate: 0.002 } } }),
    }),
  },
);

const customModel: fc.Arbitrary<MutationParameters> = fc.constant({
  model: 'custom',
  matrices: Object.fromEntries(
    Object.entries({ ...ALLELES, D3S1358: [...ALLELES.D3S1358!, '18'] }).map(([locus, alleles]) => {
      const matrix = alleles.map((_, from) =>
        alleles.map((_, to) => (from === to ? 1 - 0.002 * (alleles.length - 1) : 0.002)),
      );
      return [locus, { alleles: [...alleles], male: matrix, female: matrix }];
    }),
  ),
});

const parameters = (thetas: readonly number[]): fc.Arbitrary<CalculationParameters> =>
  fc.record({
    mutation: fc.oneof({ weight: 8, arbitrary: rateModels }, { weight: 1, arbitrary: customModel }),
    untypedParent: fc.constantFrom('mutates', 'population'),
    theta: fc.constantFrom(...thetas),
    minimumFrequency: fc.constantFrom<CalculationParameters['minimumFrequency'][]>(
      { rule: 'five-over-2n', appliesTo: 'all' },
      { rule: 'fixed', frequency: 0.003, appliesTo: 'unseen', renormalise: 'others' },
      { rule: 'fixed', frequency: 0.01, appliesTo: 'observed', renormalise: 'none' },
    ),
    silentAlleles: fc.constantFrom(
      [],
      [{ locus: 'TH01' as Locus, kit: null, frequency: 0.02 }],
      [
        { locus: 'TH01' as Locus, kit: null, frequency: 0.02 },
        { locus: 'TH01' as Locus, kit: 'K', frequency: 0.01 },
      ],
    ),
  });

/** Random people under random hypotheses of every kind, who need not be related. */
export const calculations: fc.Arbitrary<Asked> = fc
  .oneof(family, relationship)
  .chain(({ ids, hypotheses }) =>
    fc.record({
      calculation: fc
        .tuple(
          ...ids.map((id) =>
            fc.record({
              id: fc.constant(id),
              profile,
              kit: fc.constantFrom(null, 'K', 'K', 'K'),
              dropOut: fc.constantFrom(0, 0, 0.05),
            }),
          ),
        )
        .map((people): Calculation => ({
          people,
          hypotheses: hypotheses,
          asked: ids[0]!,
        })),
      // Theta makes every founder depend on all others, which takes long in large pedigrees.
      parameters: parameters(
        hypotheses.every(({ pedigree }) => pedigree.length < 6) ? [0, 0.02] : [0],
      ),
      table,
    }),
  );

/** What a function gives, or the message with which it refuses; a fault of the program is thrown. */
export function attempt<Result>(work: () => Result): { result: Result } | { refused: string } {
  try {
    return { result: work() };
  } catch (error) {
    if (error instanceof HomewardError || error instanceof KinshipError) {
      return { refused: error.message };
    }
    throw error;
  }
}

/** A likelihood ratio by locus, as numbers. */
export function ratiosByLocus(loci: CalculationResult['loci'], hypothesis = 0): [string, number][] {
  return loci.map(({ locus, lrs }) => [locus, toNumber(lrs[hypothesis]!)]);
}

export function toNumber(lr: LikelihoodRatio): number {
  if (lr.kind === 'finite') return 10 ** lr.log10Lr;
  return { excluded: 0, infinite: Infinity, undefined: NaN }[lr.kind];
}

/** Whether two lists of ratios are the same within a relative difference. */
export function areClose(
  one: readonly [string, number][],
  other: readonly [string, number][],
  relative: number,
): boolean {
  return (
    one.length === other.length &&
    one.every(([locus, ratio], place) => {
      const [name, second] = other[place]!;
      const isSame = Object.is(ratio, second) || Math.abs(ratio - second) <= relative * ratio;
      return name === locus && isSame;
    })
  );
}
