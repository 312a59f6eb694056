import assert from 'node:assert/strict';
import {
  alleleIndex,
  type AlleleModel,
  type AllelePair,
  type LocusModel,
  type Observation,
  parentageHypotheses,
  parentageLikelihoods,
  pedigreeLikelihood as eliminate,
  readGenotype,
} from '../src/kinship/index.ts';
import { pedigreeLikelihood } from '../src/kinship/reference/pedigree-likelihood.ts';
import { demoModels, demoPeople, race } from './measure.ts';

/** One LR of a father over all shared loci: closed form, elimination, and the plain sum. */
type SharedLocus = { model: LocusModel; child: AllelePair; father: AllelePair };

const models = demoModels();
const [unknowns, families] = [await demoPeople('unknowns'), await demoPeople('families')];
const father = families.find(({ sampleId }) => sampleId === 'F0445f')!.profile;
const child = unknowns.find(({ sampleId }) => sampleId === 'U0002')!.profile;
const shared = [...child].flatMap(([locus, genotype]): SharedLocus[] => {
  const pair = readGenotype(genotype);
  const other = readGenotype(father.get(locus) ?? []);
  if (typeof pair === 'string' || typeof other === 'string' || !father.has(locus)) return [];
  return [{ model: models.for(locus, [...pair, ...other])!, child: pair, father: other }];
});
const { h1, h2 } = parentageHypotheses('child', [{ role: 'father', id: 'father' }]);

function closedForm(): number {
  let log10Lr = 0;
  for (const { model, child, father } of shared) {
    const parents = [{ role: 'father', genotype: father }] as const;
    const { numerator, denominator } = parentageLikelihoods(model, child, parents);
    log10Lr += Math.log10(numerator / denominator);
  }
  return log10Lr;
}

function overPedigrees(): number {
  let log10Lr = 0;
  for (const { model, child, father } of shared) {
    const genotypes = new Map([['child', child], ['father', father]]); // prettier-ignore
    const l1 = pedigreeLikelihood(model, h1.pedigree, genotypes);
    log10Lr += Math.log10(l1 / pedigreeLikelihood(model, h2.pedigree, genotypes));
  }
  return log10Lr;
}

function byElimination(): number {
  let log10Lr = 0;
  for (const { model, child, father } of shared) {
    const { table, transmission } = model;
    const seen = (pair: AllelePair): Observation[] => [
      {
        seen: 'two',
        alleles: [alleleIndex(table, pair[0])!, alleleIndex(table, pair[1])!],
        dropOut: 0,
      },
    ];
    const observations = new Map([['child', seen(child)], ['father', seen(father)]]); // prettier-ignore
    const alleles: AlleleModel = {
      frequencies: table.frequencies,
      father: transmission.father.matrix,
      mother: transmission.mother.matrix,
      silent: null,
    };
    const l1 = eliminate(alleles, h1.pedigree, observations);
    log10Lr += Math.log10(l1 / eliminate(alleles, h2.pedigree, observations));
  }
  return log10Lr;
}

const expected = overPedigrees();
const repeat = (times: number, compute: () => number) => (): number => {
  for (let time = 0; time < times; time++) assert.ok(Math.abs(compute() - expected) < 1e-9);
  return times;
};

console.log(`log10 LR ${expected} over ${shared.length} loci`);
race('LRs', {
  'sum over pedigrees (reference)': repeat(3, overPedigrees),
  'elimination of variables': repeat(30, byElimination),
  'closed form': repeat(20_000, closedForm),
});
