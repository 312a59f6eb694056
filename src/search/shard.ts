/** Families are spread over so many shards, so that a block of families is the same everywhere. */
export const FAMILY_SHARDS = 8;

/**
 * The shard of a family, from its id alone: the same in every process and host.
 * FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv
 */
export function shardOf(familyId: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < familyId.length; place++) {
    hash = Math.imul(hash ^ familyId.charCodeAt(place), 0x01000193);
  }
  // The low bits of such short hashes are not spread well.
  return ((hash ^ (hash >>> 15)) >>> 0) & (FAMILY_SHARDS - 1);
}
