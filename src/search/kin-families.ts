import {
  FamilyRatios,
  LOCI,
  type LocusModels,
  type Profile,
  readGenotype,
} from '../kinship/index.ts';
import type { Family } from './family.ts';
import type { GenotypeAlphabet, GenotypeCode } from './genotype-alphabet.ts';
import { readKin } from './kin-record.ts';
import type { SharedMemory } from './shared-memory.ts';

/** Families that are kept ready; beyond this the oldest goes. */
const MOST_KEPT = 4_096;
/** LRs are products of doubles: one this near below the threshold is left to the judge. */
const MARGIN = 1e-9;

/**
 * Families with relatives besides parents, each child compared with each of them by the full pedigree:
 * there are no inconsistencies to count, and what a family makes of a genotype is kept.
 */
export class KinFamilies {
  readonly #memory: SharedMemory;
  readonly #alphabet: GenotypeAlphabet;
  readonly #models: LocusModels;
  readonly #kept = new Map<number, FamilyRatios>();

  constructor(memory: SharedMemory, alphabet: GenotypeAlphabet, models: LocusModels) {
    this.#memory = memory;
    this.#alphabet = alphabet;
    this.#models = models;
  }

  /**
   * @param records where the families begin in shared memory; 0: nobody stands there
   * @param threshold an LR
   * @returns for each child the places of the families that may be theirs
   */
  scan(records: readonly number[], children: readonly Profile[], threshold: number): number[][] {
    const least = Math.log10(threshold * (1 - MARGIN));
    const hits = children.map((): number[] => []);
    records.forEach((record, place) => {
      if (record === 0) return;
      const ratios = this.#ratiosOf(record);
      children.forEach((child, at) => {
        if (this.#reaches(ratios, child, least)) hits[at]!.push(place);
      });
    });
    return hits;
  }

  #reaches(ratios: FamilyRatios, child: Profile, least: number): boolean {
    let log10Lr = 0;
    for (const [locus, genotype] of child) {
      const pair = readGenotype(genotype);
      if (typeof pair === 'string') continue;
      const lr = ratios.at(locus, pair);
      if (lr !== null) log10Lr += Math.log10(lr);
    }
    // Written so that NaN, an LR left open, passes.
    return !(log10Lr < least);
  }

  #ratiosOf(record: number): FamilyRatios {
    const known = this.#kept.get(record);
    if (known) return known;
    const made = new FamilyRatios(this.#models, this.#decode(record));
    this.#kept.set(record, made);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return made;
  }

  #decode(record: number): Family {
    return readKin(this.#memory, record).map(({ relation, row }) => {
      const typed = LOCI.flatMap((locus, number) => {
        const code = row[number]! as GenotypeCode;
        return code === 0 ? [] : [[locus, this.#alphabet.at(number).pair(code)] as const];
      });
      return { relation, profile: new Map(typed) };
    });
  }
}
