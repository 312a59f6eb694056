import { type FrequencyTable, frequenciesFor, type LocusFrequencies } from './frequency-table.ts';
import type { Locus } from './locus.ts';
import type { CalculationParameters } from './parameters.ts';
import { type AllelePair, type GenotypeFault, type Profile, readGenotype } from './profile.ts';
import { type SilentClasses, silentClassesAt } from './silent-allele.ts';

/** Somebody who is compared. */
export type ComparedPerson = {
  readonly id: string;
  readonly profile: Profile;
  /** The kit that the sample was typed with; null where nobody stated it. */
  readonly kit: string | null;
  /** Probability that an allele of a heterozygote is not seen, in [0, 1); 0 for a good sample. */
  readonly dropOut: number;
};

/** A locus at which two people at least can be compared. */
export type SharedLocus = {
  readonly locus: Locus;
  /** The frequencies as they are used, after the rule for rare alleles. */
  readonly frequencies: LocusFrequencies;
  /** Who counts here, with what alleles. */
  readonly typed: readonly { readonly person: ComparedPerson; readonly pair: AllelePair }[];
  /** Who was typed here and is not counted. */
  readonly leftOut: readonly { readonly id: string; readonly reason: GenotypeFault }[];
  readonly silent: SilentClasses;
};

/** A locus that was typed in somebody and does not count, and why. */
export type OmittedSharedLocus = {
  readonly locus: Locus;
  readonly reason: GenotypeFault | 'typed-in-one-person' | 'not-in-table';
};

/**
 * The loci of several people, each once and in a fixed order: those at which two at least can be
 * compared, and the others with the reason.
 * @throws KinshipError when the rule for rare alleles does not fit the table
 */
export function findSharedLoci(
  table: FrequencyTable,
  parameters: Pick<CalculationParameters, 'minimumFrequency' | 'silentAlleles'>,
  people: readonly ComparedPerson[],
): { shared: SharedLocus[]; omitted: OmittedSharedLocus[] } {
  const shared: SharedLocus[] = [];
  const omitted: OmittedSharedLocus[] = [];
  for (const locus of [...new Set(people.flatMap(({ profile }) => [...profile.keys()]))].sort()) {
    const { typed, leftOut } = readTyped(locus, people);
    const base = table.get(locus);
    if (typed.length < 2) {
      omitted.push({ locus, reason: leftOut[0]?.reason ?? 'typed-in-one-person' });
    } else if (!base) {
      omitted.push({ locus, reason: 'not-in-table' });
    } else {
      const observed = typed.flatMap(({ pair }) => [...pair]);
      const frequencies = frequenciesFor(base, observed, parameters.minimumFrequency);
      const kits = typed.map(({ person }) => person.kit);
      const silent = silentClassesAt(locus, parameters.silentAlleles, kits);
      shared.push({ locus, frequencies, typed, leftOut, silent });
    }
  }
  return { shared, omitted };
}

/** Who is typed at a locus, and whose genotype there cannot be used. */
export function readTyped(
  locus: Locus,
  people: readonly ComparedPerson[],
): Pick<SharedLocus, 'typed' | 'leftOut'> {
  const typed: SharedLocus['typed'][number][] = [];
  const leftOut: SharedLocus['leftOut'][number][] = [];
  for (const person of people) {
    const genotype = person.profile.get(locus);
    const reading = genotype && readGenotype(genotype);
    if (typeof reading === 'string') leftOut.push({ id: person.id, reason: reading });
    else if (reading) typed.push({ person, pair: reading });
  }
  return { typed, leftOut };
}
