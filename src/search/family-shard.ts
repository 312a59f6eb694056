import type { FamilyRelation, ParentRole } from '../kinship/index.ts';
import type { GenotypeAlphabet } from './genotype-alphabet.ts';
import { isParent } from './family.ts';
import { type KinMember, readKin, writeKin } from './kin-record.ts';
import { ProfileStore, type Slot, type StoreSnapshot } from './profile-store.ts';
import type { SharedMemory } from './shared-memory.ts';

/** Families with both parents typed, with one, and (again) those with further relatives. */
export const PLACES = ['couples', 'father', 'mother', 'parent', 'kin'] as const;
export type Place = (typeof PLACES)[number];
type ParentPlace = Exclude<Place, 'kin'>;

/** What another thread needs to read a shard. */
export type ShardSnapshot = Readonly<Record<ParentPlace, StoreSnapshot>> & {
  /** Where the records of families begin that have relatives besides parents; 0: a free place. */
  readonly kin: readonly number[];
};

/** A relative by name. */
export type Member = { readonly sampleId: string; readonly relation: FamilyRelation };

/** A family of the index: who is in it, and where it stands. */
export type FamilyEntry = {
  readonly id: string;
  members: readonly Member[];
  parents: { readonly place: ParentPlace; readonly slot: Slot } | null;
  /** Its place among `kin`. */
  kin: number | null;
};

/**
 * A share of the families. Parents stand in bit-sliced stores, couples side by side; a family that
 * has other relatives too stands among `kin` besides, with all of them.
 */
export class FamilyShard {
  readonly #memory: SharedMemory;
  readonly #stores: Readonly<Record<ParentPlace, ProfileStore>>;
  readonly #entries: Readonly<Record<Place, (FamilyEntry | undefined)[]>>;
  readonly #kin: number[] = [];
  readonly #freeKin: number[] = [];

  constructor(memory: SharedMemory, alphabet: GenotypeAlphabet) {
    this.#memory = memory;
    const store = (parts: 1 | 2): ProfileStore => new ProfileStore(memory, alphabet, parts);
    this.#stores = { couples: store(2), father: store(1), mother: store(1), parent: store(1) };
    this.#entries = { couples: [], father: [], mother: [], parent: [], kin: [] };
  }

  /** The family at a place now; undefined where nobody stands any more. */
  entryAt(place: Place, slot: number): FamilyEntry | undefined {
    return this.#entries[place][slot];
  }

  /** One code a locus for each member. */
  rowsOf({ members, parents, kin }: FamilyEntry): Map<string, Uint16Array> {
    const others = kin === null ? [] : readKin(this.#memory, this.#kin[kin]!);
    return new Map(
      members.map(({ sampleId, relation }, place) => {
        const other = others[place];
        return [sampleId, other?.row ?? this.#readParent(relation, parents!)];
      }),
    );
  }

  #readParent(relation: FamilyRelation, { place, slot }: NonNullable<FamilyEntry['parents']>) {
    return this.#stores[place].read(slot, place === 'couples' && relation === 'mother' ? 1 : 0);
  }

  /** Puts a family where its members belong. */
  place(entry: FamilyEntry, rows: ReadonlyMap<string, Uint16Array>): void {
    const members = entry.members.map(({ sampleId, relation }): KinMember => ({
      relation,
      row: rows.get(sampleId)!,
    }));
    const place = placeOfParents(members);
    if (place !== null) {
      const roles: readonly ParentRole[] = place === 'couples' ? ['father', 'mother'] : [place];
      const parts = roles.map((role) => members.find(({ relation }) => relation === role)!.row);
      const slot = this.#stores[place].add(parts);
      entry.parents = { place, slot };
      this.#entries[place][slot] = entry;
    }
    if (members.some(({ relation }) => !isParent(relation))) {
      const slot = this.#freeKin.pop() ?? this.#kin.length;
      this.#kin[slot] = writeKin(this.#memory, members);
      this.#entries.kin[slot] = entry;
      entry.kin = slot;
    }
  }

  /** Takes a family from where it stands. */
  displace(entry: FamilyEntry): void {
    if (entry.parents) {
      const { place, slot } = entry.parents;
      this.#stores[place].remove(slot);
      this.#entries[place][slot] = undefined;
      entry.parents = null;
    }
    if (entry.kin !== null) {
      this.#kin[entry.kin] = 0;
      this.#freeKin.push(entry.kin);
      this.#entries.kin[entry.kin] = undefined;
      entry.kin = null;
    }
  }

  snapshot(): ShardSnapshot {
    const { couples, father, mother, parent } = this.#stores;
    return {
      couples: couples.snapshot(),
      father: father.snapshot(),
      mother: mother.snapshot(),
      parent: parent.snapshot(),
      kin: [...this.#kin],
    };
  }
}

function placeOfParents(members: readonly KinMember[]): ParentPlace | null {
  if (has(members, 'father')) return has(members, 'mother') ? 'couples' : 'father';
  if (has(members, 'mother')) return 'mother';
  return has(members, 'parent') ? 'parent' : null;
}

function has(members: readonly KinMember[], role: ParentRole): boolean {
  return members.some(({ relation }) => relation === role);
}
