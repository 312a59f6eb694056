import { DRAW_BATCHES, type LocusOutcomes, type LocusOutlook } from './locus-outlook.ts';
import { type RatioSummary, summariseRatios } from './ratio-distribution.ts';

/** A figure and its standard error, 0 where no locus was drawn. */
export type Estimate = { readonly value: number; readonly standardError: number };

/** What the LR may come to if one hypothesis is true. */
export type HypothesisOutlook = {
  /** Null where the LR may be 0 or infinite. */
  readonly expectedLog10Lr: Estimate | null;
  /** Standard deviation of log10 LR, null as above. */
  readonly deviation: number | null;
  /** P(LR ≥ threshold). */
  readonly reaches: Estimate;
  /** P(LR ≤ 1/threshold), LR 0 included. */
  readonly falls: Estimate;
  /** P(LR = 0). */
  readonly excludes: Estimate;
};

export type OutlookFigures = {
  readonly h1: HypothesisOutlook;
  readonly h2: HypothesisOutlook;
  /**
   * ½·P(LR ≥ threshold | H1) + ½·P(LR < threshold | H2): how often the LR then lies on the right side
   * of the threshold, either hypothesis as likely. ½ says nothing, 1 settles.
   */
  readonly settles: Estimate;
};

/** Width of the grid on which loci are convolved, in log10 LR. */
export const BIN = 0.02;
/** Batches of draws only tell how far the figures scatter. */
export const BATCH_BIN = 0.1;

/**
 * The figures of loci together.
 * @param start log10 LR of the loci that stay as they are
 * @param threshold log10 of the LR that settles for H1, at least 0
 */
export function describeOutlook(
  loci: readonly LocusOutlook[],
  start: number,
  threshold: number,
): OutlookFigures {
  const summarise = (outcomes: readonly LocusOutcomes[], bin: number): BothSummaries => {
    const under = (hypothesis: 'h1' | 'h2'): RatioSummary => {
      const ratios = outcomes.map((one) => ({ log10Lrs: one.log10Lrs, masses: one[hypothesis] }));
      return summariseRatios(ratios, start, threshold, bin);
    };
    return { h1: under('h1'), h2: under('h2') };
  };
  const all = summarise(
    loci.map(({ outcomes }) => outcomes),
    BIN,
  );
  const isDrawn = loci.some(({ batches }) => batches);
  const batches = Array.from({ length: isDrawn ? DRAW_BATCHES : 0 }, (_, batch) =>
    summarise(
      loci.map(({ outcomes, batches }) => batches?.[batch] ?? outcomes),
      BATCH_BIN,
    ),
  );
  const estimate = (figure: (of: BothSummaries) => number): Estimate => ({
    value: figure(all),
    standardError: standardError(batches.map(figure)),
  });
  const describe = (h: 'h1' | 'h2'): HypothesisOutlook => ({
    expectedLog10Lr:
      all[h].expectedLog10Lr === null ? null : estimate((of) => of[h].expectedLog10Lr ?? NaN),
    deviation: all[h].deviation,
    reaches: estimate((of) => of[h].reaches),
    falls: estimate((of) => of[h].falls),
    excludes: estimate((of) => of[h].excludes),
  });
  return {
    h1: describe('h1'),
    h2: describe('h2'),
    settles: estimate(({ h1, h2 }) => (h1.reaches + 1 - h2.reaches) / 2),
  };
}

type BothSummaries = Readonly<Record<'h1' | 'h2', RatioSummary>>;

/** Of the mean of the batches; 0 where there are none. */
export function standardError(figures: readonly number[]): number {
  if (figures.length === 0) return 0;
  const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
  const squares = figures.reduce((sum, figure) => sum + (figure - mean) ** 2, 0);
  return Math.sqrt(squares / (figures.length - 1) / figures.length);
}
