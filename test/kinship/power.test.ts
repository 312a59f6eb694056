import t, { type Test } from 'tap';
import {
  type AlleleLabel,
  type CalculationParameters,
  calculate,
  type ComparedPerson,
  drawIndex,
  familyHypotheses,
  type FrequencyTable,
  type Locus,
  makeAlleleModel,
  makeLocusFrequencies,
  type MutationParameters,
  type Outlook,
  type OutlookQuestion,
  parentageHypotheses,
  parentageLikelihoods,
  RatioForesight,
  relationshipHypothesis,
  seededRandom,
  unrelatedHypothesis,
} from '../../src/kinship/index.ts';
import { alleles, D3, isClose, modelOf, parametersOf, profileOf, tableOf } from './small-table.ts';

const TH01 = 'TH01' as Locus;
const FGA = 'FGA' as Locus;
const PARAMETERS: CalculationParameters = { ...parametersOf(), silentAlleles: [] };
const STEPWISE: MutationParameters = {
  model: 'stepwise',
  male: { rate: 0.02, range: 0.1 },
  female: { rate: 0.01, range: 0.1 },
};
const DUO = parentageHypotheses('child', [{ role: 'father', id: 'father' }]);
const TRIO = familyHypotheses('child', [
  { id: 'father', relation: 'father' },
  { id: 'mother', relation: 'mother' },
]);

const person = (id: string, genotypes: Readonly<Record<string, string>>): ComparedPerson => ({
  ...{ id, kit: null, dropOut: 0 },
  profile: profileOf(genotypes),
});
const typing = (id: string, ...loci: Locus[]) => ({ id, kit: null, dropOut: 0, loci });

function foresee(
  table: FrequencyTable,
  question: OutlookQuestion,
  changes: Partial<CalculationParameters> = {},
): Outlook {
  return new RatioForesight(table, { ...PARAMETERS, ...changes }, question).outlook();
}

t.test('the worked example of docs/math/power.md', (t) => {
  const table = new Map([[D3, tableOf({ 12: 0.2, 14: 0.8 })]]);
  const people = [person('child', { D3S1358: '12,12' }), person('father', { D3S1358: '12,12' })];
  const question = { people, hypotheses: TRIO, typings: [typing('mother', D3)], threshold: 20 };
  const { log10LrNow, h1, h2, settles, drawnLoci } = foresee(table, question);
  isClose(t, log10LrNow, Math.log10(5), 'LR now 1/p');
  isClose(t, h1.expectedLog10Lr!.value, 0.2 * Math.log10(25) + 0.8 * Math.log10(12.5), 'E | H1');
  isClose(t, h1.deviation!, 0.4 * Math.log10(2), 'deviation | H1');
  isClose(t, h1.reaches.value, 0.2, 'only a homozygous mother reaches 20');
  t.equal(h1.excludes.value, 0);
  t.equal(h2.expectedLog10Lr, null, 'LR 0 is possible');
  isClose(t, h2.excludes.value, 0.64, 'a mother without it');
  isClose(t, h2.falls.value, 0.64, 'nothing else falls');
  isClose(t, h2.reaches.value, 0.04, 'p²');
  isClose(t, settles.value, (0.2 + 0.96) / 2, 'right side of the threshold');
  t.same(drawnLoci, [], 'exact');
  t.equal(settles.standardError, 0);
  t.end();
});

t.test('power of a duo at two loci is that of all its genotypes', (t) => {
  const frequencies = { 8: 0.1, 9: 0.25, 10: 0.65 };
  const model = modelOf(frequencies, { mutation: STEPWISE });
  const labels = model.table.alleles;
  const genotypes = labels.flatMap((a, i) => labels.slice(i).map((b) => [a, b] as const));
  const outcomes = genotypes.flatMap((child) =>
    genotypes.map((father) => {
      const { numerator, denominator } = parentageLikelihoods(model, child, [
        { role: 'father', genotype: father },
      ]);
      const [a, b] = father.map((label) => model.table.frequencies[labels.indexOf(label)]!);
      const drawn = (father[0] === father[1] ? 1 : 2) * a! * b!;
      return { log10Lr: Math.log10(numerator / denominator), h1: numerator * drawn, h2: denominator * drawn }; // prettier-ignore
    }),
  );
  const table = new Map([D3, TH01].map((locus) => [locus, tableOf(frequencies, null, locus)]));
  const typings = [typing('father', D3, TH01), typing('child', D3, TH01)];
  const ask = (threshold: number): Outlook =>
    foresee(table, { people: [], hypotheses: DUO, typings, threshold }, { mutation: STEPWISE });
  for (const h of ['h1', 'h2'] as const) {
    const mean = outcomes.reduce((sum, one) => sum + one[h] * one.log10Lr, 0);
    isClose(t, ask(10)[h].expectedLog10Lr!.value, 2 * mean, `E | ${h}`);
    for (const threshold of [3, 10, 25, 60]) {
      const share = (log10Lr: number): number =>
        outcomes.reduce((sum, one) => {
          const reach = outcomes.filter((other) => one.log10Lr + other.log10Lr >= log10Lr);
          return sum + one[h] * reach.reduce((mass, other) => mass + other[h], 0);
        }, 0);
      const { reaches } = ask(threshold)[h];
      const [least, most] = [0.04, -0.04].map((off) => share(Math.log10(threshold) + off));
      t.ok(reaches.value >= least! - 1e-12 && reaches.value <= most! + 1e-12, `${h}, ${threshold}`);
    }
  }
  t.end();
});

/** So many alleles that the genotypes of a parent are drawn. */
const WIDE = Object.fromEntries(
  Array.from({ length: 14 }, (_, place) => [8 + place, 1 + (place % 5)]),
);
const WIDE_SUM = Object.values(WIDE).reduce((sum, weight) => sum + weight, 0);
const wide = (locus: Locus) =>
  makeLocusFrequencies(
    locus,
    Object.entries(WIDE).map(([label, weight]) => [label as AlleleLabel, weight / WIDE_SUM]),
    null,
  );

t.test('what is drawn lies within its standard error of what is exact', (t) => {
  const loci = [D3, TH01, FGA];
  const table = new Map(loci.map((locus) => [locus, wide(locus)]));
  const model = modelOf(
    Object.fromEntries(wide(D3).alleles.map((label, at) => [label, wide(D3).frequencies[at]!])),
    { mutation: STEPWISE },
  );
  const labels = model.table.alleles;
  const mean = { h1: 0, h2: 0 };
  labels.forEach((f1, i) => {
    labels.slice(i).forEach((f2, more) => {
      const drawn = (more === 0 ? 1 : 2) * model.table.frequencies[i]! * model.table.frequencies[i + more]!; // prettier-ignore
      labels.forEach((c1, k) => {
        labels.slice(k).forEach((c2) => {
          const parent = { role: 'father' as const, genotype: [f1, f2] as const };
          const { numerator, denominator } = parentageLikelihoods(model, [c1, c2], [parent]);
          const log10Lr = Math.log10(numerator / denominator);
          mean.h1 += drawn * numerator * log10Lr;
          mean.h2 += drawn * denominator * log10Lr;
        });
      });
    });
  });
  const typings = [typing('father', ...loci), typing('child', ...loci)];
  const question = { people: [], hypotheses: DUO, typings, threshold: 100 };
  const outlook = foresee(table, question, { mutation: STEPWISE });
  t.same(outlook.drawnLoci, [...loci].sort());
  for (const h of ['h1', 'h2'] as const) {
    const { value, standardError } = outlook[h].expectedLog10Lr!;
    t.ok(standardError > 0 && standardError < 0.1 * Math.abs(value), `${value} ± ${standardError}`);
    t.ok(Math.abs(value - 3 * mean[h]) < 4 * standardError, `${value} ± ${standardError}, exactly ${3 * mean[h]}`); // prettier-ignore
  }
  t.strictSame(foresee(table, question, { mutation: STEPWISE }), outlook, 'the same digits again');
  t.end();
});

t.test('plain simulation of families with the child and father at hand counts the same', (t) => {
  const frequencies = { 8: 0.3, 9: 0.2, 10: 0.5 };
  const table = new Map([[D3, tableOf(frequencies)]]);
  const parameters = { ...PARAMETERS, mutation: STEPWISE };
  const model = makeAlleleModel(table.get(D3)!, STEPWISE);
  const labels = table.get(D3)!.alleles;
  const genotype = (a: number, b: number): string => [a, b].sort().map((at) => labels[at]).join(); // prettier-ignore
  const known = { child: '8,9', father: '9,10' };
  const lrOf = (mother: string): number => {
    const people = Object.entries({ ...known, mother }).map(([id, seen]) => person(id, { D3S1358: seen })); // prettier-ignore
    const hypotheses = [TRIO.h1, TRIO.h2];
    const lr = calculate(table, parameters, { people, hypotheses, asked: 'child' }).lrs[0]!;
    return lr.kind === 'finite' ? lr.log10Lr : NaN;
  };
  const lrs = new Map<string, number>();
  const random = seededRandom(5);
  const draw = (): number => drawIndex(random, model.frequencies);
  const passOn = (role: 'father' | 'mother', one: number, other: number): number => {
    const { size, values } = model.transmission[role];
    return drawIndex(random, values, (random() < 0.5 ? one : other) * size, size);
  };
  const outlook = foresee(
    table,
    {
      people: Object.entries(known).map(([id, seen]) => person(id, { D3S1358: seen })),
      hypotheses: TRIO,
      typings: [typing('mother', D3)],
      threshold: 1.3,
    },
    { mutation: STEPWISE },
  );
  for (const h of ['h1', 'h2'] as const) {
    const kept: number[] = [];
    for (let family = 0; family < 150_000; family++) {
      const [f1, f2, m1, m2] = [draw(), draw(), draw(), draw()];
      const child =
        h === 'h1' ? genotype(passOn('father', f1, f2), passOn('mother', m1, m2)) : genotype(draw(), draw()); // prettier-ignore
      if (genotype(f1, f2) !== known.father || child !== known.child) continue;
      const mother = genotype(m1, m2);
      if (!lrs.has(mother)) lrs.set(mother, lrOf(mother));
      kept.push(lrs.get(mother)!);
    }
    t.ok(kept.length > 2_000, `${kept.length} families`);
    const mean = kept.reduce((sum, lr) => sum + lr, 0) / kept.length;
    const deviation = Math.sqrt(kept.reduce((sum, lr) => sum + (lr - mean) ** 2, 0) / kept.length);
    const { expectedLog10Lr, reaches } = outlook[h];
    const off = Math.abs(mean - expectedLog10Lr!.value) / (deviation / Math.sqrt(kept.length));
    t.ok(off < 4, `${h}: ${mean}, expected ${expectedLog10Lr!.value}`);
    isNear(t, outlook[h].deviation!, deviation, 0.1, `${h}: deviation`);
    const share = kept.filter((lr) => lr >= Math.log10(1.3)).length / kept.length;
    const error = Math.sqrt((reaches.value * (1 - reaches.value)) / kept.length);
    t.ok(Math.abs(share - reaches.value) < 4 * error, `${h}: ${share} reach, ${reaches.value}`);
  }
  t.end();
});

function isNear(t: Test, actual: number, expected: number, off: number, what: string): void {
  t.ok(Math.abs(actual / expected - 1) < off, `${what}: ${actual}, about ${expected}`);
}

t.test('what says nothing moves nothing', (t) => {
  const table = new Map([[D3, tableOf({ 8: 0.3, 9: 0.2, 10: 0.5 })]]);
  const people = [
    person('child', { D3S1358: '8,9' }),
    person('father', { D3S1358: '9,10' }),
    person('mother', { D3S1358: '8,8' }),
  ];
  const relatives = [
    { id: 'father', relation: 'father' },
    { id: 'mother', relation: 'mother' },
    { id: 'brother', relation: 'sibling' },
  ] as const;
  const hypotheses = familyHypotheses('child', relatives);
  const { h1, h2, log10LrNow, settles } = foresee(table, { people, hypotheses, typings: [typing('brother', D3)], threshold: 2 }); // prettier-ignore
  isClose(t, log10LrNow, Math.log10(1 / (4 * 0.2) / 0.3), 'LR of the trio');
  for (const { expectedLog10Lr, deviation } of [h1, h2]) {
    isClose(t, expectedLog10Lr!.value, log10LrNow, 'stays');
    t.ok(deviation! < 1e-7, `${deviation}`);
  }
  isClose(t, settles.value, 0.5, 'says nothing');
  t.end();
});

t.test('extra loci of the same person, where nobody else stands in the pedigree', (t) => {
  const table = new Map([D3, TH01].map((locus) => [locus, tableOf({ 8: 0.3, 9: 0.7 }, null, locus)])); // prettier-ignore
  const people = ['child', 'father'].map((id) => person(id, { D3S1358: '8,9' }));
  const hypotheses = {
    h1: relationshipHypothesis('identical', 'father', 'child'),
    h2: unrelatedHypothesis('father', 'child'),
  };
  const typings = [typing('father', TH01), typing('child', TH01)];
  const { h1, h2, log10LrNow } = foresee(table, { people, hypotheses, typings, threshold: 2 });
  const [homozygote, heterozygote, other] = [0.09, 0.42, 0.49];
  isClose(t, log10LrNow, -Math.log10(heterozygote), 'now');
  const entropy = -[homozygote, heterozygote, other].reduce((sum, p) => sum + p * Math.log10(p), 0);
  isClose(t, h1.expectedLog10Lr!.value, entropy + log10LrNow, 'the entropy of a genotype');
  const same = homozygote ** 2 + heterozygote ** 2 + other ** 2;
  isClose(t, h2.excludes.value, 1 - same, 'two strangers differ');
  t.end();
});

t.test('loci are typed where that counts, and the others are named', (t) => {
  const table = new Map([D3, TH01].map((locus) => [locus, tableOf({ 8: 0.3, 9: 0.7 }, null, locus)])); // prettier-ignore
  const people = [
    person('child', { D3S1358: '8,9', TH01: '8,9,10' }),
    person('father', { D3S1358: '8,8' }),
  ];
  const both = [typing('father', D3, TH01, FGA), typing('child', D3, TH01, FGA)];
  const foresight = new RatioForesight(table, PARAMETERS, { people, hypotheses: DUO, typings: both, threshold: 2 }); // prettier-ignore
  const outlook = foresight.outlook();
  t.same(outlook.notInTable, [FGA]);
  t.same(outlook.loci, [], 'at TH01 the child has three alleles, and the father is alone');
  t.equal(outlook.h1.expectedLog10Lr?.value, outlook.log10LrNow);
  t.same(foresight.outlook((locus) => locus === TH01).notInTable, []);
  t.end();
});

t.test('a question that cannot be answered is refused', (t) => {
  const table = new Map([[D3, tableOf({ 8: 0.3, 9: 0.7 })]]);
  const people = [person('child', { D3S1358: '8,8' }), person('father', { D3S1358: '9,9' })];
  const question = { people, hypotheses: TRIO, typings: [typing('mother', D3)], threshold: 2 };
  const refused = (changes: Partial<OutlookQuestion>, message: RegExp, parameters = {}): void => {
    t.throws(() => foresee(table, { ...question, ...changes }, parameters), { code: 'PARAMETER_INVALID', message }); // prettier-ignore
  };
  refused({}, /impossible under a hypothesis/);
  const fits = [person('child', { D3S1358: alleles('8,9').join() }), people[1]!];
  refused({ people: fits, threshold: 0.5 }, /threshold 0\.5/);
  refused({ people: fits, typings: [{ ...typing('mother', D3), dropOut: 1 }] }, /drop-out 1 of mother/); // prettier-ignore
  const rule = { rule: 'fixed', frequency: 0.01 } as const;
  for (const minimumFrequency of [
    { ...rule, appliesTo: 'observed' },
    { ...rule, appliesTo: 'unseen', renormalise: 'none' },
  ] as const) {
    refused({ people: fits }, /depend on who is compared/, { minimumFrequency });
  }
  t.end();
});
