import type { WorkLeft } from '../elimination.ts';
import { KinshipError } from '../error.ts';
import type { FrequencyTable } from '../frequency-table.ts';
import type { HypothesisPair } from '../hypothesis.ts';
import {
  comparePedigrees,
  type LocusAnswer,
  type PedigreeQuestion,
  readHypothesis,
} from '../hypothesis-comparison.ts';
import { combineLoci } from '../likelihood-ratio.ts';
import { type Locus, locusNumber } from '../locus.ts';
import { checkDropOut } from '../observation.ts';
import type { CalculationParameters } from '../parameters.ts';
import { remember } from '../remember.ts';
import type { ComparedPerson } from '../shared-locus.ts';
import { type PreparedLoci, type PreparedLocus, prepareLoci, type Typing } from './loci-to-type.ts';
import {
  DRAWS_A_LOCUS,
  foreseeLocus,
  type LocusOutlook,
  type LocusToType,
} from './locus-outlook.ts';
import { describeOutlook, type OutlookFigures } from './outlook-figures.ts';

/** What would more typing bring? */
export type OutlookQuestion = {
  /** Who is typed, with what was seen of them. */
  readonly people: readonly ComparedPerson[];
  /** Over those people and everybody who is to be typed. */
  readonly hypotheses: HypothesisPair;
  readonly typings: readonly Typing[];
  /** The LR that settles for H1, at least 1; its inverse settles for H2. */
  readonly threshold: number;
};

/** What the LR may come to once everything asked for is typed, given what is known. */
export type Outlook = OutlookFigures & {
  /** Of what is known, where everybody who is to be typed stands in the pedigrees. */
  readonly log10LrNow: number;
  /** Loci at which somebody is typed anew and counts. */
  readonly loci: readonly Locus[];
  /** Those of them whose outcomes were drawn: the others are exact. */
  readonly drawnLoci: readonly Locus[];
  /** Loci asked for that the table lacks. */
  readonly notInTable: readonly Locus[];
};

/** By these figures an outlook can be had again, digit by digit. */
export const OUTLOOK_DRAWS = {
  /** At each locus that is drawn. */
  draws: DRAWS_A_LOCUS,
  /** Each locus is drawn with this plus its number. */
  seed: 20_261_122,
} as const;

/** So many multiplications may an outlook cost: about a second. */
const MOST_WORK = 2 ** 27;

/**
 * What the LR of two hypotheses may come to when more is typed: its distribution under each of
 * them, given what is known. With nobody known it is the power of a design. A locus counts where two
 * people at least are then typed, and everybody who is to be typed is taken to show something there,
 * one of the alleles of the table or of the people known. See docs/math/power.md.
 */
export class RatioForesight {
  readonly #threshold: number;
  readonly #theta: number;
  readonly #hypotheses: LocusToType['hypotheses'];
  readonly #prepared: PreparedLoci;
  /** LRs of what is known, those of loci where nobody is to be typed first. */
  readonly #now: readonly LocusAnswer[];
  readonly #work: WorkLeft = { multiplications: MOST_WORK };
  readonly #known = new Map<Locus, LocusOutlook>();

  /**
   * @throws KinshipError PARAMETER_INVALID for a threshold below 1, for frequencies that depend on
   *   who is compared, and where what is known is impossible under a hypothesis; PEDIGREE_INVALID;
   *   others as the parameters do not fit the table
   */
  constructor(table: FrequencyTable, parameters: CalculationParameters, question: OutlookQuestion) {
    checkQuestion(parameters, question);
    const { people, typings, hypotheses, threshold } = question;
    const { theta, untypedParent } = parameters;
    const { h1, h2 } = hypotheses;
    const typed = new Set([...people, ...typings].map(({ id }) => id));
    const comparison: PedigreeQuestion = { hypotheses: [h1, h2], typed, theta, untypedParent };
    this.#threshold = Math.log10(threshold);
    this.#theta = theta;
    this.#hypotheses = [readHypothesis(h1, comparison), readHypothesis(h2, comparison)];
    this.#prepared = prepareLoci(table, parameters, people, typings);
    const { touched, others } = this.#prepared;
    const compared = touched.filter(({ observations }) => observations.size > 1);
    this.#now = comparePedigrees(comparison, [...others, ...compared]).loci;
    log10Of(this.#now);
  }

  /**
   * @param wanted where the typings are made; default everywhere
   * @throws KinshipError PEDIGREE_TOO_COMPLEX where it would cost too much
   */
  outlook(wanted: (locus: Locus) => boolean = () => true): Outlook {
    const touched = this.#prepared.touched.filter(({ locus }) => wanted(locus));
    const outlooks = touched.map((locus) => this.#foresee(locus));
    const names = touched.map(({ locus }) => locus);
    const stays = this.#now.filter(({ name }) => !names.some((locus) => locus === name));
    return {
      log10LrNow: log10Of(this.#now),
      ...describeOutlook(outlooks, log10Of(stays), this.#threshold),
      loci: names,
      drawnLoci: names.filter((_, place) => outlooks[place]!.batches !== null),
      notInTable: this.#prepared.notInTable.filter(wanted),
    };
  }

  #foresee({ locus, observations: known, ...prepared }: PreparedLocus): LocusOutlook {
    const place = { ...prepared, known, hypotheses: this.#hypotheses, theta: this.#theta };
    const seed = OUTLOOK_DRAWS.seed + locusNumber(locus);
    return remember(this.#known, locus, () => foreseeLocus(place, seed, this.#work));
  }
}

/** @throws KinshipError PARAMETER_INVALID for what nobody can foresee */
export function checkQuestion(
  { minimumFrequency }: CalculationParameters,
  { people, typings, threshold }: Omit<OutlookQuestion, 'hypotheses'>,
): void {
  const refuse = (what: string): never => {
    throw new KinshipError('PARAMETER_INVALID', what);
  };
  if (!(threshold >= 1)) refuse(`the threshold ${threshold} must be at least 1`);
  if (minimumFrequency.appliesTo === 'observed' || minimumFrequency.renormalise === 'none') {
    refuse(
      'frequencies that depend on who is compared cannot be foreseen: raise all alleles or the ' +
        'unseen ones, and renormalise',
    );
  }
  for (const { id, dropOut } of [...people, ...typings]) checkDropOut(dropOut, ` of ${id}`);
}

function log10Of(loci: readonly LocusAnswer[]): number {
  const lr = combineLoci(loci.map(({ lrs }) => lrs[0]!));
  if (lr.kind === 'finite') return lr.log10Lr;
  throw new KinshipError(
    'PARAMETER_INVALID',
    'what is known is impossible under a hypothesis: no typing changes that',
  );
}
