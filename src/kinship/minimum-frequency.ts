import { KinshipError } from './error.ts';
import type { Locus } from './locus.ts';

/**
 * What frequency an allele gets that is rare in the table or that the table lacks, and where that
 * is taken from. Worked values: docs/math/frequencies.md.
 */
export type MinimumFrequency = {
  /**
   * `five-over-2n`: 5/2N of the locus (National Research Council 1996, doi:10.17226/5141).
   * `confidence-bound`: 1 − α^(1/2N), α = 1 − `confidence`: the largest frequency at which an
   * allele is seen in none of 2N with probability α. `fixed`: the given number.
   */
  readonly rule: 'five-over-2n' | 'confidence-bound' | 'fixed';
  /** For `fixed`: above 0, at most 0.1. */
  readonly frequency?: number | undefined;
  /** For `confidence-bound`: above 0 and below 1. Default 0.95. */
  readonly confidence?: number | undefined;
  /**
   * `unseen`: observed alleles that the table lacks get the minimum; `observed`: every observed
   * allele that is rarer is raised to it too; `all`: so is every other rarer allele of the table.
   */
  readonly appliesTo: 'unseen' | 'observed' | 'all';
  /**
   * How the probabilities come to sum to 1 again. `all`: every one is divided by the new sum, so
   * that the minimum ends a little lower; `others`: the minimum stays what it is, and the alleles
   * that it does not concern are scaled; `none`: the observed alleles are used as they are, and
   * one allele `rest` stands for all others with what is left. Default `all`.
   */
  readonly renormalise?: 'all' | 'others' | 'none' | undefined;
};

const DEFAULT_CONFIDENCE = 0.95;

/**
 * Whether the frequencies of the table's own alleles depend on who is compared. Where they do not,
 * one model of a locus serves everybody who shows no allele that the table lacks.
 */
export function dependsOnObserved({ appliesTo, renormalise }: MinimumFrequency): boolean {
  return appliesTo === 'observed' || renormalise === 'none';
}

/**
 * The least frequency at a locus, above 0 and at most 1.
 * @param allelesCounted 2N, null where the table does not say
 * @throws KinshipError SAMPLE_SIZE_MISSING when the rule needs 2N; FREQUENCY_INVALID
 */
export function leastFrequency(
  policy: MinimumFrequency,
  locus: Locus,
  allelesCounted: number | null,
): number {
  if (policy.rule === 'fixed') return fixedFrequency(policy);
  if (allelesCounted === null) {
    throw new KinshipError(
      'SAMPLE_SIZE_MISSING',
      `the table does not say how many alleles were counted at ${locus}, which ${NEEDS_COUNT[policy.rule]} needs; ` +
        'use the rule "fixed" with a frequency such as 0.001',
    );
  }
  if (!(allelesCounted > 0)) {
    throw new KinshipError('FREQUENCY_INVALID', `${locus}: ${allelesCounted} alleles were counted`);
  }
  if (policy.rule === 'five-over-2n') return Math.min(5 / allelesCounted, 1);
  return confidenceBound(policy, allelesCounted);
}

const NEEDS_COUNT = { 'five-over-2n': '5/2N', 'confidence-bound': '1 − α^(1/2N)' } as const;

function fixedFrequency({ frequency }: MinimumFrequency): number {
  if (frequency === undefined || !(frequency > 0 && frequency <= 0.1)) {
    throw new KinshipError(
      'FREQUENCY_INVALID',
      'the rule "fixed" needs a frequency above 0 and at most 0.1',
    );
  }
  return frequency;
}

function confidenceBound(
  { confidence = DEFAULT_CONFIDENCE }: MinimumFrequency,
  allelesCounted: number,
): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new KinshipError(
      'FREQUENCY_INVALID',
      `the rule "confidence-bound" needs a confidence between 0 and 1, both excluded, not ${confidence}`,
    );
  }
  // 1 − α^(1/2N), written so that a large 2N loses no digits.
  return -Math.expm1(Math.log1p(-confidence) / allelesCounted);
}
