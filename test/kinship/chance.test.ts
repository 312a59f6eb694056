import t from 'tap';
import { readFrequencyCsv } from '../../src/formats/frequency-csv.ts';
import {
  type AllelePair,
  boundChance,
  ChanceModel,
  type ComparisonShape,
  type Locus,
  type LocusModel,
  LocusModels,
  observationProbability,
  parentageLikelihoods,
  type ParentsTyped,
  type TypedParent,
} from '../../src/kinship/index.ts';
import { readText } from '../package.ts';
import { shareAbove, simulateLog10Lrs, tailFromRelated } from './plain-simulation.ts';
import { D3, isClose, parametersOf, tableOf } from './small-table.ts';

// The figures that this file prints stand in docs/math/chance.md.

const TABLE = readFrequencyCsv(readText('fixtures/frequencies/nist1036_all.csv'));
const MODELS = new LocusModels(
  TABLE,
  parametersOf({
    mutation: {
      model: 'stepwise',
      male: { rate: 2e-3, rate2: 1e-6, range: 0.1 },
      female: { rate: 5e-4, rate2: 1e-6, range: 0.1 },
    },
  }),
);
const FIVE = ['CSF1PO', 'D3S1358', 'D8S1179', 'TH01', 'vWA'] as Locus[];
const FOUR = ['CSF1PO', 'D3S1358', 'TH01', 'vWA'] as Locus[];

const shapeOf = (loci: readonly Locus[], parents: ParentsTyped): ComparisonShape =>
  new Map(loci.map((locus) => [locus, parents]));

const chance = new ChanceModel(MODELS);

const plainly = [
  { loci: FIVE, parents: 'father', log10Lrs: [0, 1, 1.526, 2, 2.026, 2.5] },
  { loci: FOUR, parents: 'both', log10Lrs: [0, 1, 1.526, 2, 2.526, 3] },
] as const;

for (const { loci, parents, log10Lrs } of plainly) {
  t.test(`${loci.length} loci, ${parents} typed: the tail is that of a plain simulation`, (t) => {
    const families = 1_000_000;
    const simulated = simulateLog10Lrs(MODELS, { loci, parents, families, seed: 7 }, 'unrelated');
    for (const log10Lr of log10Lrs) {
      const counted = shareAbove(simulated, log10Lr);
      const ratio = chance.tailProbability(shapeOf(loci, parents), log10Lr) / counted;
      const error = ratio / Math.sqrt(counted * families);
      t.comment(`log10 LR ${log10Lr}: ${counted.toExponential(2)}, ratio ${ratio.toFixed(3)} ± ${error.toFixed(3)}`); // prettier-ignore
      t.ok(counted * families > 80, 'enough families to compare with');
      t.ok(ratio > 0.95 - 3 * error && ratio < 1.2 + 3 * error, `ratio ${ratio} at ${log10Lr}`);
    }
    t.end();
  });
}

t.test('21 loci, father typed: the tail is that of related families weighted by 1/LR', (t) => {
  const loci = [...TABLE.keys()].slice(0, 21);
  const simulation = { loci, parents: 'father', families: 100_000, seed: 11 } as const;
  const simulated = simulateLog10Lrs(MODELS, simulation, 'related');
  for (const log10Lr of [4, 4.026, 5, 6, 6.026, 8]) {
    const expected = tailFromRelated(simulated, log10Lr);
    const ratio = chance.tailProbability(shapeOf(loci, 'father'), log10Lr) / expected;
    t.comment(`log10 LR ${log10Lr}: ${expected.toExponential(2)}, ratio ${ratio.toFixed(3)}`);
    t.ok(ratio > 0.95 && ratio < 1.2, `ratio ${ratio} at ${log10Lr}`);
  }
  t.end();
});

t.test('one locus of two alleles: the tail is the exact one', (t) => {
  const [a, b] = [0.3, 0.7];
  const models = new LocusModels(new Map([[D3, tableOf({ 8: a, 9: b })]]), parametersOf());
  const shape = shapeOf([D3], 'father');
  const tails = [
    [1 / a, a ** 4],
    [1 / b, a ** 4 + 4 * a ** 3 * b + b ** 4],
    [1 / (4 * a * b), a ** 4 + 4 * a ** 3 * b + b ** 4 + 4 * a ** 2 * b ** 2],
  ] as const;
  for (const [lr, exact] of tails) {
    const estimated = new ChanceModel(models).tailProbability(shape, Math.log10(lr) - 0.025);
    t.ok(Math.abs(estimated / exact - 1) < 0.1, `LR ${lr}: ${estimated}, exactly ${exact}`);
  }
  t.end();
});

t.test('with silent alleles and drop-out: the tail is the exact one', (t) => {
  const silentAlleles = [{ locus: D3, kit: null, frequency: 0.05 }];
  const table = new Map([[D3, tableOf({ 8: 0.3, 9: 0.7 })]]);
  for (const hidden of [{ silentAlleles }, { dropOut: 0.1 }, { silentAlleles, dropOut: 0.1 }]) {
    const models = new LocusModels(table, { ...parametersOf(), ...hidden });
    for (const parents of ['father', 'both'] as const) {
      const exact = exactTails(models.for(D3, [])!, parents);
      t.ok(exact.length > 3, `${exact.length} values of LR above 1`);
      for (const { log10Lr, tail } of exact) {
        // A tail next to another LR that lies within the grid's bins is not told apart.
        if (exact.some((one) => one.tail > tail && log10Lr - one.log10Lr < 0.1)) continue;
        const shape = shapeOf([D3], parents);
        const estimated = new ChanceModel(models).tailProbability(shape, log10Lr - 0.025);
        // About tail · LR of the 5,000 related families reach it.
        const tolerance = 0.05 + 3 / Math.sqrt(5_000 * tail * 10 ** log10Lr);
        const what = `${parents}, log10 LR ${log10Lr}: ${estimated}, exactly ${tail}`;
        t.ok(Math.abs(estimated / tail - 1) < tolerance, what);
      }
    }
  }
  t.end();
});

t.test('the bound that holds for every model', (t) => {
  t.same([-1, 0, 2].map(boundChance), [1, 1, 0.01]);
  t.end();
});

t.test('fathers and mothers are simulated with their own rates', (t) => {
  const [a, b] = [0.3, 0.7];
  const mutation = { model: 'equal', male: { rate: 0 }, female: { rate: b } } as const;
  const table = new Map([[D3, tableOf({ 8: a, 9: b })]]);
  const own = new ChanceModel(new LocusModels(table, parametersOf({ mutation })));
  const tail = (role: ParentsTyped): number =>
    own.tailProbability(shapeOf([D3], role), Math.log10(5));
  // aa → aa reaches (a² + b²)/a² with a father; with a mother nothing reaches 5, and the largest LR stands for it.
  t.ok(Math.abs(tail('father') / a ** 4 - 1) < 0.15, `${tail('father')}, exactly ${a ** 4}`);
  t.ok(tail('mother') > 0 && tail('mother') < 1 / 5, 'not above the bound');
  t.end();
});

t.test('where everybody has LR 1, no chance exceeds its bound', (t) => {
  const models = new LocusModels(new Map([[D3, tableOf({ 8: 1 })]]), parametersOf());
  const single = new ChanceModel(models);
  isClose(t, single.tailProbability(shapeOf([D3], 'both'), 0), 1, 'LR 1');
  t.equal(single.tailProbability(shapeOf([D3], 'both'), 0.02), 10 ** -0.02, 'within half a bin');
  t.end();
});

t.test('the mean LR of unrelated people is 1, exactly', (t) => {
  for (const locus of FIVE) {
    for (const roles of [['father'], ['mother'], ['parent'], ['father', 'mother']] as const) {
      isClose(t, meanLr(locus, roles), 1, `${locus}, ${roles.join(' and ')}`);
    }
  }
  t.end();
});

t.test('and over five loci, within the error of a simulation', (t) => {
  const simulation = { loci: FIVE, parents: 'father', families: 200_000, seed: 13 } as const;
  const lrs = simulateLog10Lrs(MODELS, simulation, 'unrelated').map((log10Lr) => 10 ** log10Lr);
  const mean = lrs.reduce((sum, lr) => sum + lr, 0) / lrs.length;
  const variance = lrs.reduce((sum, lr) => sum + (lr - mean) ** 2, 0) / lrs.length;
  const error = Math.sqrt(variance / lrs.length);
  t.ok(Math.abs(mean - 1) < 4 * error && error < 0.05, `${mean} ± ${error}`);
  t.end();
});

t.test(
  'the tail falls up to the largest simulated LR, always below 1/LR, and is 1/LR beyond',
  (t) => {
    for (const parents of ['father', 'mother', 'parent', 'both'] as const) {
      const tails = Array.from({ length: 200 }, (_, step) =>
        chance.tailProbability(shapeOf(['TH01' as Locus], parents), step / 20),
      );
      const bounds = tails.map((_, step) => 10 ** -(step / 20));
      t.ok(tails.every((tail, step) => tail <= bounds[step]!));
      const largest = tails.findLastIndex((tail, step) => tail < bounds[step]!);
      t.ok(largest > 10 && largest < 150, `${parents}: largest simulated LR 10^${largest / 20}`);
      t.ok(tails.slice(1, largest + 1).every((tail, step) => tail <= tails[step]!));
    }
    t.end();
  },
);

t.test('the answer does not depend on what was asked before, nor on the order of the loci', (t) => {
  const asked = chance.tailProbability(shapeOf(FIVE, 'father'), 2);
  const fresh = new ChanceModel(MODELS);
  t.equal(fresh.tailProbability(shapeOf([...FIVE].reverse(), 'father'), 2), asked);
  t.equal(fresh.tailProbability(shapeOf(FIVE, 'father'), 2), asked);
  const mixed: ComparisonShape = new Map([...shapeOf(FIVE, 'father'), ['TH01' as Locus, 'both']]);
  t.not(fresh.tailProbability(mixed, 2), asked, 'but on the parents typed at each');
  t.end();
});

t.test('a locus that the table lacks cannot be simulated', (t) => {
  const shape = shapeOf(['APOAI1' as Locus], 'father');
  t.throws(
    () => chance.tailProbability(shape, 2),
    new RangeError('the frequency table lacks APOAI1'),
  );
  t.end();
});

/** By LR above 1, P(at least that | unrelated, everybody seen): through all that can be seen. */
function exactTails(
  model: LocusModel,
  parents: 'father' | 'both',
): { log10Lr: number; tail: number }[] {
  const [a, b] = model.table.alleles as [never, never];
  const genotypes: AllelePair[] = [[a, a], [a, b], [b, b]]; // prettier-ignore
  const seen = genotypes.map((genotype) => ({ genotype, share: chanceToSee(model, genotype) }));
  const total = seen.reduce((sum, { share }) => sum + share, 0);
  const families = seen.flatMap((child) =>
    seen.flatMap((father) =>
      (parents === 'both' ? seen : [{ genotype: null, share: total }]).map((mother) => {
        const typed: TypedParent[] = [{ role: 'father', genotype: father.genotype }];
        if (mother.genotype) typed.push({ role: 'mother', genotype: mother.genotype });
        const likelihoods = parentageLikelihoods(model, child.genotype, typed as [TypedParent]);
        const lr = likelihoods.numerator / likelihoods.denominator;
        return { lr, share: (child.share * father.share * mother.share) / total ** 3 };
      }),
    ),
  );
  const lrs = [...new Set(families.map(({ lr }) => lr).filter((lr) => lr > 1))];
  return lrs.map((lr) => ({
    log10Lr: Math.log10(lr),
    tail: families.reduce((sum, one) => sum + (one.lr >= lr ? one.share : 0), 0),
  }));
}

/** P(this is seen of a founder), through all pairs of alleles. */
function chanceToSee({ alleles, table, dropOut }: LocusModel, genotype: AllelePair): number {
  const places = genotype.map((allele) => table.alleles.indexOf(allele)) as [number, number];
  let sum = 0;
  alleles.frequencies.forEach((p, one) => {
    alleles.frequencies.forEach((q, other) => {
      const [first, second] = [alleles.looks[one]!, alleles.looks[other]!];
      sum += p * q * observationProbability({ seen: 'two', alleles: places, dropOut }, first, second); // prettier-ignore
    });
  });
  return sum;
}

/** Σ P(parents) · P(child | unrelated) · LR over all ordered genotypes at one locus. */
function meanLr(locus: Locus, roles: readonly TypedParent['role'][]): number {
  const model = MODELS.for(locus, [])!;
  const { alleles, frequencies: p } = model.table;
  const indexes = alleles.map((_, index) => index);
  const parents: { probability: number; typed: TypedParent[] }[] = roles.reduce(
    (families, role) =>
      families.flatMap(({ probability, typed }) =>
        indexes.flatMap((a) =>
          indexes.slice(a).map((b) => ({
            probability: probability * p[a]! * p[b]! * (a === b ? 1 : 2),
            typed: [...typed, { role, genotype: [alleles[a]!, alleles[b]!] as const }],
          })),
        ),
      ),
    [{ probability: 1, typed: [] as TypedParent[] }],
  );
  let mean = 0;
  for (const { probability, typed } of parents) {
    for (const a of indexes) {
      for (const b of indexes.slice(a)) {
        const child = [alleles[a]!, alleles[b]!] as const;
        mean += probability * parentageLikelihoods(model, child, typed as [TypedParent]).numerator;
      }
    }
  }
  return mean;
}
