import assert from 'node:assert/strict';
import {
  type AlleleModel,
  comparePedigrees,
  drawIndex,
  type LikelihoodRatio,
  lnLikelihood,
  makeAlleleModel,
  type Observation,
  type ObservedLocus,
  orderByGeneration,
  type Pedigree,
  pedigreeLikelihood,
  type PedigreeQuestion,
  type Random,
  seededRandom,
} from '../src/kinship/index.ts';
import { observedLikelihood } from '../src/kinship/reference/pedigree-likelihood.ts';
import { demoModels, PARAMETERS, race } from './measure.ts';
import { LOCI } from './random-families.ts';

/** LRs of 24 loci for pedigrees with untyped people, stepwise mutation, theta 0. */
type Member = readonly [id: string, sex: 'male' | 'female', father?: string, mother?: string];

const family = (...members: Member[]): Pedigree =>
  members.map(([id, sex, father = null, mother = null]) => ({ id, sex, father, mother }));

const SIBLINGS = family(
  ['father', 'male'],
  ['mother', 'female'],
  ['sister', 'female', 'father', 'mother'],
  ['child', 'male', 'father', 'mother'],
);
const COUSINS = family(
  ['grandfather', 'male'],
  ['grandmother', 'female'],
  ['uncle', 'male', 'grandfather', 'grandmother'],
  ['father', 'male', 'grandfather', 'grandmother'],
  ['aunt', 'female'],
  ['mother', 'female'],
  ['cousin', 'female', 'uncle', 'aunt'],
  ['child', 'male', 'father', 'mother'],
);
const TEN_PEOPLE = [
  ...COUSINS,
  ...family(['stepmother', 'female'], ['half sister', 'female', 'father', 'stepmother']),
];

const models = LOCI.map((locus) =>
  makeAlleleModel(demoModels().for(locus, [])!.table, PARAMETERS.mutation),
);

/** What is seen of the typed people, made by chance and mutation. */
function simulate(
  model: AlleleModel,
  pedigree: Pedigree,
  typed: readonly string[],
  random: Random,
): Map<string, Observation[]> {
  const alleles = new Map<string, readonly [number, number]>();
  const inherit = (parent: string | null, role: 'father' | 'mother'): number => {
    if (parent === null) return drawIndex(random, model.frequencies);
    const { size, values } = model.transmission[role];
    return drawIndex(random, values, alleles.get(parent)![random() < 0.5 ? 0 : 1] * size, size);
  };
  for (const { id, father, mother } of orderByGeneration(pedigree)) {
    alleles.set(id, [inherit(father, 'father'), inherit(mother, 'mother')]);
  }
  return new Map(typed.map((id) => [id, [{ seen: 'two', alleles: alleles.get(id)!, dropOut: 0 }]]));
}

function compare(name: string, pedigree: Pedigree, typed: readonly string[]): () => number {
  const random = seededRandom(2026);
  const alone = pedigree.map((one) =>
    one.id === 'child' ? { ...one, father: null, mother: null } : one,
  );
  const question: PedigreeQuestion = {
    hypotheses: [
      { text: 'the child belongs to the family', pedigree },
      { text: 'the child is unrelated', pedigree: alone },
    ],
    typed: new Set(typed),
    theta: 0,
    untypedParent: 'mutates',
  };
  const loci = models.map((model, place): ObservedLocus => {
    return { name: LOCI[place]!, model, observations: simulate(model, pedigree, typed, random) };
  });
  const compute = (): LikelihoodRatio => comparePedigrees(question, loci).lrs[0]!;
  const expected = compute();
  assert.ok(expected.kind === 'finite');
  console.log(`${name}: log10 LR ${expected.log10Lr}`);
  return () => {
    assert.deepEqual(compute(), expected);
    return 1;
  };
}

race('LRs of 24 loci', {
  'ten people, five typed': compare('ten people', TEN_PEOPLE, [
    ...['grandmother', 'uncle', 'cousin', 'half sister', 'child'],
  ]),
  'first cousins, six others untyped': compare('first cousins', COUSINS, ['cousin', 'child']),
  'full siblings, parents untyped': compare('full siblings', SIBLINGS, ['sister', 'child']),
}, 41); // prettier-ignore

const tpox = models[LOCI.indexOf('TPOX' as never)]!;
const seen = simulate(tpox, SIBLINGS, ['sister', 'child'], seededRandom(1));
const expected = Math.log(observedLikelihood(tpox, SIBLINGS, seen));
const isExpected = (ln: number): void => {
  assert.ok(Math.abs(ln - expected) < 1e-12, `${ln}, not ${expected}`);
};
console.log(`\nfull siblings at TPOX, ${tpox.frequencies.length} alleles`);
race('likelihoods', {
  'every genotype (reference)': () => {
    isExpected(Math.log(observedLikelihood(tpox, SIBLINGS, seen)));
    return 1;
  },
  'pedigree engine': () => {
    for (let time = 0; time < 100; time++) {
      isExpected(lnLikelihood(pedigreeLikelihood(tpox, SIBLINGS, seen)));
    }
    return 100;
  },
});
