import { stringify } from 'csv-stringify/sync';
import { LOCI, type Locus } from '../kinship/index.ts';
import type { PersonRow } from './row.ts';

/** How many columns a locus has: one for the genotype, or one for each allele. */
export type LocusColumns = 'one' | 'several';

const FIELDS = ['sample_id', 'sex', 'family', 'relation'];
/** Every locus typed has so many at least, so that a homozygote stands twice. */
const LEAST_ALLELES = 2;

/**
 * Writes people as a wide CSV that {@link readProfileCsv} reads, with a byte order mark. Loci that nobody
 * is typed at have no column.
 */
export function writeProfileCsv(people: readonly PersonRow[], columns: LocusColumns): string {
  const layout = LOCI.flatMap((locus): [Locus, number][] => {
    const most = Math.max(0, ...people.map(({ profile }) => profile.get(locus)?.length ?? 0));
    return most === 0 ? [] : [[locus, columns === 'one' ? 1 : Math.max(most, LEAST_ALLELES)]];
  });
  const headers = layout.flatMap(([locus, width]) =>
    width === 1 ? [locus] : Array.from({ length: width }, (_, place) => `${locus}_${place + 1}`),
  );
  const rows = people.map(({ sampleId, sex, family, relation, profile }) => [
    ...[sampleId, sex, family ?? '', relation ?? ''],
    ...layout.flatMap(([locus, width]) => {
      const genotype = profile.get(locus) ?? [];
      if (width === 1) return [genotype.join()];
      return Array.from({ length: width }, (_, place) => genotype[place] ?? '');
    }),
  ]);
  return stringify([[...FIELDS, ...headers], ...rows], { bom: true, escape_formulas: true });
}
