import fc from 'fast-check';
import t from 'tap';
import {
  type AlleleModel,
  comparePedigrees,
  type Locus,
  makeAlleleModel,
  makeLocusFrequencies,
  type Observation,
  type Pedigree,
  pedigreeLikelihood,
} from '../../src/kinship/index.ts';
import { observedLikelihood } from '../../src/kinship/reference/pedigree-likelihood.ts';
import { mutations } from './population.ts';

const LABELS = ['9', '9.3', '10', '12'] as never[];

/** Families small enough to go through every genotype; the last two have loops. */
const PEDIGREES: Readonly<Record<string, Pedigree>> = {
  'a family': family([['f'], ['m'], ['c', 'f', 'm']]),
  'full siblings': family([['f'], ['m'], ['c', 'f', 'm'], ['d', 'f', 'm']]),
  'half siblings': family([['f'], ['m'], ['n'], ['c', 'f', 'm'], ['d', 'f', 'n']]),
  'grandfather and grandchild': family([['g'], ['f', 'g', null], ['c', 'f', null]]),
  strangers: family([['a'], ['b'], ['c']]),
  'a child of siblings': family([['f'], ['m'], ['c', 'f', 'm'], ['d', 'f', 'm'], ['e', 'c', 'd']]),
  'a child of father and daughter': family([['f'], ['m'], ['d', 'f', 'm'], ['e', 'f', 'd']]),
};

function family(
  members: readonly (readonly [id: string, father?: string | null, mother?: string | null])[],
): Pedigree {
  // prettier-ignore
  return members.map(([id, father = null, mother = null]) => ({ id, father, mother, sex: 'unknown' }));
}

const models: fc.Arbitrary<AlleleModel> = fc
  .record({
    mutation: mutations,
    weights: fc.array(fc.integer({ min: 5, max: 50 }), { minLength: 3, maxLength: 3 }),
    silentFrequency: fc.constantFrom(0, 0, 0.02),
    labels: fc.subarray(LABELS, { minLength: 3, maxLength: 3 }),
  })
  .map(({ mutation, weights, silentFrequency, labels }) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const entries = labels.map((label, place) => [label, weights[place]! / sum] as const);
    const table = makeLocusFrequencies('TH01' as Locus, entries, 200);
    return makeAlleleModel(table, mutation, { silentFrequency });
  });

const observations: fc.Arbitrary<Observation> = fc
  .record({
    seen: fc.constantFrom('two' as const, 'two' as const, 'one-of-two' as const),
    alleles: fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 })),
    dropOut: fc.constantFrom(0, 0, 0.1),
  })
  .map((one) => (one.seen === 'two' ? one : { ...one, alleles: [one.alleles[0], one.alleles[0]] }));

const seenIn = (pedigree: Pedigree): fc.Arbitrary<Map<string, Observation[]>> =>
  fc
    .tuple(
      ...pedigree.map(({ id }) =>
        fc.option(observations, { freq: 3 }).map((one) => [id, one] as const),
      ),
    )
    .map((all) => new Map(all.flatMap(([id, one]) => (one ? [[id, [one]]] : []))));

for (const [name, pedigree] of Object.entries(PEDIGREES)) {
  t.test(`elimination sums what going through every genotype sums: ${name}`, (t) => {
    let possible = 0;
    fc.assert(
      fc.property(models, seenIn(pedigree), fc.constantFrom(0, 0, 0.03), (model, seen, theta) => {
        const fast = pedigreeLikelihood(model, pedigree, seen, theta);
        const slow = observedLikelihood(model, pedigree, seen, theta);
        if (slow > 0) possible++;
        return Math.abs(fast - slow) <= 1e-12 * slow;
      }),
      { numRuns: 60 },
    );
    t.ok(possible > 10, `${possible} of 60 with a likelihood above 0`);
    t.end();
  });
}

t.test('a hypothesis against itself has LR 1, in both readings', (t) => {
  fc.assert(
    fc.property(models, seenIn(PEDIGREES['full siblings']!), (model, seen) => {
      const pedigree = PEDIGREES['full siblings']!;
      return (['mutates', 'population'] as const).every((untypedParent) => {
        const question = {
          h1: pedigree,
          h2: pedigree,
          typed: new Set(seen.keys()),
          theta: 0,
          untypedParent,
        };
        const { lr } = comparePedigrees(question, [{ name: 'TH01', model, observations: seen }]);
        return lr.kind === 'undefined' || (lr.kind === 'finite' && Math.abs(lr.log10Lr) < 1e-12);
      });
    }),
    { numRuns: 60 },
  );
  t.end();
});

t.test('the closed values of docs/math/pedigree.md', (t) => {
  const p = 0.1;
  const table = makeLocusFrequencies('TH01' as Locus, [['9', p], ['10', 0.2], ['12', 0.7]] as never, 200); // prettier-ignore
  const homozygote = (allele: number): Observation => ({
    seen: 'two',
    alleles: [allele, allele],
    dropOut: 0,
  });
  const ratio = (
    h1: Pedigree,
    seen: Map<string, Observation[]>,
    theta = 0,
    silentFrequency = 0,
  ): number => {
    const model = makeAlleleModel(table, { model: 'none' }, { silentFrequency });
    const h2 = h1
      .filter(({ id }) => seen.has(id))
      .map(({ id }) => ({ id, father: null, mother: null, sex: 'unknown' as const }));
    return pedigreeLikelihood(model, h1, seen, theta) / pedigreeLikelihood(model, h2, seen, theta);
  };
  const isClose = (actual: number, expected: number, name: string) =>
    t.ok(Math.abs(actual / expected - 1) < 1e-12, `${name}: ${actual}`);
  const siblings = new Map([['c', [homozygote(0)]], ['d', [homozygote(0)]]]); // prettier-ignore
  isClose(
    ratio(PEDIGREES['full siblings']!, siblings),
    (1 + p) ** 2 / (4 * p ** 2),
    'full siblings',
  );
  const theta = 0.03;
  const parent: Observation = { seen: 'two', alleles: [0, 1], dropOut: 0 };
  const child: Observation = { seen: 'two', alleles: [0, 2], dropOut: 0 };
  const duo = new Map([['f', [parent]], ['c', [child]]]); // prettier-ignore
  isClose(ratio(PEDIGREES['a family']!, duo, theta), (1 + 2 * theta) / (4 * (theta + (1 - theta) * p)), 'theta'); // prettier-ignore
  const s = 0.01;
  const [qa, qb] = [p * (1 - s), 0.2 * (1 - s)];
  const opposite = new Map([['f', [homozygote(1)]], ['c', [homozygote(0)]]]); // prettier-ignore
  isClose(
    ratio(PEDIGREES['a family']!, opposite, 0, s),
    s / ((qa + 2 * s) * (qb + 2 * s)),
    'silent',
  );
  t.end();
});
