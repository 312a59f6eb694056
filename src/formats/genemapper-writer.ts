import { stringify } from 'csv-stringify/sync';
import type { PersonRow } from './row.ts';

/** GeneMapper always exports two. */
const LEAST_ALLELES = 2;

/**
 * Writes people as a genotype table that {@link readGeneMapper} reads: a row a sample and marker, with the
 * columns Sex, Family and Relation, which GeneMapper itself has not.
 */
export function writeGeneMapper(people: readonly PersonRow[]): string {
  const lengths = people.flatMap(({ profile }) =>
    [...profile.values()].map(({ length }) => length),
  );
  const width = Math.max(LEAST_ALLELES, ...lengths);
  const alleleHeaders = Array.from({ length: width }, (_, place) => `Allele ${place + 1}`);
  const header = ['Sample Name', 'Marker', ...alleleHeaders, 'Sex', 'Family', 'Relation'];
  const rows = people.flatMap(({ sampleId, sex, family, relation, profile }) =>
    [...profile].map(([locus, genotype]) => [
      sampleId,
      locus,
      ...Array.from({ length: width }, (_, place) => genotype[place] ?? ''),
      ...[sex, family ?? '', relation ?? ''],
    ]),
  );
  return stringify([header, ...rows], { delimiter: '\t', escape_formulas: true });
}
