import {
  type AlleleLabel,
  findLocus,
  type FrequencyTable,
  type Locus,
  type LocusFrequencies,
  parseAllele,
  typedLoci,
} from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import type { NamedTable } from '../likelihood-ratios/calculation-document.ts';
import type { ReadPerson } from './report-people.ts';
import type { ReportSource } from './report.schema.ts';

type ReportTable = ReportSource['frequencyTables'][number];

/** What a report needs of a table: the loci at which anybody is typed, every digit as it is used. */
export function writeTable(
  { name, contentHash, table }: NamedTable,
  people: readonly Pick<ReadPerson, 'profile'>[],
): ReportTable {
  const loci = typedLoci(people.map(({ profile }) => profile)).flatMap((locus) => {
    const known = table.get(locus);
    if (!known) return [];
    const { alleles, frequencies, allelesCounted } = known;
    return [{ locus, allelesCounted, alleles: [...alleles], frequencies: [...frequencies] }];
  });
  return { name, contentHash, loci };
}

/**
 * A table of a report. Its frequencies are taken as they stand: divided by their sum once more they
 * would differ in the last digit.
 * @throws HomewardError FREQUENCY_TABLE_INVALID with the locus
 */
export function readTable({ name, loci }: ReportTable): FrequencyTable {
  const table = new Map<Locus, LocusFrequencies>();
  for (const { locus: given, allelesCounted, alleles, frequencies } of loci) {
    const locus = findLocus(given);
    const read = alleles.filter((allele): allele is AlleleLabel => parseAllele(allele) === allele);
    if (!locus || read.length < alleles.length || alleles.length !== frequencies.length) {
      throw new HomewardError(
        'FREQUENCY_TABLE_INVALID',
        `${name}: the frequencies of ${given} cannot be read.`,
      );
    }
    const values = Float64Array.from(frequencies);
    table.set(locus, { locus, alleles: read, frequencies: values, allelesCounted });
  }
  return table;
}
