import { LOCI, type ParentRole, type Profile } from '../kinship/index.ts';
import { GenotypeAlphabet } from './genotype-alphabet.ts';
import { nextIndexKey } from './index-key.ts';
import { BLOCK_SIZE } from './kernel/layout.ts';
import { ProfileStore, type StoreSnapshot } from './profile-store.ts';
import type { FamilyHits, IndexSnapshot } from './search-index.ts';
import { SharedMemory } from './shared-memory.ts';

const ROLES = ['father', 'mother', 'parent'] as const satisfies readonly ParentRole[];
const NOBODY: StoreSnapshot = { parts: [[]], size: 0 };

/** A block of people of one role, and the numbers of those who stand in it. */
type Block = {
  readonly role: ParentRole;
  readonly begin: number;
  readonly people: readonly number[];
};

/**
 * People each of whom may be a parent or a child, in memory that all threads share and where they
 * stand once. Everybody is added before the first look at the parts.
 */
export class MixedIndex {
  readonly #key = nextIndexKey();
  readonly #memory = new SharedMemory();
  readonly #alphabet = new GenotypeAlphabet(this.#memory);
  readonly #stores: Readonly<Record<ParentRole, ProfileStore>>;
  /** By role and slot: the number of the person. */
  readonly #numbers: Readonly<Record<ParentRole, number[]>> = {
    father: [],
    mother: [],
    parent: [],
  };
  readonly #row = new Uint16Array(LOCI.length);
  #count = 0;

  constructor() {
    const store = (): ProfileStore => new ProfileStore(this.#memory, this.#alphabet);
    this.#stores = { father: store(), mother: store(), parent: store() };
  }

  /** People are numbered from 0 in the order in which they are added. */
  add(role: ParentRole, profile: Profile): void {
    this.#alphabet.encode(profile, this.#row);
    const slot = this.#stores[role].add([this.#row]);
    this.#numbers[role][slot] = this.#count++;
  }

  /** The people in at most so many parts of about the same size. */
  parts(most: number): MixedPart[] {
    const blocks = ROLES.flatMap((role): Block[] => {
      const numbers = this.#numbers[role];
      const { parts } = this.#stores[role].snapshot();
      return parts[0]!.map((begin, place) => {
        const people = numbers.slice(place * BLOCK_SIZE, (place + 1) * BLOCK_SIZE);
        return { role, begin, people };
      });
    });
    const size = Math.ceil(blocks.length / most);
    return Array.from({ length: size === 0 ? 0 : Math.ceil(blocks.length / size) }, (_, part) => {
      const own = blocks.slice(part * size, (part + 1) * size);
      return new MixedPart(this.#key, this.#memory.memory, own);
    });
  }
}

/** Some of the people of a {@link MixedIndex}. */
export class MixedPart {
  /**
   * An index of one shard with each of these people as the only parent of a family, and of all of
   * them as people of unknown origin.
   */
  readonly snapshot: IndexSnapshot;
  readonly #blocks: readonly Block[];

  constructor(key: number, memory: WebAssembly.Memory, blocks: readonly Block[]) {
    this.#blocks = blocks;
    const store = (own: readonly Block[]): StoreSnapshot =>
      // Places that are free at the end of a block have no bits, and nobody is found there.
      ({ parts: [own.map(({ begin }) => begin)], size: own.length * BLOCK_SIZE });
    const as = (role: ParentRole): StoreSnapshot => store(this.#ofRole(role));
    const shard = { father: as('father'), mother: as('mother'), parent: as('parent') };
    const shards = [{ ...shard, couples: NOBODY, kin: [] }];
    this.snapshot = { key, memory, unknowns: store(blocks), shards };
  }

  /** The numbers of those who were found as parents. */
  parentsAt(hits: FamilyHits): number[] {
    return hits.flatMap(({ place, slots }) => peopleAt(this.#ofRole(place), slots));
  }

  /** The numbers of those who were found as people of unknown origin. */
  childrenAt(slots: readonly number[]): number[] {
    return peopleAt(this.#blocks, slots);
  }

  #ofRole(role: string): Block[] {
    return this.#blocks.filter((block) => block.role === role);
  }
}

function peopleAt(blocks: readonly Block[], slots: readonly number[]): number[] {
  return slots.map((slot) => blocks[Math.floor(slot / BLOCK_SIZE)]!.people[slot % BLOCK_SIZE]!);
}
