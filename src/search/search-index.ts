import { type FamilyRelation, LOCI, type Profile } from '../kinship/index.ts';
import {
  type FamilyEntry,
  FamilyShard,
  type Member,
  type Place,
  type ShardSnapshot,
} from './family-shard.ts';
import { type AlleleRow, GenotypeAlphabet } from './genotype-alphabet.ts';
import { nextIndexKey } from './index-key.ts';
import { ProfileStore, type Slot, type StoreSnapshot } from './profile-store.ts';
import { FAMILY_SHARDS, shardOf } from './shard.ts';
import { SharedMemory } from './shared-memory.ts';

/** The whole index as another thread sees it: shared memory and where to look, cheap to pass on. */
export type IndexSnapshot = {
  /** Tells the indexes of one process apart. */
  readonly key: number;
  readonly memory: WebAssembly.Memory;
  readonly unknowns: StoreSnapshot;
  readonly shards: readonly ShardSnapshot[];
};

/** Families that a scan lets pass, by where they stood. */
export type FamilyHits = readonly {
  readonly shard: number;
  readonly place: Place;
  readonly slots: readonly number[];
}[];

/** Where somebody of an index stood when a scan met them. */
export type PersonPlace =
  | { readonly side: 'unknowns'; readonly slot: number }
  | {
      readonly side: 'parents';
      readonly shard: number;
      readonly place: Exclude<Place, 'kin'>;
      /** Of a couple 0 is the father, 1 the mother. */
      readonly part: number;
      readonly slot: number;
    }
  | {
      readonly side: 'kin';
      readonly shard: number;
      readonly slot: number;
      /** The how many-th of the family, from 0. */
      readonly member: number;
    };

/** A relative of a missing child, to be compared. */
export type Relative = Member & { readonly profile: Profile | AlleleRow };

/**
 * Everybody who can be compared, in memory that all threads share: people of unknown origin on one
 * side, families with their typed relatives on the other. Adding somebody who is there replaces them.
 */
export class SearchIndex {
  readonly #key = nextIndexKey();
  readonly #memory = new SharedMemory();
  readonly #alphabet = new GenotypeAlphabet(this.#memory);
  readonly #unknowns = new ProfileStore(this.#memory, this.#alphabet);
  readonly #unknownIds: (string | undefined)[] = [];
  readonly #shards = Array.from(
    { length: FAMILY_SHARDS },
    () => new FamilyShard(this.#memory, this.#alphabet),
  );
  readonly #families = new Map<string, FamilyEntry>();
  /** By sample: somebody's slot among the people of unknown origin, or a relative's family. */
  readonly #whereabouts = new Map<string, Slot | FamilyEntry>();
  readonly #row = new Uint16Array(LOCI.length);
  /** For the relatives of one family, written anew for the next: nobody keeps them. */
  readonly #rows: Uint16Array[] = [];

  get unknownCount(): number {
    return this.#unknowns.count;
  }

  get familyCount(): number {
    return this.#families.size;
  }

  /** Bytes of shared memory taken. */
  get bytes(): number {
    return this.#memory.size;
  }

  addUnknown(id: string, profile: Profile | AlleleRow): void {
    this.withdraw(id);
    this.#alphabet.encode(profile, this.#row);
    const slot = this.#unknowns.add([this.#row]);
    this.#unknownIds[slot] = id;
    this.#whereabouts.set(id, slot);
  }

  addRelative(
    id: string,
    familyId: string,
    relation: FamilyRelation,
    profile: Profile | AlleleRow,
  ): void {
    this.addRelatives(familyId, [{ sampleId: id, relation, profile }]);
  }

  /** Several of one family at once, which is cheaper; each stands here once. */
  addRelatives(familyId: string, relatives: readonly Relative[]): void {
    for (const { sampleId } of relatives) this.withdraw(sampleId);
    const entry = this.#families.get(familyId) ?? this.#addFamily(familyId);
    const rows = this.#shardOf(entry).rowsOf(entry);
    const members = [...entry.members];
    for (const [place, { sampleId, relation, profile }] of relatives.entries()) {
      const row = (this.#rows[place] ??= new Uint16Array(LOCI.length));
      this.#alphabet.encode(profile, row);
      rows.set(sampleId, row);
      members.push({ sampleId, relation });
      this.#whereabouts.set(sampleId, entry);
    }
    this.#arrange(entry, members, rows);
  }

  /** Many families at once, shard by shard: neighbours there are neighbours in memory. */
  addFamilies(families: ReadonlyMap<string, readonly Relative[]>): void {
    const shards = Array.from({ length: FAMILY_SHARDS }, (): string[] => []);
    for (const familyId of families.keys()) shards[shardOf(familyId)]!.push(familyId);
    for (const familyId of shards.flat()) this.addRelatives(familyId, families.get(familyId)!);
  }

  /** Takes somebody out; who is not there stays out. */
  withdraw(id: string): void {
    const where = this.#whereabouts.get(id);
    if (where === undefined) return;
    this.#whereabouts.delete(id);
    if (typeof where === 'number') this.#withdrawUnknown(where);
    else this.#withdrawRelative(id, where);
  }

  /** The people of unknown origin who stand at these slots now. */
  unknownsAt(slots: readonly number[]): string[] {
    return slots.flatMap((slot) => this.#unknownIds[slot] ?? []);
  }

  /** The families that stand at these places now, each once. */
  familiesAt(hits: FamilyHits): string[] {
    const ids = new Set<string>();
    for (const { shard, place, slots } of hits) {
      for (const slot of slots) {
        const entry = this.#shards[shard]!.entryAt(place, slot);
        if (entry) ids.add(entry.id);
      }
    }
    return [...ids];
  }

  /** A profile as this index writes people: one code a locus. Nobody is added by it. */
  codesOf(profile: Profile): Uint16Array {
    const row = new Uint16Array(LOCI.length);
    this.#alphabet.encode(profile, row);
    return row;
  }

  /** The people who stand at these places now, each once. */
  peopleAt(places: readonly PersonPlace[]): string[] {
    return [...new Set(places.flatMap((place) => this.#personAt(place) ?? []))];
  }

  #personAt(found: PersonPlace): string | undefined {
    if (found.side === 'unknowns') return this.#unknownIds[found.slot];
    const shard = this.#shards[found.shard]!;
    if (found.side === 'kin') return shard.entryAt('kin', found.slot)?.members[found.member]?.sampleId; // prettier-ignore
    const { place, part, slot } = found;
    const role = place === 'couples' ? (['father', 'mother'] as const)[part] : place;
    return shard.entryAt(place, slot)?.members.find(({ relation }) => relation === role)?.sampleId;
  }

  snapshot(): IndexSnapshot {
    return {
      key: this.#key,
      memory: this.#memory.memory,
      unknowns: this.#unknowns.snapshot(),
      shards: this.#shards.map((shard) => shard.snapshot()),
    };
  }

  #withdrawUnknown(slot: Slot): void {
    this.#unknowns.remove(slot);
    this.#unknownIds[slot] = undefined;
  }

  #withdrawRelative(id: string, entry: FamilyEntry): void {
    const rows = this.#shardOf(entry).rowsOf(entry);
    const members = entry.members.filter(({ sampleId }) => sampleId !== id);
    this.#arrange(entry, members, rows);
    if (members.length === 0) this.#families.delete(entry.id);
  }

  #addFamily(id: string): FamilyEntry {
    const entry: FamilyEntry = { id, members: [], parents: null, kin: null };
    this.#families.set(id, entry);
    return entry;
  }

  #shardOf({ id }: FamilyEntry): FamilyShard {
    return this.#shards[shardOf(id)]!;
  }

  #arrange(
    entry: FamilyEntry,
    members: FamilyEntry['members'],
    rows: ReadonlyMap<string, Uint16Array>,
  ): void {
    const shard = this.#shardOf(entry);
    shard.displace(entry);
    entry.members = members;
    shard.place(entry, rows);
  }
}
