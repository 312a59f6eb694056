import type { Test } from 'tap';
import {
  type AlleleLabel,
  type AllelePair,
  type ClosedFormParameters,
  type LikelihoodParameters,
  type Locus,
  type LocusFrequencies,
  type LocusModel,
  makeGenotype,
  makeLocusFrequencies,
  makeLocusModel,
  type Profile,
} from '../../src/kinship/index.ts';

export const D3 = 'D3S1358' as Locus;

/** One locus of a table, alleles by label. */
export function tableOf(
  frequencies: Readonly<Record<string, number>>,
  allelesCounted: number | null = null,
  locus: Locus = D3,
): LocusFrequencies {
  return makeLocusFrequencies(
    locus,
    Object.entries(frequencies) as [AlleleLabel, number][],
    allelesCounted,
  );
}

/** No mutation and the defaults of a policy, but for what a test changes. */
export function parametersOf(changes: Partial<LikelihoodParameters> = {}): LikelihoodParameters {
  return {
    mutation: { model: 'none' },
    untypedParent: 'mutates',
    minimumFrequency: { rule: 'fixed', frequency: 0.001, appliesTo: 'unseen' },
    theta: 0,
    ...changes,
  };
}

export function modelOf(
  frequencies: Readonly<Record<string, number>>,
  changes: Partial<ClosedFormParameters> = {},
): LocusModel {
  return makeLocusModel(tableOf(frequencies), { ...parametersOf(), ...changes });
}

/** The alleles of `8,9` as they are written. */
export function alleles(written: string): AlleleLabel[] {
  return written.split(',') as AlleleLabel[];
}

export function pair(written: string): AllelePair {
  return alleles(written) as never as AllelePair;
}

/** A profile from genotypes written `8,9`, by locus. */
export function profileOf(genotypes: Readonly<Record<string, string>>): Profile {
  return new Map(
    Object.entries(genotypes).map(([locus, written]) => [
      locus as Locus,
      makeGenotype(alleles(written)),
    ]),
  );
}

/** Passes when two numbers agree to a relative difference of 1e-12. */
export function isClose(t: Test, actual: number, expected: number, what: string): void {
  const close = Math.abs(actual - expected) <= 1e-12 * Math.abs(expected);
  t.ok(close, `${what}: ${actual}, expected ${expected}`);
}
