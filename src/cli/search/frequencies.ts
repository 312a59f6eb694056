import type { PersonRow } from '../../formats/row.ts';
import { estimateFrequencies, type FrequencyTable } from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';

/** Below so many people, chance moves the frequency of a common allele by a tenth and more. */
const FEW_PEOPLE = 200;

/**
 * The frequencies of the people searched, with a warning on stderr of what that means.
 * @throws HomewardError ARGUMENT_INVALID when nobody has a genotype to count
 */
export function estimateFrom(people: readonly PersonRow[]): FrequencyTable {
  const table = estimateFrequencies(people.map(({ profile }) => profile));
  if (table.size === 0) {
    throw new HomewardError(
      'ARGUMENT_INVALID',
      'Frequencies cannot be estimated: nobody in the families file has a genotype to count; name a frequency table.',
    );
  }
  const counted = [...table.values()].map(({ allelesCounted }) => allelesCounted! / 2);
  console.error(
    `warning: the frequencies are estimated from the ${people.length} people of the families file. ` +
      'Relatives count as if they were unrelated, and the relatives sought count too: likelihood ratios ' +
      'come out somewhat too small for the true family and are not those of a population. An allele that ' +
      'nobody there shows gets the minimum frequency of the policy. For casework name a published table.',
  );
  const least = Math.min(...counted);
  if (least < FEW_PEOPLE) {
    console.error(
      `warning: at one locus or more only ${least} people are counted; from fewer than ${FEW_PEOPLE} the frequencies of rare alleles say little.`,
    );
  }
  return table;
}
