import type { ParentRole } from '../kinship/index.ts';
import type { Slot } from './genotype-store.ts';

/** Slots of a family's typed parents among the relatives; null where nobody is typed. */
export type ParentSlots = Readonly<Record<ParentRole, Slot | null>>;

/** What another thread needs to read a {@link FamilyStore}. */
export type FamilySnapshot = {
  /** Each over shared memory. */
  readonly blocks: readonly Int32Array[];
  readonly size: number;
};

const ROLES: readonly ParentRole[] = ['father', 'mother', 'parent'];
const FAMILIES_A_BLOCK = 4096;
const BYTES_A_BLOCK = FAMILIES_A_BLOCK * ROLES.length * Int32Array.BYTES_PER_ELEMENT;

/**
 * Which relatives make up which family, in shared memory: for each family three 32-bit numbers,
 * the slots of father, mother and of a parent whose sex nobody stated, each plus one (0: nobody).
 */
export class FamilyStore {
  readonly #blocks: Int32Array[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(): Slot {
    const slot = this.#size++;
    if (slot % FAMILIES_A_BLOCK === 0) {
      this.#blocks.push(new Int32Array(new SharedArrayBuffer(BYTES_A_BLOCK)));
    }
    return slot as Slot;
  }

  setParent(family: Slot, role: ParentRole, parent: Slot): void {
    const [block, at] = locate(this.#blocks, family);
    block[at + ROLES.indexOf(role)] = parent + 1;
  }

  snapshot(): FamilySnapshot {
    return { blocks: [...this.#blocks], size: this.#size };
  }
}

/**
 * The typed parents of one family of a snapshot. The memory is live: a parent who came after the
 * snapshot, beyond its `people`, counts as nobody; their own search sees them.
 */
export function readParents({ blocks }: FamilySnapshot, family: Slot, people: number): ParentSlots {
  const [block, at] = locate(blocks, family);
  const slot = (place: number): Slot | null => {
    const stored = block[at + place]!;
    return stored === 0 || stored > people ? null : ((stored - 1) as Slot);
  };
  return { father: slot(0), mother: slot(1), parent: slot(2) };
}

function locate(blocks: readonly Int32Array[], family: Slot): [Int32Array, number] {
  return [
    blocks[Math.floor(family / FAMILIES_A_BLOCK)]!,
    (family % FAMILIES_A_BLOCK) * ROLES.length,
  ];
}
