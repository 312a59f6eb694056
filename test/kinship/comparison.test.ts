import t from 'tap';
import {
  type AllegedParents,
  compareParentage,
  type FrequencyTable,
  type LikelihoodParameters,
  type Locus,
  LocusModels,
  type ParentageComparison,
  type Profile,
} from '../../src/kinship/index.ts';
import { alleles, isClose, parametersOf, profileOf, tableOf } from './small-table.ts';

const p = { a: 0.1, b: 0.2, c: 0.3, d: 0.4 };
const TABLE: FrequencyTable = new Map(
  (['D3S1358', 'TH01', 'vWA'] as Locus[]).map((locus) => [
    locus,
    tableOf({ 8: p.a, 9: p.b, 10: p.c, 11: p.d }, null, locus),
  ]),
);

function compare(
  child: Profile,
  parents: AllegedParents,
  changes: Partial<LikelihoodParameters> = {},
): ParentageComparison {
  return compareParentage(new LocusModels(TABLE, parametersOf(changes)), child, parents);
}

const father = (genotypes: Record<string, string>) =>
  ({ role: 'father', profile: profileOf(genotypes) }) as const;
const mother = (genotypes: Record<string, string>) =>
  ({ role: 'mother', profile: profileOf(genotypes) }) as const;

t.test('the LR is the product over the loci that both sides have', (t) => {
  const child = profileOf({ D3S1358: '8,9', TH01: '8,10', vWA: '8,8' });
  const { lr, compared, omitted, lociInconsistent } = compare(child, [
    father({ vWA: '8,8', TH01: '8,9', D3S1358: '8,9' }),
  ]);
  t.same(compared.map(({ locus }) => locus), ['D3S1358', 'TH01', 'vWA']); // prettier-ignore
  const expected = ((p.a + p.b) / (4 * p.a * p.b)) * (1 / (4 * p.a)) * (1 / p.a);
  t.equal(lr.kind, 'finite');
  if (lr.kind === 'finite') isClose(t, lr.log10Lr, Math.log10(expected), 'log10 LR');
  t.same(omitted, []);
  t.equal(lociInconsistent, 0);
  t.end();
});

t.test('a locus typed on one side only is named and counts nothing', (t) => {
  const child = profileOf({ D3S1358: '8,9', TH01: '8,10' });
  const { lr, compared, omitted } = compare(child, [father({ D3S1358: '8,9', vWA: '8,8' })]);
  t.same(lr, compare(profileOf({ D3S1358: '8,9' }), [father({ D3S1358: '8,9' })]).lr);
  t.same(compared.map(({ locus }) => locus), ['D3S1358']); // prettier-ignore
  t.same(omitted, [
    { locus: 'TH01', reason: 'no-parent-typed' },
    { locus: 'vWA', reason: 'child-not-typed' },
  ]);
  t.end();
});

t.test('people without a common locus have LR 1', (t) => {
  const { lr, compared } = compare(profileOf({ TH01: '8,9' }), [father({ vWA: '8,9' })]);
  t.same(lr, { kind: 'finite', log10Lr: 0 });
  t.same(compared, []);
  t.end();
});

t.test('a locus that the table lacks is named and counts nothing', (t) => {
  const { lr, omitted } = compare(profileOf({ FGA: '20,21' }), [father({ FGA: '20,22' })]);
  t.same(lr, { kind: 'finite', log10Lr: 0 });
  t.same(omitted, [{ locus: 'FGA', reason: 'not-in-table' }]);
  t.end();
});

t.test('a genotype that cannot be used leaves its locus out, and the reason is given', (t) => {
  const usable = { D3S1358: '8,9', TH01: '8,9', vWA: '8,9' };
  const faulty = { ...usable, TH01: '8,9,10', vWA: '8,OL' };
  const reasons = [
    { locus: 'TH01', reason: 'more-than-two-alleles' },
    { locus: 'vWA', reason: 'off-ladder-allele' },
  ];
  for (const { compared, omitted } of [
    compare(profileOf(faulty), [father(usable)]),
    compare(profileOf(usable), [father(faulty)]),
    compare(profileOf(usable), [father(faulty), mother({ D3S1358: '8,9' })]),
  ]) {
    t.same(compared.map(({ locus }) => locus), ['D3S1358']); // prettier-ignore
    t.same(omitted, reasons);
  }
  t.end();
});

t.test('a locus typed in one of two parents counts with that parent alone', (t) => {
  const child = profileOf({ D3S1358: '8,10', TH01: '8,10', vWA: '8,10' });
  const couple = [
    father({ D3S1358: '8,9', TH01: '8,9', vWA: '8,9,11' }),
    mother({ D3S1358: '10,11', vWA: '10,10' }),
  ] as const;
  const [both, fatherAlone, motherAlone] = compare(child, couple).compared;
  t.match(both, { locus: 'D3S1358', parentsTyped: [true, true], mendelian: true });
  t.match(fatherAlone, { locus: 'TH01', parentsTyped: [true, false] });
  t.match(motherAlone, { locus: 'vWA', parentsTyped: [false, true] });
  t.same(fatherAlone!.lr, compare(profileOf({ TH01: '8,10' }), [couple[0]]).lr);
  t.same(motherAlone!.lr, compare(profileOf({ vWA: '8,10' }), [couple[1]]).lr);
  t.same(
    compare(child, [couple[1], couple[0]]).compared[1]!.parentsTyped,
    [false, true],
    'mother first',
  );
  t.end();
});

t.test('without mutation one mismatch excludes; with mutation it is counted and weighs', (t) => {
  const child = profileOf({ D3S1358: '8,9', TH01: '8,8' });
  const parents = [father({ D3S1358: '8,9', TH01: '9,10' })] as const;
  const excluded = compare(child, parents);
  t.same(excluded.lr, { kind: 'excluded' });
  t.equal(excluded.lociInconsistent, 1);
  const rates = { male: { rate: 0.006 }, female: { rate: 0.003 } };
  const tolerated = compare(child, parents, { mutation: { model: 'equal', ...rates } });
  t.equal(tolerated.lociInconsistent, 1);
  t.match(tolerated.lr, { kind: 'finite' });
  t.same(tolerated.compared.map(({ mendelian }) => mendelian), [true, false]); // prettier-ignore
  t.end();
});

t.test(
  'an allele that the table lacks gets the minimum frequency in that comparison alone',
  (t) => {
    const models = new LocusModels(TABLE, parametersOf());
    const compareWith = (child: string, parent: string) =>
      compareParentage(models, profileOf({ TH01: child }), [father({ TH01: parent })]).lr;
    const rare = compareWith('8,12', '9,12');
    t.equal(rare.kind, 'finite');
    if (rare.kind === 'finite') isClose(t, rare.log10Lr, Math.log10(1.001 / (4 * 0.001)), '1/(4p)');
    const common = compareWith('8,10', '8,9');
    if (common.kind === 'finite')
      isClose(t, common.log10Lr, Math.log10(1 / (4 * p.a)), 'afterwards');
    t.equal(models.for('TH01' as Locus, [])!.table.alleles.length, 4);
    t.end();
  },
);

t.test('parameters that do not fit the table are refused', (t) => {
  const rates = { male: { rate: 0.9 }, female: { rate: 0.001 } };
  const comparison = (): unknown =>
    compare(profileOf({ TH01: '8,9' }), [father({ TH01: '8,9' })], {
      mutation: { model: 'proportional', ...rates },
    });
  t.throws(comparison, {
    name: 'KinshipError',
    code: 'MUTATION_RATE_INVALID',
    message: /TH01.*rate 0\.9/,
  });
  t.end();
});

t.test('with theta, a locus typed in one of two parents draws from that parent alone', (t) => {
  const theta = 0.03;
  const child = profileOf({ TH01: '8,10' });
  const couple = [father({ TH01: '8,9' }), mother({ vWA: '8,8' })] as const;
  const { lr } = compare(child, couple, { theta });
  const expected = (1 + 2 * theta) / (4 * (theta + (1 - theta) * p.a));
  t.equal(lr.kind, 'finite');
  if (lr.kind === 'finite') isClose(t, lr.log10Lr, Math.log10(expected), 'log10 LR');
  t.end();
});

t.test('a minimum frequency for the observed alleles is taken for each comparison anew', (t) => {
  const minimumFrequency = { rule: 'fixed', frequency: 0.1, appliesTo: 'observed' } as const;
  const rare: FrequencyTable = new Map([['TH01' as Locus, tableOf({ 8: 0.02, 9: 0.01, 10: 0.97 }, null, 'TH01' as Locus)]]); // prettier-ignore
  const models = new LocusModels(rare, parametersOf({ minimumFrequency }));
  const compareWith = (child: string, parent: string) =>
    compareParentage(models, profileOf({ TH01: child }), [father({ TH01: parent })]).lr;
  for (const [child, parent, frequency] of [
    ['8,8', '8,8', 0.1 / 1.08],
    ['10,10', '10,10', 0.97],
    ['8,8', '8,9', (2 * 0.1) / 1.17],
  ] as const) {
    const lr = compareWith(child, parent);
    t.equal(lr.kind, 'finite');
    if (lr.kind === 'finite')
      isClose(t, lr.log10Lr, -Math.log10(frequency), `${parent} → ${child}`);
  }
  t.end();
});

t.test('a model is made once for each set of alleles that the table lacks', (t) => {
  const [TH01, vWA] = ['TH01', 'vWA'] as Locus[];
  const models = new LocusModels(TABLE, parametersOf());
  const [known, lacking] = [
    models.for(TH01!, alleles('8,9')),
    models.for(TH01!, alleles('8,13,12')),
  ];
  t.equal(models.for(TH01!, alleles('10,11')), known);
  t.equal(models.for(TH01!, alleles('12,13,9,12')), lacking, 'in any order');
  t.same(lacking!.table.alleles, alleles('8,9,10,11,12,13'));
  t.not(models.for(TH01!, alleles('12')), lacking);
  t.not(models.for(vWA!, alleles('12,13')), lacking);
  const observed = { rule: 'fixed', frequency: 0.1, appliesTo: 'observed' } as const;
  const own = new LocusModels(TABLE, parametersOf({ minimumFrequency: observed }));
  t.not(own.for(TH01!, alleles('8')), own.for(TH01!, alleles('8')), 'but not where it depends on who is compared'); // prettier-ignore
  t.end();
});

t.test(
  'a lone allele that may hide another fits by more than mutation, and is still counted',
  (t) => {
    const silentAlleles = [{ locus: 'TH01' as Locus, kit: null, frequency: 0.01 }];
    for (const hidden of [{ silentAlleles }, { dropOut: 0.05 }]) {
      const models = new LocusModels(TABLE, { ...parametersOf(), ...hidden });
      const { lr, lociInconsistent } = compareParentage(models, profileOf({ TH01: '8,8' }), [
        father({ TH01: '9,9' }),
      ]);
      t.equal(lr.kind, 'finite');
      t.equal(lociInconsistent, 1);
    }
    t.end();
  },
);
