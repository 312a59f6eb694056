import type { AlleleLabel } from './allele.ts';
import { type FrequencyTable, type LocusFrequencies, makeLocusFrequencies } from './frequency-table.ts'; // prettier-ignore
import type { Locus } from './locus.ts';
import { type Genotype, type Profile, readGenotype } from './profile.ts';

/**
 * The relative frequencies of the alleles that people show, each person counted with two alleles
 * at every locus where a likelihood can use the genotype. Relatives count as if unrelated.
 * @returns the loci at which anybody counts; 2N of each is that of those who do
 */
export function estimateFrequencies(profiles: Iterable<Profile>): FrequencyTable {
  const table = new Map<Locus, LocusFrequencies>();
  for (const [locus, genotypes] of countGenotypes(profiles)) {
    const alleles = countAlleles(genotypes);
    const total = [...alleles.values()].reduce((sum, count) => sum + count, 0);
    if (total === 0) continue;
    const frequencies = [...alleles].map(([allele, count]) => [allele, count / total] as const);
    table.set(locus, makeLocusFrequencies(locus, frequencies, total));
  }
  return table;
}

/** How many people show each genotype: many people of one file share one object. */
function countGenotypes(profiles: Iterable<Profile>): Map<Locus, Map<Genotype, number>> {
  const byLocus = new Map<Locus, Map<Genotype, number>>();
  for (const profile of profiles) {
    profile.forEach((genotype, locus) => {
      const counts = byLocus.get(locus) ?? new Map<Genotype, number>();
      if (counts.size === 0) byLocus.set(locus, counts);
      counts.set(genotype, (counts.get(genotype) ?? 0) + 1);
    });
  }
  return byLocus;
}

function countAlleles(genotypes: ReadonlyMap<Genotype, number>): Map<AlleleLabel, number> {
  const alleles = new Map<AlleleLabel, number>();
  for (const [genotype, people] of genotypes) {
    const pair = readGenotype(genotype);
    if (typeof pair === 'string') continue;
    for (const allele of pair) alleles.set(allele, (alleles.get(allele) ?? 0) + people);
  }
  return alleles;
}
