import assert from 'node:assert/strict';
import {
  type AllegedParent,
  type AllegedParents,
  alleleIndex,
  compareParentage,
  comparePedigrees,
  encodeProfile,
  type LocusModel,
  makeAlleleModel,
  makeParentageTable,
  type NamedParent,
  type Observation,
  parentageHypotheses,
  type Pedigree,
  type Profile,
  scoreCouple,
  scoreDuo,
} from '../src/kinship/index.ts';
import { observedLikelihood } from '../src/kinship/reference/pedigree-likelihood.ts';
import { demoModels, PARAMETERS, race } from './measure.ts';
import { LOCI, randomFamilies } from './random-families.ts';

/** LRs of 24 loci, half of the children the parents' own: fast path, closed form, any pedigree. */
const FAMILIES = 2000;

for (const theta of [0, 0.01]) {
  const locusModels = demoModels({ theta });
  const table = makeParentageTable(locusModels, LOCI);
  const families = randomFamilies(table.models, FAMILIES);
  const alleleModels = table.models.map((model) => makeAlleleModel(model.table, PARAMETERS.mutation)); // prettier-ignore
  const rowLength = 2 * LOCI.length;
  const rowsOf = (who: 'child' | 'father' | 'mother'): Uint16Array => {
    const rows = new Uint16Array(FAMILIES * rowLength);
    families.forEach((family, at) => {
      rows.set(encodeProfile(table, family[who]), at * rowLength);
    });
    return rows;
  };
  const [children, fathers, mothers] = [rowsOf('child'), rowsOf('father'), rowsOf('mother')];

  for (const shape of ['duo', 'couple'] as const) {
    const parentsOf = (at: number): AllegedParents => {
      const father: AllegedParent = { role: 'father', profile: families[at]!.father };
      const mother: AllegedParent = { role: 'mother', profile: families[at]!.mother };
      return shape === 'duo' ? [father] : [father, mother];
    };
    const compare = (at: number): number => {
      const { lr } = compareParentage(locusModels, families[at]!.child, parentsOf(at));
      return lr.kind === 'finite' ? lr.log10Lr : NaN;
    };
    // prettier-ignore
    const score = (at: number): number => {
      const row = at * rowLength;
      return shape === 'duo'
        ? scoreDuo(table, 'father', children, row, fathers, row)
        : scoreCouple(table, children, row, fathers, row, mothers, row);
    };
    const expected = families.map((_, at) => compare(at));
    const own = expected.filter((log10Lr, at) => at % 2 === 0 && log10Lr > 4).length;
    const others = expected.filter((log10Lr, at) => at % 2 === 1 && log10Lr > 4).length;
    assert.ok(own > 0.45 * FAMILIES && others < 0.01 * FAMILIES, `${own}, ${others} reach 10⁴`);

    /** The LRs of the first families, as often as asked, hold what the closed form says. */
    const repeat = (families: number, times: number, lrOf: (at: number) => number) => () => {
      const sum = expected.slice(0, families).reduce((total, one) => total + one, 0);
      for (let time = 0; time < times; time++) {
        let total = 0;
        for (let at = 0; at < families; at++) total += lrOf(at);
        assert.ok(Math.abs(total - sum) < 1e-12 * families, `${total}, not ${sum}`);
      }
      return families * times;
    };
    const observe = (at: number): Map<string, Observation[]>[] =>
      table.models.map((model) => observations(model, families[at]!.child, parentsOf(at)));
    const named = parentsOf(0).map(({ role }): NamedParent => ({ role, id: role }));
    const { h1, h2 } = parentageHypotheses('child', named as [NamedParent]);

    console.log(`\n${shape}, theta ${theta}, ${LOCI.length} loci`);
    race('LRs', {
      'every genotype (reference)': repeat(2, 1, (at) => {
        const seen = observe(at);
        const ln = (pedigree: Pedigree): number =>
          alleleModels.reduce((sum, model, locus) => sum + Math.log10(observedLikelihood(model, pedigree, seen[locus]!, theta)), 0); // prettier-ignore
        return ln(h1.pedigree) - ln(h2.pedigree);
      }),
      'any pedigree': repeat(20, 1, (at) => {
        const seen = observe(at);
        const { lrs } = comparePedigrees(
          { hypotheses: [h1, h2], typed: new Set(seen[0]!.keys()), theta, untypedParent: 'mutates' },
          alleleModels.map((model, locus) => ({ name: LOCI[locus]!, model, observations: seen[locus]! })),
        ); // prettier-ignore
        const [lr] = lrs;
        return lr?.kind === 'finite' ? lr.log10Lr : NaN;
      }),
      compareParentage: repeat(FAMILIES, 1, compare),
      'parentage table': repeat(FAMILIES, 50, score),
    });
  }
}

function observations(
  { table }: LocusModel,
  child: Profile,
  parents: AllegedParents,
): Map<string, Observation[]> {
  const people = [['child', child] as const, ...parents.map(({ role, profile }) => [role, profile] as const)]; // prettier-ignore
  return new Map(
    people.map(([id, profile]): [string, Observation[]] => {
      const [a, b] = profile.get(table.locus)!.map((allele) => alleleIndex(table, allele)!);
      return [id, [{ seen: 'two', alleles: [a!, b!], dropOut: 0 }]];
    }),
  );
}
