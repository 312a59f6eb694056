import assert from 'node:assert/strict';
import {
  type ClosedFormParameters,
  compareFamily,
  comparePedigrees,
  compareRivals,
  compareWithRatios,
  familyHypotheses,
  type FamilyMember,
  FamilyRatios,
  type FamilyRelation,
  type LikelihoodRatio,
  type LocusModels,
  observeGenotype,
  type Profile,
  readGenotype,
} from '../src/kinship/index.ts';
import { demoModels, race } from './measure.ts';
import { LOCI, randomFamilies } from './random-families.ts';

/** A child and its relatives at 24 loci: the calculation for any pedigree, and what replaces it. */
const CHILDREN = 200;
const FAMILIES: FamilyRelation[][] = [
  ['sibling'],
  ['paternal-half-sibling'],
  ['maternal-grandmother'],
  ['paternal-uncle'],
  ['mother', 'sibling'],
];
const HIDING: Pick<ClosedFormParameters, 'silentAlleles' | 'dropOut'> = {
  silentAlleles: LOCI.map((locus) => ({ locus, kit: null, frequency: 0.003 })),
  dropOut: 0.05,
};

for (const [name, hiding] of [
  ['plain', {}],
  ['silent alleles and drop-out', HIDING],
] as const) {
  const models = demoModels(hiding);
  const drawn = randomFamilies(LOCI.map((locus) => models.for(locus, [])!), CHILDREN); // prettier-ignore
  for (const relations of FAMILIES) {
    const members = relations.map((relation, place): FamilyMember => {
      return { relation, profile: drawn[place]!.mother };
    });
    const ratios = new FamilyRatios(models, members);
    const expected = drawn.map(({ child }) => numberOf(compareWithRatios(ratios, child).lr));
    const hold = (count: number, lrOf: (child: Profile) => number) => (): number => {
      drawn.slice(0, count).forEach(({ child }, at) => {
        const log10Lr = lrOf(child);
        assert.ok(Math.abs(log10Lr - expected[at]!) < 1e-10, `${log10Lr}, not ${expected[at]}`);
      });
      return count;
    };
    console.log(`\n${relations.join(' and ')}, ${name}, ${LOCI.length} loci`);
    race('LRs', {
      'any pedigree': hold(5, (child) => calculateFamily(models, members, child)),
      'one child of a new family': hold(5, (child) =>
        numberOf(compareFamily(models, child, members).lr),
      ),
      'one of many children': hold(CHILDREN, (child) =>
        numberOf(compareWithRatios(ratios, child).lr),
      ),
      'the numbers alone': hold(CHILDREN, (child) => sumOf(ratios, child)),
    }, 5); // prettier-ignore
  }
  console.log(`\nfive rivals of an alleged parent, ${name}, ${LOCI.length} loci`);
  race('pairs', {
    'any pedigree, full siblings alone': () => {
      drawn.slice(0, 5).forEach(({ child, mother }) => calculateFamily(models, [{ relation: 'sibling', profile: mother }], child)); // prettier-ignore
      return 5;
    },
    compareRivals: () => {
      for (const { child, mother } of drawn) {
        assert.equal(compareRivals(models, child, { role: 'mother', profile: mother }).length, 5);
      }
      return CHILDREN;
    },
  });
}

function calculateFamily(
  models: LocusModels,
  members: readonly FamilyMember[],
  child: Profile,
): number {
  const relatives = members.map((member, place) => ({ ...member, id: `${place}` }));
  const people = [...relatives, { id: 'child', profile: child }];
  const { h1, h2 } = familyHypotheses('child', relatives);
  const typed = new Set(people.map(({ id }) => id));
  const { lrs } = comparePedigrees(
    { hypotheses: [h1, h2], typed, theta: 0, untypedParent: models.untypedParent },
    LOCI.map((locus) => {
      const model = models.for(locus, [])!;
      const observations = new Map(
        people.map(({ id, profile }) => {
          const pair = readGenotype(profile.get(locus)!) as never;
          return [id, [observeGenotype(model, pair)]] as const;
        }),
      );
      return { name: locus, model: model.alleles, observations };
    }),
  );
  return numberOf(lrs[0]!);
}

function sumOf(ratios: FamilyRatios, child: Profile): number {
  let log10Lr = 0;
  for (const locus of LOCI) {
    log10Lr += Math.log10(ratios.at(locus, child.get(locus) as never)!);
  }
  return log10Lr;
}

function numberOf(lr: LikelihoodRatio): number {
  return lr.kind === 'finite' ? lr.log10Lr : NaN;
}
