import { type AlleleModel, makeAlleleModel } from './allele-model.ts';
import {
  alleleIndex,
  type FrequencyTable,
  frequenciesFor,
  type LocusFrequencies,
} from './frequency-table.ts';
import type { Hypothesis } from './hypothesis.ts';
import { comparePedigrees, type PedigreeQuestion } from './hypothesis-comparison.ts';
import { InconsistencyCount, type Inconsistencies } from './inconsistency.ts';
import { lnLikelihood } from './likelihood.ts';
import type { LikelihoodRatio } from './likelihood-ratio.ts';
import type { Locus } from './locus.ts';
import type { Observation } from './observation.ts';
import type { LikelihoodParameters } from './parameters.ts';
import { type AllelePair, type GenotypeFault, type Profile, readGenotype } from './profile.ts';
import { measureStationarity } from './stationarity.ts';
import { type SilentAllele, silentClassesAt } from './silent-allele.ts';

/** Somebody who is compared. */
export type ComparedPerson = {
  readonly id: string;
  readonly profile: Profile;
  /** The kit that the sample was typed with; null where nobody stated it. */
  readonly kit: string | null;
  /** Probability that an allele of a heterozygote is not seen, in [0, 1); 0 for a good sample. */
  readonly dropOut: number;
};

/** Everything besides people, hypotheses and frequencies that a result depends on. */
export type CalculationParameters = LikelihoodParameters & {
  readonly silentAlleles: readonly SilentAllele[];
};

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
  readonly leftOut: readonly { readonly id: string; readonly reason: GenotypeFault }[];
  /** The largest relative change of a frequency by mutation in one generation; 0: none. */
  readonly nonStationarity: number;
};

/** A locus that was typed in somebody and does not count, and why. */
export type UncalculatedLocus = {
  readonly locus: Locus;
  readonly reason: GenotypeFault | 'typed-in-one-person' | 'not-in-table';
};

export type CalculationResult = {
  /** By hypothesis, against the last. */
  readonly lrs: readonly LikelihoodRatio[];
  /** By hypothesis: log10 P(profiles | hypothesis); null when they are impossible under it. */
  readonly log10Likelihoods: readonly (number | null)[];
  readonly loci: readonly CalculatedLocus[];
  readonly omitted: readonly UncalculatedLocus[];
  /** By hypothesis: loci that do not fit it. */
  readonly inconsistencies: readonly Inconsistencies[];
};

/**
 * Weighs hypotheses about people by their profiles, over the loci that at least two of them share.
 * Somebody whose genotype at a locus cannot be used (an allele off the ladder such as `<8`, more
 * than two alleles) counts as untyped there, which the result says.
 * @throws KinshipError when the parameters do not fit the table, or the pedigrees the people
 */
export function calculate(
  table: FrequencyTable,
  parameters: CalculationParameters,
  { people, hypotheses, asked }: Calculation,
): CalculationResult {
  const question: PedigreeQuestion = {
    hypotheses,
    typed: new Set(people.map(({ id }) => id)),
    theta: parameters.theta,
    untypedParent: parameters.untypedParent,
  };
  const readings = lociOf(people).map((locus) => readLocus(table, parameters, locus, people));
  const read = readings.filter((one): one is ReadLocus => 'model' in one);
  const { lrs, loci: answers } = comparePedigrees(question, read);
  const count = new InconsistencyCount(question, asked);
  const loci = read.map((locus, place): CalculatedLocus => ({
    locus: locus.name,
    frequencies: locus.frequencies,
    lrs: answers[place]!.lrs,
    consistent: count.add(locus),
    leftOut: locus.leftOut,
    nonStationarity: locus.nonStationarity,
  }));
  return {
    lrs,
    log10Likelihoods: hypotheses.map((_, h) => {
      const ln = answers.reduce((sum, { likelihoods }) => sum + lnLikelihood(likelihoods[h]!), 0);
      return ln === -Infinity ? null : ln / Math.LN10;
    }),
    loci,
    omitted: readings.filter((one): one is UncalculatedLocus => 'reason' in one),
    inconsistencies: count.totals,
  };
}

function measureNonStationarity(model: AlleleModel): number {
  const { father, mother } = model.transmission;
  const measured = [father, mother].map((matrix) => measureStationarity(matrix, model));
  return Math.max(...measured.map(({ largestRelativeDifference }) => largestRelativeDifference));
}

/** A locus ready to be computed. */
export type ReadLocus = {
  readonly name: Locus;
  readonly frequencies: LocusFrequencies;
  readonly model: AlleleModel;
  readonly observations: ReadonlyMap<string, readonly Observation[]>;
  readonly leftOut: CalculatedLocus['leftOut'];
  readonly nonStationarity: number;
};

/** The loci of several people, each once, in a fixed order. */
function lociOf(people: readonly ComparedPerson[]): Locus[] {
  return [...new Set(people.flatMap(({ profile }) => [...profile.keys()]))].sort();
}

function readLocus(
  table: FrequencyTable,
  parameters: CalculationParameters,
  locus: Locus,
  people: readonly ComparedPerson[],
): ReadLocus | UncalculatedLocus {
  const typed: (ComparedPerson & { pair: AllelePair })[] = [];
  const leftOut: CalculatedLocus['leftOut'][number][] = [];
  for (const person of people) {
    const genotype = person.profile.get(locus);
    const reading = genotype && readGenotype(genotype);
    if (typeof reading === 'string') leftOut.push({ id: person.id, reason: reading });
    else if (reading) typed.push({ ...person, pair: reading });
  }
  if (typed.length < 2) return { locus, reason: leftOut[0]?.reason ?? 'typed-in-one-person' };
  const base = table.get(locus);
  if (!base) return { locus, reason: 'not-in-table' };
  const observed = typed.flatMap(({ pair }) => [...pair]);
  const frequencies = frequenciesFor(base, observed, parameters.minimumFrequency);
  const kits = typed.map(({ kit }) => kit);
  const silent = silentClassesAt(locus, parameters.silentAlleles, kits);
  const observations = new Map(
    typed.map(({ id, pair: [a, b], dropOut, kit }): [string, Observation[]] => {
      const alleles = [alleleIndex(frequencies, a)!, alleleIndex(frequencies, b)!] as const;
      return [id, [{ seen: 'two', alleles, dropOut, showsClasses: silent.shownBy(kit) }]];
    }),
  );
  const model = makeAlleleModel(frequencies, parameters.mutation, silent.classes);
  const nonStationarity = measureNonStationarity(model);
  return { name: locus, frequencies, model, observations, leftOut, nonStationarity };
}
