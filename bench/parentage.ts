import assert from 'node:assert/strict';
import {
  type AllelePair,
  type LocusModel,
  parentageHypotheses,
  parentageLikelihoods,
  readGenotype,
} from '../src/kinship/index.ts';
import { pedigreeLikelihood } from '../src/kinship/reference/pedigree-likelihood.ts';
import { demoModels, demoPeople, race } from './measure.ts';

/** The closed form for one father against the sum over pedigrees, one LR over all shared loci. */
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

const expected = overPedigrees();
const repeat = (times: number, compute: () => number) => (): number => {
  for (let time = 0; time < times; time++) assert.ok(Math.abs(compute() - expected) < 1e-9);
  return times;
};

console.log(`log10 LR ${expected} over ${shared.length} loci`);
race('LRs', {
  'sum over pedigrees (reference)': repeat(3, overPedigrees),
  'closed form': repeat(20_000, closedForm),
});
