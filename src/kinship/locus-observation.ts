import type { LocusModel } from './locus-model.ts';
import type { Observation } from './observation.ts';
import { indexIn } from './pass-on.ts';
import type { AllelePair } from './profile.ts';

/**
 * What is seen of a person, for the calculation of any pedigree.
 * @param dropOut that of the model where none is given
 * @throws RangeError for an allele that the model was made without
 */
export function observeGenotype(
  model: LocusModel,
  [a, b]: AllelePair,
  dropOut: number = model.dropOut,
): Observation {
  return { seen: 'two', alleles: [indexIn(model, a), indexIn(model, b)], dropOut };
}
