import { observeLocus } from '../calculation.ts';
import { frequenciesFor, type FrequencyTable } from '../frequency-table.ts';
import type { ObservedLocus } from '../hypothesis-comparison.ts';
import type { Locus } from '../locus.ts';
import type { CalculationParameters } from '../parameters.ts';
import { type ComparedPerson, readTyped } from '../shared-locus.ts';
import { silentClassesAt } from '../silent-allele.ts';
import type { AddedPerson } from './seen-genotypes.ts';

/** Somebody who is to be typed, and where: a new person of the pedigrees, or one typed elsewhere. */
export type Typing = {
  readonly id: string;
  readonly kit: string | null;
  /** Probability that an allele of a heterozygote is not seen, in [0, 1). */
  readonly dropOut: number;
  readonly loci: readonly Locus[];
};

/** A locus with its model, who is typed and who is to be typed. */
export type PreparedLocus = ObservedLocus & {
  readonly locus: Locus;
  readonly visible: number;
  readonly added: readonly AddedPerson[];
};

export type PreparedLoci = {
  /** Loci at which somebody is to be typed, and two people at least are typed then. */
  readonly touched: readonly PreparedLocus[];
  /** The others that count: two people at least are typed. */
  readonly others: readonly PreparedLocus[];
  /** Loci at which somebody is to be typed and which the table lacks. */
  readonly notInTable: readonly Locus[];
};

/**
 * The loci of the people and of the typings, each once and in a fixed order. Nobody is typed anew
 * at a locus where something was seen of them, though it cannot be used.
 * @throws KinshipError when the parameters do not fit the table
 */
export function prepareLoci(
  table: FrequencyTable,
  parameters: CalculationParameters,
  people: readonly ComparedPerson[],
  typings: readonly Typing[],
): PreparedLoci {
  const touched: PreparedLocus[] = [];
  const others: PreparedLocus[] = [];
  const notInTable: Locus[] = [];
  const loci = [...people.flatMap(({ profile }) => [...profile.keys()]), ...typings.flatMap(({ loci }) => loci)]; // prettier-ignore
  for (const locus of [...new Set(loci)].sort()) {
    const isKnown = new Set(people.filter(({ profile }) => profile.has(locus)).map(({ id }) => id));
    const added = typings.filter(({ id, loci }) => loci.includes(locus) && !isKnown.has(id));
    const base = table.get(locus);
    if (!base) {
      if (added.length > 0) notInTable.push(locus);
      continue;
    }
    const { typed, leftOut } = readTyped(locus, people);
    if (typed.length + added.length < 2) continue;
    const observed = typed.flatMap(({ pair }) => [...pair]);
    const frequencies = frequenciesFor(base, observed, parameters.minimumFrequency);
    const kits = [...typed.map(({ person }) => person.kit), ...added.map(({ kit }) => kit)];
    const silent = silentClassesAt(locus, parameters.silentAlleles, kits);
    const shared = { locus, frequencies, typed, leftOut, silent };
    (added.length > 0 ? touched : others).push({
      ...observeLocus(shared, parameters),
      locus,
      visible: frequencies.alleles.length,
      added: added.map(({ id, dropOut, kit }) => ({ id, dropOut, showsClasses: silent.shownBy(kit) })), // prettier-ignore
    });
  }
  return { touched, others, notInTable };
}
