/** Parts into which the families are cut, so that a block of a sweep is a part of all comparisons. */
export const FAMILY_SHARDS = 8;

/** The part that a family belongs to, in every process the same: from 0 to below {@link FAMILY_SHARDS}. */
export function shardOf(familyId: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < familyId.length; at++) {
    hash = Math.imul(hash ^ familyId.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0) % FAMILY_SHARDS;
}
