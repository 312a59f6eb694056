import type { FrequencyTable } from '../frequency-table.ts';
import type { HypothesisPair } from '../hypothesis.ts';
import { readHypothesis } from '../hypothesis-comparison.ts';
import { type Locus, locusNumber } from '../locus.ts';
import type { CalculationParameters } from '../parameters.ts';
import { prepareLoci } from './loci-to-type.ts';
import {
  DRAW_BATCHES,
  foreseeLocus,
  type LocusOutcomes,
  type LocusOutlook,
} from './locus-outlook.ts';
import { checkQuestion, OUTLOOK_DRAWS } from './outlook.ts';
import { BATCH_BIN, BIN, type Estimate, standardError } from './outlook-figures.ts';
import { makeHistogram, type RatioHistogram } from './ratio-histogram.ts';
import { makePiece, RatioGrowth, type RatioPiece } from './ratio-growth.ts';

/** Who is to be typed at which loci, and what their LR weighs: nobody is known yet. */
export type Design = {
  readonly hypotheses: HypothesisPair;
  /** Typed at every locus; the genotypes of the last are always gone through. */
  readonly people: readonly { readonly id: string; readonly dropOut: number }[];
  /** In the order in which they are added. */
  readonly loci: readonly Locus[];
  /** The LR that counts as reached, at least 1. */
  readonly threshold: number;
};

/** The LR of a design if one hypothesis is true, at all its loci. */
export type RatioSpread = {
  /** Null where the LR may be 0 or infinite. */
  readonly expectedLog10Lr: Estimate | null;
  /** Standard deviation of log10 LR, null as above. */
  readonly deviation: number | null;
  /** P(LR = 0). */
  readonly excludes: Estimate;
  /** log10 LR at each of {@link POWER_QUANTILES}; −∞ for LR 0. */
  readonly quantiles: readonly number[];
};

/** What a design reaches with a locus and all before it. */
export type PowerStep = {
  readonly locus: Locus;
  /** P(LR ≥ threshold | H1). */
  readonly recall: Estimate;
  /** P(LR ≥ threshold | H2). */
  readonly chance: Estimate;
};

export type DesignPower = {
  readonly h1: RatioSpread;
  readonly h2: RatioSpread;
  /** Null where no LR is finite and above 0. */
  readonly histogram: RatioHistogram | null;
  readonly steps: readonly PowerStep[];
  /** Loci of which the outcomes were drawn: the others are exact. */
  readonly drawnLoci: readonly Locus[];
  /** Loci that the table lacks. */
  readonly notInTable: readonly Locus[];
};

/** The shares of which a spread says how large the LR is at most. */
export const POWER_QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

/** By these figures the power of a design can be had again, digit by digit. */
export const POWER_DRAWS = {
  /** Ways at a locus that are gone through, and draws where there are more. */
  draws: 320,
  seed: OUTLOOK_DRAWS.seed,
} as const;

/** So many multiplications may a design cost: some twenty seconds. */
const MOST_WORK = 2 ** 31;

/**
 * How large the LR of a design is, if either hypothesis is true, and how often it reaches a threshold
 * with ever more loci: docs/math/power.md.
 * @throws KinshipError PARAMETER_INVALID for a threshold below 1 and for frequencies that depend on
 *   who is compared; PEDIGREE_INVALID; PEDIGREE_TOO_COMPLEX where it would cost too much; others as
 *   the parameters do not fit the table
 */
export function computePower(
  table: FrequencyTable,
  parameters: CalculationParameters,
  { hypotheses: { h1, h2 }, people, loci, threshold }: Design,
): DesignPower {
  const typings = people.map(({ id, dropOut }) => ({ id, kit: null, dropOut, loci }));
  checkQuestion(parameters, { people: [], typings, threshold });
  const { theta, untypedParent } = parameters;
  const typed = new Set(people.map(({ id }) => id));
  const read = [h1, h2].map((one) => readHypothesis(one, { typed, untypedParent }));
  const { touched, notInTable } = prepareLoci(table, parameters, [], typings);
  const inOrder = touched.toSorted((a, b) => loci.indexOf(a.locus) - loci.indexOf(b.locus));
  const growth = new PowerGrowth(Math.log10(threshold));
  const work = { multiplications: MOST_WORK };
  const { draws, seed } = POWER_DRAWS;
  for (const { locus, observations: known, ...prepared } of inOrder) {
    const [one, other] = read;
    const place = { ...prepared, known, hypotheses: [one!, other!] as const, theta };
    growth.add(locus, foreseeLocus(place, seed + locusNumber(locus), work, draws));
  }
  return { ...growth.describe(), notInTable };
}

type BothGrowths = { readonly h1: RatioGrowth; readonly h2: RatioGrowth };

/** The LRs of a design as loci are added, and the same from each batch of the draws. */
class PowerGrowth {
  readonly #threshold: number;
  readonly #all: BothGrowths = { h1: new RatioGrowth(BIN), h2: new RatioGrowth(BIN) };
  readonly #batches: readonly BothGrowths[] = Array.from({ length: DRAW_BATCHES }, () => ({
    h1: new RatioGrowth(BATCH_BIN),
    h2: new RatioGrowth(BATCH_BIN),
  }));
  readonly #steps: PowerStep[] = [];
  readonly #drawnLoci: Locus[] = [];

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  add(locus: Locus, { outcomes, batches }: LocusOutlook): void {
    addPieces(this.#all, makePieces(outcomes, BIN));
    const alike = makePieces(outcomes, BATCH_BIN);
    this.#batches.forEach((both, batch) => {
      addPieces(both, batches ? makePieces(batches[batch]!, BATCH_BIN) : alike);
    });
    if (batches) this.#drawnLoci.push(locus);
    this.#steps.push({
      locus,
      recall: this.#estimate(({ h1 }) => h1.reaches(this.#threshold)),
      chance: this.#estimate(({ h2 }) => h2.reaches(this.#threshold)),
    });
  }

  describe(): Omit<DesignPower, 'notInTable'> {
    const { h1, h2 } = this.#all;
    return {
      h1: this.#describe('h1'),
      h2: this.#describe('h2'),
      histogram: makeHistogram(h1.grid, h2.grid, BIN),
      steps: this.#steps,
      drawnLoci: this.#drawnLoci,
    };
  }

  #describe(hypothesis: 'h1' | 'h2'): RatioSpread {
    const all = this.#all[hypothesis];
    const { moments } = all;
    return {
      expectedLog10Lr: moments && this.#estimate((both) => both[hypothesis].moments?.mean ?? NaN),
      deviation: moments?.deviation ?? null,
      excludes: this.#estimate((both) => both[hypothesis].excludes),
      quantiles: POWER_QUANTILES.map((share) => all.quantile(share)),
    };
  }

  /** With its standard error from the batches, 0 while all is exact. */
  #estimate(figure: (of: BothGrowths) => number): Estimate {
    const isDrawn = this.#drawnLoci.length > 0;
    const scatter = isDrawn ? this.#batches.map(figure) : [];
    return { value: figure(this.#all), standardError: standardError(scatter) };
  }
}

type BothPieces = { readonly h1: RatioPiece; readonly h2: RatioPiece };

function makePieces({ log10Lrs, h1, h2 }: LocusOutcomes, bin: number): BothPieces {
  const of = (masses: Float64Array): RatioPiece => makePiece({ log10Lrs, masses }, bin);
  return { h1: of(h1), h2: of(h2) };
}

function addPieces(growths: BothGrowths, pieces: BothPieces): void {
  growths.h1.add(pieces.h1);
  growths.h2.add(pieces.h2);
}
