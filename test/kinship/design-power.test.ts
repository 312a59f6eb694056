import fc from 'fast-check';
import t, { type Test } from 'tap';
import { readFrequencyCsv } from '../../src/formats/frequency-csv.ts';
import {
  type AlleleLabel,
  type CalculationParameters,
  calculate,
  ChanceModel,
  computePower,
  type Design,
  drawIndex,
  type FrequencyTable,
  type Hypothesis,
  type Locus,
  LocusModels,
  makeAlleleModel,
  makeHistogram,
  makeLocusFrequencies,
  type MutationParameters,
  parentageHypotheses,
  POWER_QUANTILES,
  type Relationship,
  relationshipHypothesis,
  seededRandom,
  unrelatedHypothesis,
} from '../../src/kinship/index.ts';
import { observedLikelihood } from '../../src/kinship/reference/pedigree-likelihood.ts';
import { readText } from '../package.ts';
import { D3, isClose, parametersOf, profileOf, tableOf } from './small-table.ts';

const TH01 = 'TH01' as Locus;
const FGA = 'FGA' as Locus;
const STEPWISE: MutationParameters = {
  model: 'stepwise',
  male: { rate: 0.02, range: 0.1 },
  female: { rate: 0.01, range: 0.1 },
};
const PARAMETERS: CalculationParameters = {
  ...parametersOf({ mutation: STEPWISE }),
  silentAlleles: [],
};

function designOf(relationship: Relationship, loci: readonly Locus[], threshold: number): Design {
  const h1 = relationshipHypothesis(relationship, 'A', 'B');
  const people = ['A', 'B'].map((id) => ({ id, dropOut: 0 }));
  return { hypotheses: { h1, h2: unrelatedHypothesis('A', 'B') }, people, loci, threshold };
}

type Outcome = { readonly log10Lr: number; readonly h1: number; readonly h2: number };

/** Every pair of genotypes at one locus, by the sum over all genotypes of everybody. */
function enumerate(table: FrequencyTable, locus: Locus, { hypotheses }: Design): Outcome[] {
  const model = makeAlleleModel(table.get(locus)!, STEPWISE);
  const places = [...model.frequencies.keys()];
  const genotypes = places.flatMap((a) => places.slice(a).map((b) => [a, b] as const));
  const seen = (alleles: readonly [number, number]) =>
    [{ seen: 'two', alleles, dropOut: 0, showsClasses: [] }] as const;
  const likelihood = ({ pedigree }: Hypothesis, ofA: readonly [number, number], ofB: readonly [number, number]) => // prettier-ignore
    observedLikelihood(model, pedigree, new Map([['A', seen(ofA)], ['B', seen(ofB)]])); // prettier-ignore
  return genotypes.flatMap((a) =>
    genotypes.map((b) => {
      const [h1, h2] = [likelihood(hypotheses.h1, a, b), likelihood(hypotheses.h2, a, b)];
      return { log10Lr: Math.log10(h1 / h2), h1, h2 };
    }),
  );
}

for (const relationship of ['parent-child', 'full-siblings', 'avuncular'] as const) {
  t.test(`${relationship}: as all genotypes at two loci, one by one`, (t) => {
    const table = new Map([
      [D3, tableOf({ 8: 0.1, 9: 0.25, 10: 0.65 })],
      [TH01, tableOf({ 6: 0.4, 7: 0.5, 9: 0.1 }, null, TH01)],
    ]);
    const ask = (threshold: number) =>
      computePower(table, PARAMETERS, designOf(relationship, [TH01, D3], threshold));
    const [first, second] = [TH01, D3].map((locus) =>
      enumerate(table, locus, designOf(relationship, [locus], 1)),
    );
    const share = (h: 'h1' | 'h2', least: number): number =>
      first!.reduce((sum, one) => {
        const reach = second!.filter((other) => one.log10Lr + other.log10Lr >= least);
        return sum + one[h] * reach.reduce((mass, other) => mass + other[h], 0);
      }, 0);
    const { h1, h2, drawnLoci, histogram } = ask(2);
    t.same(drawnLoci, [], 'exact');
    for (const [h, spread] of [['h1', h1] as const, ['h2', h2] as const]) {
      const moments = [first!, second!].map((outcomes) => {
        const mean = outcomes.reduce((sum, one) => sum + one[h] * one.log10Lr, 0);
        const variance = outcomes.reduce((sum, one) => sum + one[h] * (one.log10Lr - mean) ** 2, 0);
        return { mean, variance };
      });
      const mean = moments.reduce((sum, one) => sum + one.mean, 0);
      const variance = moments.reduce((sum, one) => sum + one.variance, 0);
      t.ok(Math.abs(spread.expectedLog10Lr!.value - mean) < 1e-12, `E | ${h}: ${mean}`);
      t.ok(Math.abs(spread.deviation! - Math.sqrt(variance)) < 1e-12, `deviation | ${h}`);
      spread.quantiles.forEach((log10Lr, place) => {
        const wanted = POWER_QUANTILES[place]!;
        t.ok(1 - share(h, log10Lr + 0.04) >= wanted - 1e-9, `${wanted} of ${h} lie below`);
        t.ok(1 - share(h, log10Lr - 0.04) <= wanted + 1e-9, `and no more: ${log10Lr}`);
      });
      isClose(t, histogram![h].reduce((sum, mass) => sum + mass, 0), 1, `histogram of ${h}`); // prettier-ignore
    }
    for (const threshold of [1.5, 3, 10, 25]) {
      const { steps } = ask(threshold);
      t.same(
        steps.map(({ locus }) => locus),
        [TH01, D3],
        'in the order asked for',
      );
      for (const [h, figure] of [
        ['h1', steps[1]!.recall] as const,
        ['h2', steps[1]!.chance] as const,
      ]) {
        // prettier-ignore
        const [least, most] = [0.04, -0.04].map((off) => share(h, Math.log10(threshold) + off));
        t.ok(figure.value >= least! - 1e-12 && figure.value <= most! + 1e-12, `${h} reaches ${threshold}: ${figure.value}`); // prettier-ignore
        t.equal(figure.standardError, 0);
      }
    }
    t.end();
  });
}

/** So many alleles that the genotypes of parents are drawn. */
const wide = (locus: Locus) => {
  const weights = Array.from({ length: 12 }, (_, place) => 1 + (place % 5));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const entries = weights.map((weight, place) => [String(8 + place) as AlleleLabel, weight / sum] as const); // prettier-ignore
  return makeLocusFrequencies(locus, entries, null);
};
const WIDE = new Map([D3, TH01, FGA].map((locus) => [locus, wide(locus)]));
const TRIO = parentageHypotheses('child', [
  { role: 'father', id: 'father' },
  { role: 'mother', id: 'mother' },
]);
const TRIO_DESIGN: Design = {
  hypotheses: TRIO,
  people: ['father', 'mother', 'child'].map((id) => ({ id, dropOut: 0 })),
  loci: [D3, TH01, FGA],
  threshold: 1000,
};

t.test('both parents, drawn: as plain simulation of families counts', { timeout: 120_000 }, (t) => {
  const power = computePower(WIDE, PARAMETERS, TRIO_DESIGN);
  t.same(power.drawnLoci, [D3, TH01, FGA]);
  const random = seededRandom(11);
  const { frequencies, transmission } = makeAlleleModel(wide(D3), STEPWISE);
  const { alleles } = wide(D3);
  const draw = (): number => drawIndex(random, frequencies);
  const passOn = (role: 'father' | 'mother', pair: readonly number[]): number => {
    const { size, values } = transmission[role];
    return drawIndex(random, values, pair[random() < 0.5 ? 0 : 1]! * size, size);
  };
  const write = (pair: readonly number[]): string => pair.map((place) => alleles[place]).join();
  const family = (related: boolean): Record<'father' | 'mother' | 'child', string> => {
    const [father, mother] = [[draw(), draw()], [draw(), draw()]]; // prettier-ignore
    const child = related ? [passOn('father', father), passOn('mother', mother)] : [draw(), draw()];
    return { father: write(father), mother: write(mother), child: write(child) };
  };
  const log10LrOf = (loci: readonly ReturnType<typeof family>[]): number => {
    const people = (['child', 'father', 'mother'] as const).map((id) => {
      const genotypes = loci.map((one, place): [string, string] => [
        TRIO_DESIGN.loci[place]!,
        one[id],
      ]);
      return { id, kit: null, dropOut: 0, profile: profileOf(Object.fromEntries(genotypes)) };
    });
    const question = { people, hypotheses: [TRIO.h1, TRIO.h2], asked: 'child' };
    const lr = calculate(WIDE, PARAMETERS, question).lrs[0]!;
    return lr.kind === 'finite' ? lr.log10Lr : NaN;
  };
  const families = 1_500;
  for (const [hypothesis, related] of [
    ['h1', true],
    ['h2', false],
  ] as const) {
    // prettier-ignore
    const lrs = Array.from({ length: families }, () =>
      log10LrOf(TRIO_DESIGN.loci.map(() => family(related))),
    );
    const { expectedLog10Lr, deviation } = power[hypothesis];
    const mean = lrs.reduce((sum, lr) => sum + lr, 0) / families;
    const { value, standardError } = expectedLog10Lr!;
    const error = Math.hypot(standardError, deviation! / Math.sqrt(families));
    t.ok(standardError > 0 && Math.abs(mean - value) < 4 * error, `E | ${hypothesis}: ${value} ± ${standardError}, counted ${mean}`); // prettier-ignore
    const { recall, chance } = power.steps.at(-1)!;
    const reaches = related ? recall : chance;
    const counted = lrs.filter((lr) => lr >= 3).length / families;
    const scatter = Math.sqrt(Math.max(reaches.value * (1 - reaches.value), 1e-3) / families);
    t.ok(Math.abs(counted - reaches.value) < 4 * Math.hypot(scatter, reaches.standardError), `${hypothesis} reaches: ${reaches.value}, counted ${counted}`); // prettier-ignore
  }
  t.end();
});

t.test('a design of fewer loci is where that of more has been', (t) => {
  const all = computePower(WIDE, PARAMETERS, TRIO_DESIGN).steps;
  TRIO_DESIGN.loci.forEach((_, place) => {
    const design = { ...TRIO_DESIGN, loci: TRIO_DESIGN.loci.slice(0, place + 1) };
    t.strictSame(computePower(WIDE, PARAMETERS, design).steps.at(-1), all[place]);
  });
  t.end();
});

t.test('chance is that of the candidates, and never above recall / threshold', (t) => {
  const table = readFrequencyCsv(readText('fixtures/frequencies/nist1036_all.csv'));
  const mutation: MutationParameters = { model: 'stepwise', male: { rate: 2e-3 }, female: { rate: 5e-4 } }; // prettier-ignore
  const parameters = { ...PARAMETERS, mutation };
  const loci = ['CSF1PO', 'D3S1358', 'D8S1179', 'TH01', 'vWA', 'D13S317'] as Locus[];
  const chances = new ChanceModel(new LocusModels(table, parameters));
  const shape = new Map(loci.map((locus) => [locus, 'parent' as const]));
  for (const threshold of [3, 30, 300]) {
    const { steps } = computePower(table, parameters, designOf('parent-child', loci, threshold));
    const { recall, chance } = steps.at(-1)!;
    const listed = chances.tailProbability(shape, Math.log10(threshold));
    t.ok(Math.abs(listed / chance.value - 1) < 0.25, `LR ≥ ${threshold}: ${chance.value}, listed ${listed}`); // prettier-ignore
    t.ok(chance.value <= (1.05 * recall.value) / threshold, 'the law of a likelihood ratio');
  }
  t.end();
});

t.test('for any frequencies, relationship and threshold', (t) => {
  const relationships = ['parent-child', 'full-siblings', 'grandparent', 'first-cousins'] as const;
  const run = fc.property(
    fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 5 }),
    fc.constantFrom(...relationships),
    fc.integer({ min: 1, max: 1000 }),
    (weights, relationship, threshold) => {
      const sum = weights.reduce((all, weight) => all + weight, 0);
      const entries = Object.fromEntries(weights.map((weight, at) => [String(8 + at), weight / sum])); // prettier-ignore
      const table = new Map([D3, TH01].map((locus) => [locus, tableOf(entries, null, locus)]));
      const { steps, h1, h2 } = computePower(table, PARAMETERS, designOf(relationship, [D3, TH01], threshold)); // prettier-ignore
      for (const { recall, chance } of steps) {
        // A bin of 0.02, and what its grid spreads.
        if (chance.value > (1.06 * recall.value) / threshold + 1e-15) return false;
        if (recall.value > 1 || chance.value < 0) return false;
      }
      const rising = (quantiles: readonly number[]): boolean =>
        quantiles.every((one, at) => at === 0 || one >= quantiles[at - 1]!);
      const [related, unrelated] = [h1, h2].map((one) => one.expectedLog10Lr!.value);
      return rising(h1.quantiles) && rising(h2.quantiles) && related! >= -1e-12 && unrelated! <= 1e-12; // prettier-ignore
    },
  );
  t.doesNotThrow(() => {
    fc.assert(run, { numRuns: 60 });
  });
  t.end();
});

t.test('without mutation a pair is excluded by opposite homozygotes', (t) => {
  const table = new Map([[D3, tableOf({ 8: 0.3, 9: 0.7 })]]);
  const design = designOf('parent-child', [D3, FGA], 1.2);
  const none = { ...PARAMETERS, mutation: { model: 'none' } as const };
  const { h1, h2, notInTable, histogram } = computePower(table, none, design);
  t.same(notInTable, [FGA]);
  t.equal(h1.excludes.value, 0);
  isClose(t, h2.excludes.value, 2 * 0.09 * 0.49, 'p²q², either way');
  t.equal(h2.expectedLog10Lr, null, 'LR 0 is possible');
  t.equal(h2.quantiles[0], -Infinity);
  isClose(t, histogram!.h2.reduce((sum, mass) => sum + mass, 0), 1 - 2 * 0.09 * 0.49, 'LR 0 stands in no bin'); // prettier-ignore
  t.throws(() => computePower(table, none, { ...design, threshold: 0.5 }), { code: 'PARAMETER_INVALID' }); // prettier-ignore
  t.end();
});

t.test('a histogram is on round numbers and loses nothing', (t) => {
  const one = { first: -7, mass: Float64Array.of(0.25, 0, 0.75), below: 0 };
  const other = { first: 12, mass: Float64Array.of(1), below: 0 };
  const made = makeHistogram(one, other, 0.02)!;
  expectClose(t, [made.from, made.width], [-0.2, 0.1]);
  t.same(made.h1, [0.25, 0.75, 0, 0, 0], '-7 and -5 fine bins: -0.14 and -0.1');
  t.same(made.h2, [0, 0, 0, 0, 1], '12 fine bins: 0.24');
  const far = makeHistogram(one, { first: 40_000, mass: Float64Array.of(1), below: 0 }, 0.02)!;
  t.ok(far.h1.length <= 120, `${far.h1.length} bins`);
  t.equal(makeHistogram({ ...one, mass: Float64Array.of(0) }, { ...one, mass: Float64Array.of(0) }, 0.02), null); // prettier-ignore
  t.end();
});

function expectClose(t: Test, actual: readonly number[], expected: readonly number[]): void {
  actual.forEach((one, at) => {
    t.ok(Math.abs(one - expected[at]!) < 1e-12, `${one}, expected ${expected[at]!}`);
  });
}
