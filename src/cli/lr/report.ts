import type {
  HypothesisPair,
  LikelihoodParameters,
  LikelihoodRatio,
  Locus,
} from '../../kinship/index.ts';
import { ENGINE_VERSION } from '../../platform/provenance.ts';
import { findPerson, type People } from './people.ts';

/** What stands above every table: the hypotheses, and what computed them with which parameters. */
export function headOf({ h1, h2 }: HypothesisPair, parameters: LikelihoodParameters): string[] {
  return [
    `H1: ${h1.text}`,
    `H2: ${h2.text}`,
    `${ENGINE_VERSION}; parameters ${JSON.stringify(parameters)}`,
    '',
  ];
}

/** The genotypes of some samples at a locus, as cells. */
export function genotypeCells(people: People, samples: readonly string[], locus: Locus): string[] {
  return samples.map((sample) => {
    const genotype = findPerson(people, sample).profile.get(locus);
    return genotype?.join(',') ?? '';
  });
}

/** An LR and its logarithm, as cells. */
export function ratioCells(lr: LikelihoodRatio): [string, string] {
  if (lr.kind !== 'finite') return [lr.kind, lr.kind];
  return [(10 ** lr.log10Lr).toPrecision(8), lr.log10Lr.toFixed(6)];
}

/** The total, every digit of its logarithm shown. */
export function totalOf(lr: LikelihoodRatio, loci: string): string {
  if (lr.kind !== 'finite') return `LR ${lr.kind} (${loci})`;
  return `LR ${(10 ** lr.log10Lr).toPrecision(10)}, log10 LR ${lr.log10Lr} (${loci})`;
}

/** Why a locus does not count. */
export const REASONS = {
  'child-not-typed': 'the child is not typed',
  'no-parent-typed': 'no parent is typed',
  'typed-in-one-person': 'only one person is typed',
  'not-in-table': 'the frequency table lacks it',
  'more-than-two-alleles': 'somebody shows more than two alleles',
  'off-ladder-allele': 'somebody shows an allele off the ladder',
} as const;
