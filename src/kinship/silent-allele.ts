import type { SilentClass } from './allele-model.ts';
import type { Locus } from './locus.ts';

/**
 * Alleles of a locus that a kit does not show, because its primer does not bind. Where no kit is
 * named, none shows them. Known ones: STRBase, https://strbase.nist.gov/NullAlleles
 */
export type SilentAllele = {
  readonly locus: Locus;
  readonly kit: string | null;
  /** Relative frequency in the population, in (0, 1). */
  readonly frequency: number;
};

/** The silent classes of one locus among people typed with some kits. */
export type SilentClasses = {
  readonly classes: readonly SilentClass[];
  /** The numbers of the classes that a kit shows all the same. */
  readonly shownBy: (kit: string | null) => number[];
};

/**
 * What is silent at a locus for people typed with these kits; nothing of kits that nobody was typed
 * with. A person whose kit nobody stated shows every allele that is silent to a named kit only.
 * @param kits by person, null where nobody stated it
 */
export function silentClassesAt(
  locus: Locus,
  silentAlleles: readonly SilentAllele[],
  kits: readonly (string | null)[],
): SilentClasses {
  const here = silentAlleles.filter(
    (silent) => silent.locus === locus && (silent.kit === null || kits.includes(silent.kit)),
  );
  const shows = (silent: SilentAllele, kit: string | null): boolean =>
    silent.kit !== null && silent.kit !== kit;
  return {
    classes: here.map((silent) => ({
      frequency: silent.frequency,
      shownToSome: kits.some((kit) => shows(silent, kit)),
    })),
    shownBy: (kit) => here.flatMap((silent, place) => (shows(silent, kit) ? [place + 1] : [])),
  };
}
