import t from 'tap';
import {
  type ClosedFormParameters,
  compareFamily,
  compareRivals,
  type FamilyMember,
  FamilyRatios,
  type FamilyRelation,
  type LikelihoodRatio,
  type Locus,
  LocusModels,
  tabulateRelative,
} from '../../src/kinship/index.ts';
import { D3, isClose, pair, parametersOf, profileOf, tableOf } from './small-table.ts';

// The worked values are those of docs/math/relatives.md.

const [a, b] = [0.1, 0.2];
const TH01 = 'TH01' as Locus;

function modelsOf(changes: Partial<ClosedFormParameters> = {}): LocusModels {
  const table = tableOf({ 8: a, 9: b, 10: 0.3, 11: 0.4 });
  return new LocusModels(new Map([[D3, table]]), { ...parametersOf(), ...changes });
}

function member(relation: FamilyRelation, genotype: string, locus: string = D3): FamilyMember {
  return { relation, profile: profileOf({ [locus]: genotype }) };
}

function lr(
  relation: FamilyRelation,
  child: string,
  genotype: string,
  changes: Partial<ClosedFormParameters> = {},
): number {
  return new FamilyRatios(modelsOf(changes), [member(relation, genotype)]).at(D3, pair(child))!;
}

function numberOf(ratio: LikelihoodRatio): number {
  return ratio.kind === 'finite' ? 10 ** ratio.log10Lr : NaN;
}

/** By pattern of sharing: with full siblings, and with those who share one line. */
const PATTERNS: [child: string, relative: string, full: number, half: number][] = [
  ['8,8', '8,8', (1 + a) ** 2 / (4 * a ** 2), (1 + a) / (2 * a)],
  ['8,9', '8,9', (1 + a + b + 2 * a * b) / (8 * a * b), (a + b + 4 * a * b) / (8 * a * b)],
  ['8,8', '8,9', (1 + a) / (4 * a), (1 + 2 * a) / (4 * a)],
  ['8,9', '8,8', (1 + a) / (4 * a), (1 + 2 * a) / (4 * a)],
  ['8,9', '8,10', (1 + 2 * a) / (8 * a), (1 + 4 * a) / (8 * a)],
  ['8,9', '10,11', 1 / 4, 1 / 2],
  ['8,8', '9,9', 1 / 4, 1 / 2],
];

t.test('without mutation every pattern has its published form', (t) => {
  const halfway = ['paternal-half-sibling', 'maternal-grandfather', 'paternal-grandmother', 'maternal-uncle', 'paternal-aunt'] as const; // prettier-ignore
  for (const [child, relative, full, half] of PATTERNS) {
    isClose(t, lr('sibling', child, relative), full, `siblings ${child} and ${relative}`);
    for (const relation of halfway) {
      isClose(t, lr(relation, child, relative), half, `${relation} ${child} and ${relative}`);
    }
  }
  t.end();
});

t.test('relatives who are homozygous and differ may share a silent allele', (t) => {
  const o = 0.02;
  const silentAlleles = [{ locus: D3, kit: null, frequency: o }];
  const shared = o / ((a * (1 - o) + 2 * o) * (b * (1 - o) + 2 * o));
  isClose(t, lr('sibling', '8,8', '9,9', { silentAlleles }), 1 / 4 + shared / 2, 'siblings');
  isClose(t, lr('maternal-half-sibling', '8,8', '9,9', { silentAlleles }), 1 / 2 + shared / 2, 'half'); // prettier-ignore
  t.end();
});

t.test('or alleles that dropped out', (t) => {
  const dropOut = 0.1;
  const [one, two] = [0.0135 / 0.0261, (2 * a * b * 0.09 ** 2) / (0.0261 * 0.0684)];
  isClose(t, lr('sibling', '8,8', '9,9', { dropOut }), 1 / 4 + one / 2 + two / 4, 'siblings');
  isClose(t, lr('paternal-uncle', '8,8', '9,9', { dropOut }), 1 / 2 + one / 2, 'uncle');
  t.end();
});

t.test('with mutation the two readings of untyped parents differ', (t) => {
  const rates = { male: { rate: 0.1 }, female: { rate: 0.1 } };
  const models = (untypedParent: 'mutates' | 'population') =>
    new LocusModels(new Map([[D3, tableOf({ 8: 0.1, 9: 0.9 })]]), {
      ...parametersOf(),
      mutation: { model: 'equal', ...rates },
      untypedParent,
    });
  const sibling = [member('sibling', '8,8')];
  const ratio = (untypedParent: 'mutates' | 'population') =>
    new FamilyRatios(models(untypedParent), sibling).at(D3, pair('8,8'))!;
  isClose(t, ratio('mutates'), 0.0612 ** 2 / (0.1 ** 2 * 0.18 ** 2), 'mutates');
  isClose(t, ratio('population'), 0.0612 ** 2 / 0.1 ** 4, 'population');
  for (const reading of ['mutates', 'population'] as const) {
    const alleged = { role: 'father' as const, profile: sibling[0]!.profile };
    const [, siblings] = compareRivals(models(reading), profileOf({ D3S1358: '8,8' }), alleged);
    isClose(t, numberOf(siblings!.lr), 0.0612 ** 2 / 0.1 ** 4, `${reading}: two strangers`);
  }
  t.end();
});

t.test('rivals of a parent: all five, over the loci that both share', (t) => {
  const alleged = { role: 'father' as const, profile: profileOf({ D3S1358: '8,9', vWA: '15,16' }) };
  const rivals = compareRivals(modelsOf(), profileOf({ D3S1358: '8,9', TH01: '6,7' }), alleged);
  const expected = {
    'parent-child': (a + b) / (4 * a * b),
    'full-siblings': PATTERNS[1]![2],
    'paternal-half-siblings': PATTERNS[1]![3],
    avuncular: PATTERNS[1]![3],
    identical: 1 / (2 * a * b),
  };
  t.same(rivals.map(({ relationship }) => relationship), Object.keys(expected)); // prettier-ignore
  for (const { relationship, lr, lociInconsistent } of rivals) {
    isClose(t, numberOf(lr), expected[relationship], relationship);
    t.equal(lociInconsistent, 0);
  }
  const misfits = compareRivals(modelsOf(), profileOf({ D3S1358: '10,11' }), alleged);
  t.same(misfits.map(({ lociInconsistent }) => lociInconsistent), [1, 0, 0, 0, 1]); // prettier-ignore
  t.same(misfits.map(({ lr }) => lr.kind), ['excluded', 'finite', 'finite', 'finite', 'excluded']); // prettier-ignore
  t.end();
});

t.test('loci that cannot be compared with a family are named', (t) => {
  const members = [member('sibling', '8,9'), member('paternal-uncle', '9,OL', TH01)];
  const child = profileOf({ D3S1358: '8,9', TH01: '6,7', FGA: '20,21', vWA: '15,16,17' });
  const comparison = compareFamily(modelsOf(), child, [...members, member('sibling', '22,23', 'SE33')]); // prettier-ignore
  t.match(comparison.compared, [{ locus: 'D3S1358', membersTyped: 1, mendelian: true }]);
  t.same(comparison.omitted, [
    { locus: 'FGA', reason: 'no-member-typed' },
    { locus: 'SE33', reason: 'child-not-typed' },
    { locus: 'TH01', reason: 'off-ladder-allele' },
    { locus: 'vWA', reason: 'more-than-two-alleles' },
  ]);
  const fga = compareFamily(modelsOf(), child, [member('sibling', '20,22', 'FGA')]);
  t.match(fga.omitted.find(({ locus }) => locus === 'FGA'), { reason: 'not-in-table' }); // prettier-ignore
  t.same(fga.lr, { kind: 'finite', log10Lr: 0 });
  t.end();
});

t.test('a family that cannot be without mutation says nothing of a child', (t) => {
  const members = [member('father', '8,8'), member('mother', '8,8'), member('sibling', '9,9')];
  t.same(compareFamily(modelsOf(), profileOf({ D3S1358: '8,8' }), members).lr, { kind: 'undefined' }); // prettier-ignore
  t.equal(new FamilyRatios(modelsOf(), members).at(D3, pair('8,8')), 0, 'as a number it is 0');
  t.end();
});

t.test('where nobody is typed, or the table lacks the locus, there is no ratio', (t) => {
  const ratios = new FamilyRatios(modelsOf(), [member('sibling', '6,7', TH01)]);
  t.equal(ratios.at(D3, pair('8,9')), null);
  t.equal(ratios.at(TH01, pair('6,7')), null);
  t.end();
});

t.test('the table of all genotypes holds what is computed one by one', (t) => {
  const silentAlleles = [{ locus: D3, kit: null, frequency: 0.02 }];
  const mutation = { model: 'stepwise', male: { rate: 0.02 }, female: { rate: 0.01 } } as const;
  const models = modelsOf({ silentAlleles, dropOut: 0.05, mutation });
  const genotypes = ['8,8', '8,9', '9,9', '9,11', '10,10', '10,11'].map(pair);
  for (const relation of [
    'sibling',
    'maternal-half-sibling',
    'paternal-grandmother',
    'paternal-aunt',
  ] as const) {
    // prettier-ignore
    const table = tabulateRelative(models.for(D3, [])!, relation, genotypes);
    t.equal(table.length, genotypes.length ** 2);
    genotypes.forEach((child, row) => {
      genotypes.forEach((relative, column) => {
        const ratios = new FamilyRatios(models, [member(relation, relative.join())]);
        const found = table[row * genotypes.length + column]!;
        isClose(t, found, ratios.at(D3, child)!, `${relation} ${child.join()} ${relative.join()}`);
      });
    });
  }
  t.throws(() => tabulateRelative(modelsOf({ theta: 0.01 }).for(D3, [])!, 'sibling', genotypes), RangeError); // prettier-ignore
  t.end();
});
