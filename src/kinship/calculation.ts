import { type AlleleModel, makeAlleleModel } from './allele-model.ts';
import { KinshipError } from './error.ts';
import { alleleIndex, type FrequencyTable, type LocusFrequencies } from './frequency-table.ts';
import type { Hypothesis } from './hypothesis.ts';
import {
  comparePedigrees,
  type ObservedLocus,
  type PedigreeQuestion,
} from './hypothesis-comparison.ts';
import { type Inconsistencies, InconsistencyCount } from './inconsistency.ts';
import { lnLikelihood } from './likelihood.ts';
import type { LikelihoodRatio } from './likelihood-ratio.ts';
import type { Locus } from './locus.ts';
import { checkDropOut, type Observation } from './observation.ts';
import type { CalculationParameters } from './parameters.ts';
import {
  type ComparedPerson,
  findSharedLoci,
  type OmittedSharedLocus,
  type SharedLocus,
} from './shared-locus.ts';
import { measureStationarity } from './stationarity.ts';

/** A question about people: which of these hypotheses do their profiles support? */
export type Calculation = {
  readonly people: readonly ComparedPerson[];
  /** Two or more over the same people. Every likelihood ratio is against the last. */
  readonly hypotheses: readonly Hypothesis[];
  /** The person whose place is in question: inconsistencies are expected of their genotype. */
  readonly asked: string;
};

/** One locus that counts. */
export type CalculatedLocus = {
  readonly locus: Locus;
  /** The frequencies as they were used. */
  readonly frequencies: LocusFrequencies;
  /** By hypothesis, against the last. */
  readonly lrs: readonly LikelihoodRatio[];
  /** By hypothesis: whether the genotypes fit it without mutation, silent allele or drop-out. */
  readonly consistent: readonly boolean[];
  /** Who was typed here and is not counted. */
  readonly leftOut: SharedLocus['leftOut'];
  /** The largest relative change of a frequency by mutation in one generation; 0: none. */
  readonly nonStationarity: number;
};

export type CalculationResult = {
  /** By hypothesis, against the last. */
  readonly lrs: readonly LikelihoodRatio[];
  /** By hypothesis: log10 P(profiles | hypothesis); null when they are impossible under it. */
  readonly log10Likelihoods: readonly (number | null)[];
  readonly loci: readonly CalculatedLocus[];
  readonly omitted: readonly OmittedSharedLocus[];
  /** By hypothesis: loci that do not fit it. */
  readonly inconsistencies: readonly Inconsistencies[];
};

/**
 * Weighs hypotheses about people by their profiles, over the loci that at least two of them share.
 * Somebody whose genotype at a locus cannot be used (an allele off the ladder such as `<8`, more
 * than two alleles) counts as untyped there, which the result says.
 * @throws KinshipError PARAMETER_INVALID; others when the parameters do not fit the table, or the
 *   pedigrees the people
 */
export function calculate(
  table: FrequencyTable,
  parameters: CalculationParameters,
  calculation: Calculation,
): CalculationResult {
  checkCalculation(calculation);
  const { people, hypotheses, asked } = calculation;
  const question: PedigreeQuestion = {
    hypotheses,
    typed: new Set(people.map(({ id }) => id)),
    theta: parameters.theta,
    untypedParent: parameters.untypedParent,
  };
  const { shared, omitted } = findSharedLoci(table, parameters, people);
  const read = shared.map((one) => observeLocus(one, parameters));
  const { lrs, loci: answers } = comparePedigrees(question, read);
  const count = new InconsistencyCount(question, asked);
  const loci = read.map((one, place): CalculatedLocus => ({
    locus: shared[place]!.locus,
    frequencies: one.frequencies,
    lrs: answers[place]!.lrs,
    consistent: count.add(one),
    leftOut: shared[place]!.leftOut,
    nonStationarity: measureNonStationarity(one.model),
  }));
  return {
    lrs,
    log10Likelihoods: hypotheses.map((_, h) => {
      const ln = answers.reduce((sum, { likelihoods }) => sum + lnLikelihood(likelihoods[h]!), 0);
      return ln === -Infinity ? null : ln / Math.LN10;
    }),
    loci,
    omitted,
    inconsistencies: count.totals,
  };
}

function checkCalculation({ people, hypotheses, asked }: Calculation): void {
  const refuse = (what: string): never => {
    throw new KinshipError('PARAMETER_INVALID', what);
  };
  const ids = people.map(({ id }) => id);
  const twice = ids.find((id, place) => ids.indexOf(id) < place);
  if (twice !== undefined) refuse(`${twice} stands among the people twice`);
  if (!ids.includes(asked)) refuse(`${asked}, who is asked about, is not among the people`);
  if (hypotheses.length < 2) refuse('two hypotheses at least are weighed against each other');
  for (const { id, dropOut } of people) checkDropOut(dropOut, ` of ${id}`);
}

/** A locus as it is computed: its model, and what was seen of whom. */
export function observeLocus(
  { locus, frequencies, typed, silent }: SharedLocus,
  { mutation }: Pick<CalculationParameters, 'mutation'>,
): ObservedLocus & { readonly frequencies: LocusFrequencies } {
  const observations = new Map(
    typed.map(({ person: { id, dropOut, kit }, pair: [a, b] }): [string, Observation[]] => {
      const alleles = [alleleIndex(frequencies, a)!, alleleIndex(frequencies, b)!] as const;
      return [id, [{ seen: 'two', alleles, dropOut, showsClasses: silent.shownBy(kit) }]];
    }),
  );
  const model = makeAlleleModel(frequencies, mutation, silent.classes);
  return { name: locus, frequencies, model, observations };
}

function measureNonStationarity(model: AlleleModel): number {
  const { father, mother } = model.transmission;
  const measured = [father, mother].map((matrix) => measureStationarity(matrix, model));
  return Math.max(...measured.map(({ largestRelativeDifference }) => largestRelativeDifference));
}
