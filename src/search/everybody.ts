import type { Place } from './family-shard.ts';
import { BLOCK_SIZE } from './kernel/layout.ts';
import type { FamilyHits, IndexSnapshot } from './search-index.ts';

/** Where families of one parent stand. */
const SINGLES = ['father', 'mother', 'parent'] as const satisfies readonly Place[];

/**
 * The same index with the single parents of one shard for its people of unknown origin: whoever may
 * be parent or child stands in memory once.
 */
export function lookForChildren(index: IndexSnapshot, shard: number): IndexSnapshot {
  const stores = index.shards[shard]!;
  // Places that are free at the end of a block have no bits, and nobody is found there.
  const blocks = SINGLES.flatMap((place) => stores[place].parts[0]!);
  return { ...index, unknowns: { parts: [blocks], size: blocks.length * BLOCK_SIZE } };
}

/** Slots found in what {@link lookForChildren} made, as families of the index. */
export function familiesOfSlots(
  index: IndexSnapshot,
  shard: number,
  slots: readonly number[],
): FamilyHits {
  let before = 0;
  return SINGLES.map((place) => {
    const begin = before;
    before += index.shards[shard]![place].parts[0]!.length * BLOCK_SIZE;
    const here = slots.filter((slot) => slot >= begin && slot < before);
    return { shard, place, slots: here.map((slot) => slot - begin) };
  });
}
