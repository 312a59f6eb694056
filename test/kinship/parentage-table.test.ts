import t from 'tap';
import {
  compareParentage,
  encodeProfile,
  type FrequencyTable,
  type LikelihoodParameters,
  LOCI,
  type Locus,
  LocusModels,
  makeParentageTable,
  type Profile,
  scoreCouple,
  scoreDuo,
} from '../../src/kinship/index.ts';
import { isClose, parametersOf, profileOf, tableOf } from './small-table.ts';

const TABLE: FrequencyTable = new Map(
  LOCI.map((locus) => [locus, tableOf({ 8: 0.001, 9: 0.299, 20: 0.7 }, null, locus)]),
);
const RARE: LikelihoodParameters['mutation'] = {
  model: 'stepwise',
  male: { rate: 1e-6, range: 0.01 },
  female: { rate: 1e-6, range: 0.01 },
};

const everywhere = (genotype: string): Profile =>
  profileOf(Object.fromEntries(LOCI.map((locus) => [locus, genotype])));

function score(child: Profile, father: Profile, mother?: Profile, changes = {}): number {
  const table = makeParentageTable(new LocusModels(TABLE, parametersOf(changes)));
  const [c, f] = [encodeProfile(table, child), encodeProfile(table, father)];
  if (!mother) return scoreDuo(table, 'father', c, 0, f, 0);
  return scoreCouple(table, c, 0, f, 0, encodeProfile(table, mother), 0);
}

t.test('an LR smaller or larger than a number can be keeps its logarithm', (t) => {
  const models = new LocusModels(TABLE, parametersOf({ mutation: RARE }));
  const [rare, common] = [everywhere('8,8'), everywhere('20,20')];
  for (const [father, least, most] of [
    [common, -Infinity, -324],
    [rare, 200, Infinity],
  ] as const) {
    const duo = score(rare, father, undefined, { mutation: RARE });
    const couple = score(rare, father, father, { mutation: RARE });
    t.ok(duo > least && duo < most && Math.abs(couple) > 324, `${duo}, ${couple}`);
    const one = { role: 'father', profile: father } as const;
    const other = { role: 'mother', profile: father } as const;
    t.match(compareParentage(models, rare, [one]).lr, { kind: 'finite' });
    for (const [found, parents] of [
      [duo, [one]],
      [couple, [one, other]],
    ] as const) {
      const { lr } = compareParentage(models, rare, parents);
      if (lr.kind === 'finite') isClose(t, found, lr.log10Lr, 'log10 LR');
    }
  }
  t.end();
});

t.test('an excluded locus excludes, whatever the others say', (t) => {
  const child = new Map([...everywhere('8,8'), ...profileOf({ TH01: '9,9' })]);
  t.equal(score(child, everywhere('8,8')), -Infinity);
  t.equal(score(child, everywhere('8,8'), everywhere('8,9')), -Infinity);
  t.end();
});

t.test('an allele outside the table leaves the pair to the comparison', (t) => {
  const outside = profileOf({ TH01: '8,12', vWA: '8,8' });
  const inside = profileOf({ TH01: '8,8', vWA: '8,8' });
  const excluded = profileOf({ TH01: '8,12', vWA: '9,9' });
  for (const theta of [0, 0.03]) {
    t.ok(Number.isNaN(score(outside, inside, undefined, { theta })));
    t.ok(Number.isNaN(score(inside, outside, undefined, { theta })));
    t.ok(Number.isNaN(score(inside, inside, outside, { theta })));
    t.ok(
      Number.isNaN(score(inside, excluded, undefined, { theta })),
      'and so does an excluded one',
    );
    const elsewhere = score(outside, profileOf({ vWA: '8,8' }), undefined, { theta });
    t.ok(Number.isFinite(elsewhere), 'where nobody else is typed it counts nothing');
  }
  t.end();
});

t.test('only the loci asked for are scored, and those the table has', (t) => {
  const all = new LocusModels(TABLE, parametersOf());
  const table = makeParentageTable(all, ['TH01', 'XYZ'] as Locus[]);
  const row = encodeProfile(table, everywhere('8,8'));
  t.equal(row.length, 2);
  isClose(t, scoreDuo(table, 'mother', row, 0, row, 0), 3, 'log10 LR of 1/0.001');
  t.end();
});

t.test('frequencies that depend on who is compared stand in no table', (t) => {
  const observed = { rule: 'fixed', frequency: 0.1, appliesTo: 'observed' } as const;
  const models = new LocusModels(TABLE, parametersOf({ minimumFrequency: observed }));
  t.throws(
    () => makeParentageTable(models),
    new RangeError('the minimum frequency depends on who is compared: use compareParentage'),
  );
  t.end();
});
