import type { MinimumFrequency } from './minimum-frequency.ts';
import type { MutationParameters } from './mutation-model.ts';
import type { SilentAllele } from './silent-allele.ts';

/**
 * How the untyped other parent passes an allele on, where a mutation model does not keep the
 * population's frequencies: `mutates` through that parent's own mutation matrix (pedprobr),
 * `population` drawn from the table as it is (Familias).
 */
export type UntypedParent = 'mutates' | 'population';

/** Everything besides genotypes and frequencies that a likelihood ratio depends on. */
export type LikelihoodParameters = {
  readonly mutation: MutationParameters;
  readonly untypedParent: UntypedParent;
  readonly minimumFrequency: MinimumFrequency;
  /** Coancestry of the founders (Fst), at least 0 and below 1: docs/math/theta.md. */
  readonly theta: number;
};

/** What the closed forms depend on; nobody's kit and no single sample is known to them. */
export type ClosedFormParameters = LikelihoodParameters & {
  /** Those that are silent to every kit count; a named kit's show as others do. Default none. */
  readonly silentAlleles?: readonly SilentAllele[] | undefined;
  /**
   * Probability that an allele of a heterozygote is not seen, the same for everybody compared, at
   * least 0 and below 1. Default 0.
   */
  readonly dropOut?: number | undefined;
};

/** Everything besides people, hypotheses and frequencies that a result depends on. */
export type CalculationParameters = LikelihoodParameters & {
  readonly silentAlleles: readonly SilentAllele[];
};
