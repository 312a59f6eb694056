import fc from 'fast-check';
import { isDeepStrictEqual as same } from 'node:util';
import t from 'tap';
import {
  comparePedigrees,
  founderLikelihood,
  genotypeLikelihoods,
  lnLikelihood,
  type Locus,
  makeAlleleModel,
  makeLocusFrequencies,
  type Observation,
  type Pedigree,
  pedigreeLikelihood,
  type Sex,
  shareFounders,
} from '../../src/kinship/index.ts';
import { observedLikelihood } from '../../src/kinship/reference/pedigree-likelihood.ts';
import {
  family,
  likelihood,
  manyAlleles,
  models,
  PEDIGREES,
  randomPedigrees,
  seenIn,
  twoSeen,
} from './pedigrees.ts';

for (const [name, pedigree] of Object.entries(PEDIGREES)) {
  t.test(`elimination sums what going through every genotype sums: ${name}`, (t) => {
    let possible = 0;
    fc.assert(
      fc.property(models, seenIn(pedigree), fc.constantFrom(0, 0, 0.03), (model, seen, theta) => {
        const fast = likelihood(model, pedigree, seen, theta);
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

t.test('elimination sums what going through every genotype sums: random pedigrees', (t) => {
  let possible = 0;
  fc.assert(
    fc.property(
      randomPedigrees.chain((pedigree) => fc.tuple(fc.constant(pedigree), seenIn(pedigree))),
      models,
      fc.constantFrom(0, 0, 0.01, 0.9),
      ([pedigree, seen], model, theta) => {
        const untyped = pedigree.filter(({ id }) => !seen.has(id)).length;
        fc.pre(model.frequencies.length ** (2 * untyped) < 20_000);
        const slow = observedLikelihood(model, pedigree, seen, theta);
        if (slow > 0) possible++;
        return Math.abs(likelihood(model, pedigree, seen, theta) - slow) <= 1e-12 * slow;
      },
    ),
    { numRuns: 300 },
  );
  t.ok(possible > 100, `${possible} of 300 with a likelihood above 0`);
  t.end();
});

t.test('a hypothesis against itself has LR 1, in both readings', (t) => {
  fc.assert(
    fc.property(models, seenIn(PEDIGREES['full siblings']!), (model, seen) => {
      const H = { text: 'H', pedigree: PEDIGREES['full siblings']! };
      return (['mutates', 'population'] as const).every((untypedParent) => {
        const question = {
          hypotheses: [H, H],
          typed: new Set(seen.keys()),
          theta: 0,
          untypedParent,
        };
        const { lrs } = comparePedigrees(question, [{ name: 'TH01', model, observations: seen }]);
        return lrs.every(
          (lr) => lr.kind === 'undefined' || same(lr, { kind: 'finite', log10Lr: 0 }),
        );
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
    const model = makeAlleleModel(
      table,
      { model: 'none' },
      silentFrequency > 0 ? [{ frequency: silentFrequency, shownToSome: false }] : [],
    );
    const h2 = h1
      .filter(({ id }) => seen.has(id))
      .map(({ id }) => ({ id, father: null, mother: null, sex: 'unknown' as const }));
    return likelihood(model, h1, seen, theta) / likelihood(model, h2, seen, theta);
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

t.test('ways to share founder alleles add up to drawing them one after another', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 6 }),
      fc.double({ min: 0.001, max: 0.9, noNaN: true }),
      (drawn, theta) => {
        const frequencies = Float64Array.of(0.2, 0.3, 0.5);
        const founders = drawn.map((allele, variable) => ({ variable, domain: [allele] }));
        const ways = shareFounders({ sites: founders, alike: [], drawnBefore: 0 }, theta, 1000)!;
        const sum = ways.reduce((total, { weight, siteOf }) => {
          const shared = new Set(siteOf.values());
          const probability = [...shared].reduce(
            (all, { domain }) => all * (1 - theta) * frequencies[domain[0]!]!,
            1,
          );
          return total + weight * probability;
        }, 0);
        const expected = founderLikelihood(frequencies, drawn, theta).mantissa;
        return Math.abs(sum - expected) <= 1e-12 * expected;
      },
    ),
  );
  const three = [0, 1, 2].map((variable) => ({ variable, domain: [0, 1] }));
  const unknown = { sites: three, alike: [], drawnBefore: 0 };
  t.equal(shareFounders(unknown, 0.1, 4), null, 'five ways, and no more than four are wanted');
  t.equal(shareFounders(unknown, 0.1, 5)?.length, 5);
  const alike = shareFounders({ ...unknown, alike: [[0, 1]] }, 0.1, 5)!;
  t.equal(alike.length, 4, 'a third like the first or like the second is one way');
  t.end();
});

t.test('theta with many alleles and untyped founders goes through ways to share them', (t) => {
  const model = manyAlleles(12);
  const seen = new Map([['c', twoSeen(0, 3)], ['d', twoSeen(2, 3)]]); // prettier-ignore
  const fast = likelihood(model, PEDIGREES['full siblings']!, seen, 0.03);
  const slow = observedLikelihood(model, PEDIGREES['full siblings']!, seen, 0.03);
  t.ok(Math.abs(fast / slow - 1) < 1e-12, `${fast}, ${slow}`);
  t.end();
});

t.test('untyped people between typed ones: opened meioses sum what all genotypes sum', (t) => {
  const sexes = { f: 'male', m: 'female', c: 'male', d: 'female' } as Record<string, Sex>;
  const cousins = family([['f'], ['m'], ['c', 'f', 'm'], ['d', 'f', 'm'], ['x', 'c', null], ['y', null, 'd']]).map((one) => ({ ...one, sex: sexes[one.id] ?? 'unknown' })); // prettier-ignore
  const model = manyAlleles(5);
  for (const [x, y] of [
    [twoSeen(0, 3), twoSeen(3, 1)],
    [twoSeen(0, 0), twoSeen(4, 2)],
  ] as const) {
    const seen = new Map([['x', x], ['y', y]]); // prettier-ignore
    const fast = likelihood(model, cousins, seen);
    const slow = observedLikelihood(model, cousins, seen);
    t.ok(Math.abs(fast / slow - 1) < 1e-12, `${fast}, ${slow}`);
  }
  t.end();
});

t.test('order of people and of alleles does not matter', (t) => {
  fc.assert(
    fc.property(
      models,
      fc.constantFrom(...Object.values(PEDIGREES)).chain((pedigree) =>
        fc.record({
          pedigree: fc.constant(pedigree),
          shuffled: fc.shuffledSubarray([...pedigree], { minLength: pedigree.length }),
          seen: seenIn(pedigree),
        }),
      ),
      fc.constantFrom(0, 0.03),
      (model, { pedigree, shuffled, seen }, theta) => {
        const turned = new Map(
          [...seen]
            .reverse()
            .map(([id, all]) => [
              id,
              all.map((one) => ({ ...one, alleles: [one.alleles[1], one.alleles[0]] as const })),
            ]),
        );
        const one = likelihood(model, pedigree, seen, theta);
        const other = likelihood(model, shuffled, turned, theta);
        return Math.abs(one - other) <= 1e-12 * one;
      },
    ),
    { numRuns: 200 },
  );
  t.end();
});

t.test('everything that two people can show has probability 1 together', (t) => {
  const pairs = [0, 1, 2].flatMap((a) =>
    [0, 1, 2].filter((b) => b >= a).map((b) => [a, b] as const),
  );
  fc.assert(
    fc.property(
      models.filter(({ frequencies }) => frequencies.length === 3),
      fc.constantFrom('a family', 'full siblings', 'a child of siblings'),
      fc.constantFrom(0, 0.03),
      (model, name, theta) => {
        const pedigree = PEDIGREES[name]!;
        const [first, second] = pedigree.slice(-2).map(({ id }) => id) as [string, string];
        let sum = 0;
        for (const one of pairs) {
          for (const other of pairs) {
            const seen = new Map<string, Observation[]>([
              [first, [{ seen: 'two', alleles: one, dropOut: 0 }]],
              [second, [{ seen: 'two', alleles: other, dropOut: 0 }]],
            ]);
            sum += likelihood(model, pedigree, seen, theta);
          }
        }
        return Math.abs(sum - 1) < 1e-12;
      },
    ),
    { numRuns: 40 },
  );
  t.end();
});

t.test('the genotypes that a person may have add up to not looking at the person', (t) => {
  fc.assert(
    fc.property(
      models,
      fc.constantFrom(...Object.values(PEDIGREES)).chain((pedigree) =>
        fc.record({
          pedigree: fc.constant(pedigree),
          seen: seenIn(pedigree),
          asked: fc.constantFrom(...pedigree.map(({ id }) => id)),
        }),
      ),
      fc.constantFrom(0, 0, 0.03),
      (model, { pedigree, seen, asked }, theta) => {
        seen.delete(asked);
        const table = genotypeLikelihoods(model, pedigree, seen, asked, theta);
        const expected = likelihood(model, pedigree, seen, theta);
        const sum = table.values.reduce((total, value) => total + value, 0) * 2 ** table.exponent;
        const size = model.frequencies.length;
        const [i, j] = [size - 1, 0];
        const own = { seen: 'two' as const, alleles: [i, j] as const, dropOut: 0 };
        const isVisible = model.looks[i] === i;
        const pair = table.values[i * size + j]! + table.values[j * size + i]!;
        const seenToo = new Map([...seen, [asked, [own]] as const]);
        const agrees =
          !isVisible ||
          Math.abs(pair * 2 ** table.exponent - likelihood(model, pedigree, seenToo, theta)) <=
            1e-12 * expected;
        return agrees && Math.abs(sum - expected) <= 1e-12 * expected;
      },
    ),
    { numRuns: 200 },
  );
  t.end();
});

t.test('theta and rates that go to 0 meet the plain forms', (t) => {
  const table = makeLocusFrequencies('TH01' as Locus, [['9', 0.2], ['10', 0.3], ['12', 0.5]] as never, 200); // prettier-ignore
  const rate = { rate: 1e-12, rate2: 1e-12, range: 0.1 };
  const nearly = makeAlleleModel(table, { model: 'stepwise', male: rate, female: rate });
  const plain = makeAlleleModel(table, { model: 'none' });
  let possible = 0;
  fc.assert(
    fc.property(
      fc
        .constantFrom(...Object.values(PEDIGREES))
        .chain((pedigree) => fc.tuple(fc.constant(pedigree), seenIn(pedigree))),
      ([pedigree, seen]) => {
        const expected = likelihood(plain, pedigree, seen);
        if (expected > 0) possible++;
        const withTheta = likelihood(plain, pedigree, seen, 1e-12);
        const withRate = likelihood(nearly, pedigree, seen);
        return [withTheta, withRate].every((one) => Math.abs(one - expected) < 1e-9);
      },
    ),
    { numRuns: 200 },
  );
  t.ok(possible > 50, `${possible} of 200 possible without mutation`);
  t.end();
});

t.test('many children of one couple: no product of their tables is lost', (t) => {
  const table = makeLocusFrequencies('TH01' as Locus, [['8', 0.2], ['9.3', 0.3], ['12', 0.5]] as never, 200); // prettier-ignore
  const rates = { male: { rate: 0.002, rate2: 1e-6 }, female: { rate: 0.0005, rate2: 1e-6 } };
  const model = makeAlleleModel(table, { model: 'stepwise', ...rates });
  const homozygote = (allele: number): Observation[] => twoSeen(allele, allele);
  const parents = family([['f'], ['m']]).map((one) => ({
    ...one,
    sex: one.id === 'f' ? ('male' as const) : ('female' as const),
  }));
  const { father, mother } = model.transmission;
  const [fromFather, fromMother] = [father.values[1 * 3]!, mother.values[1 * 3]!];
  for (const count of [10, 60, 98]) {
    const children = Array.from({ length: count }, (_, n) => [`${n}`, 'f', 'm'] as const);
    const pedigree = [...parents, ...family(children)];
    const seen = new Map([
      ['f', homozygote(1)],
      ['m', homozygote(1)],
      ...children.map(([id]) => [id, homozygote(0)] as const),
    ]);
    const ln = lnLikelihood(pedigreeLikelihood(model, pedigree, seen));
    const expected = 4 * Math.log(0.3) + count * Math.log(fromFather * fromMother);
    t.ok(Math.abs(ln / expected - 1) < 1e-12, `${count} children: e^${ln}`);
  }
  t.end();
});

t.test('a likelihood smaller than any double is a likelihood', (t) => {
  const table = makeLocusFrequencies(
    'TH01' as Locus,
    [
      ['9', 1e-4],
      ['10', 0.9999],
    ] as never,
    200,
  );
  const model = makeAlleleModel(table, { model: 'none' });
  const strangers = family(Array.from({ length: 100 }, (_, n) => [`${n}`] as const));
  const seen = new Map(
    strangers.map(({ id }): [string, Observation[]] => [
      id,
      [{ seen: 'two', alleles: [0, 0], dropOut: 0 }],
    ]),
  );
  const ln = lnLikelihood(pedigreeLikelihood(model, strangers, seen));
  t.ok(Math.abs(ln / (200 * Math.log(1e-4)) - 1) < 1e-12, `e^${ln}`);
  t.end();
});
