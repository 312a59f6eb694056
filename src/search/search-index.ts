import type { AlleleLabel, Profile } from '../kinship/index.ts';
import { Alphabet } from './alphabet.ts';
import { FamilyStore, type FamilySnapshot, type ParentSlots } from './family-store.ts';
import { type GenotypeSnapshot, GenotypeStore, type Slot } from './genotype-store.ts';

/** The whole index as another thread sees it: shared memory and sizes, cheap to pass on. */
export type IndexSnapshot = {
  readonly labels: readonly (readonly AlleleLabel[])[];
  readonly unknowns: GenotypeSnapshot;
  readonly relatives: GenotypeSnapshot;
  readonly families: FamilySnapshot;
};

/**
 * Everybody who can be compared: people of unknown origin on one side, families with their typed
 * parents on the other. Adding somebody who is there already changes nothing.
 */
export class SearchIndex {
  readonly #alphabet = new Alphabet();
  readonly #unknowns = new GenotypeStore();
  readonly #relatives = new GenotypeStore();
  readonly #families = new FamilyStore();
  readonly #unknownIds: string[] = [];
  readonly #familyIds: string[] = [];
  readonly #familySlots = new Map<string, Slot>();
  readonly #seen = new Set<string>();

  addUnknown(id: string, profile: Profile): void {
    if (!this.#isNew(id)) return;
    this.#unknowns.add(profile, this.#alphabet);
    this.#unknownIds.push(id);
  }

  addParent(id: string, familyId: string, role: keyof ParentSlots, profile: Profile): void {
    if (!this.#isNew(id)) return;
    const parent = this.#relatives.add(profile, this.#alphabet);
    let family = this.#familySlots.get(familyId);
    if (family === undefined) {
      family = this.#families.add();
      this.#familyIds.push(familyId);
      this.#familySlots.set(familyId, family);
    }
    this.#families.setParent(family, role, parent);
  }

  unknownId(slot: Slot): string {
    return this.#unknownIds[slot]!;
  }

  familyId(slot: Slot): string {
    return this.#familyIds[slot]!;
  }

  get unknownCount(): number {
    return this.#unknowns.size;
  }

  get familyCount(): number {
    return this.#families.size;
  }

  snapshot(): IndexSnapshot {
    return {
      labels: this.#alphabet.labels,
      unknowns: this.#unknowns.snapshot(),
      relatives: this.#relatives.snapshot(),
      families: this.#families.snapshot(),
    };
  }

  #isNew(id: string): boolean {
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    return true;
  }
}
