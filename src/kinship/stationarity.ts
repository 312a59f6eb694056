import type { LocusFrequencies } from './frequency-table.ts';
import { leavingProbability, type MutationMatrix } from './mutation-matrix.ts';
import { mutationMatrix, type MutationParameters } from './mutation-model.ts';

/**
 * How far a mutation matrix M moves the frequencies p in one generation: p·M against p. Where they
 * differ, it matters how the allele of an untyped parent is read.
 */
export type Stationarity = {
  /** Whether p·M = p within rounding. */
  readonly isStationary: boolean;
  /** The largest |(p·M)(v) − p(v)| of any allele v; 0 to 1. */
  readonly largestDifference: number;
  /** The largest |(p·M)(v) − p(v)| / p(v): by so much an LR may move; 0 and above. */
  readonly largestRelativeDifference: number;
};

/** As a share of the mutations to and from an allele: rounding is far below, a model's own above. */
const ROUNDING = 1e-9;

/**
 * Whether the mutation model keeps the frequencies of one locus, for the meioses of each sex.
 * Silent alleles neither arise nor mutate: the figures are of the alleles of the table.
 * @param visibleShare as for {@link mutationMatrix}
 * @throws KinshipError as {@link mutationMatrix} does
 */
export function reportStationarity(
  parameters: MutationParameters,
  table: LocusFrequencies,
  visibleShare = 1,
): Readonly<Record<'male' | 'female', Stationarity>> {
  const report = (sex: 'male' | 'female'): Stationarity =>
    measureStationarity(mutationMatrix(parameters, sex, table, visibleShare), table);
  return { male: report('male'), female: report('female') };
}

/** Whether a matrix keeps the frequencies of a table, and how far it is from that. */
export function measureStationarity(
  matrix: MutationMatrix,
  { frequencies }: Pick<LocusFrequencies, 'frequencies'>,
): Stationarity {
  const { size, values } = matrix;
  let [isStationary, largestDifference, largestRelativeDifference] = [true, 0, 0];
  frequencies.forEach((frequency, allele) => {
    // (p·M)(v) − p(v) is what arrives less what leaves; so written, small rates lose no digits.
    const leaving = frequency * leavingProbability(matrix, allele);
    let arriving = 0;
    for (let from = 0; from < size; from++) {
      if (from !== allele) arriving += frequencies[from]! * values[from * size + allele]!;
    }
    const difference = Math.abs(arriving - leaving);
    if (difference > ROUNDING * (arriving + leaving)) isStationary = false;
    largestDifference = Math.max(largestDifference, difference);
    largestRelativeDifference = Math.max(largestRelativeDifference, difference / frequency);
  });
  return { isStationary, largestDifference, largestRelativeDifference };
}
