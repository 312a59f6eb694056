import { unpackProfile } from '../../formats/packed-profile.ts';
import type { Profile } from '../../kinship/index.ts';
import type { FindKey, KeyPlace, RecordKey } from '../../platform/crypto/record-keys.ts';
import { openAt, placeBytes, sealBytes } from '../../platform/crypto/sealed-bytes.ts';

/** The genotypes of a profile as they lie in its row; a row without a key is not sealed yet. */
export type SealedGenotypes = {
  /** Whose they are; they open in no other row. */
  readonly sampleId: string;
  readonly genotypes: Uint8Array;
  readonly keyPageId: string | null;
  readonly keySlot: number | null;
};

const placeOf = (sampleId: string) => ({ column: 'profiles.genotypes', rowId: sampleId }) as const;

/** Seals a packed profile with a key of its own. */
export function sealPacked(
  sampleId: string,
  packed: Uint8Array,
  { key, keyPageId, keySlot }: RecordKey,
): SealedGenotypes & KeyPlace {
  const genotypes = sealBytes(key, packed, placeOf(sampleId));
  return { sampleId, genotypes, keyPageId, keySlot };
}

/** The packed profile of a row; null where it cannot be opened. */
export function openPacked(sealed: SealedGenotypes, findKey: FindKey): Uint8Array | null {
  const { sampleId, genotypes, keyPageId, keySlot } = sealed;
  const key = keyPageId === null || keySlot === null ? null : findKey({ keyPageId, keySlot });
  return key && openAt(key, genotypes, placeBytes(placeOf(sampleId)));
}

/**
 * The profile of a row, and null for one that cannot be read: it is left out, so that it hinders nobody
 * else's search; the request to search it fails and is seen.
 */
export function openProfile(sealed: SealedGenotypes, findKey: FindKey): Profile | null {
  const packed = openPacked(sealed, findKey);
  if (!packed) return null;
  try {
    return unpackProfile(packed);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
