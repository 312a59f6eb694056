import { packProfile, unpackProfile } from '../../formats/packed-profile.ts';
import type { Profile } from '../../kinship/index.ts';
import type { FindKey, RecordKey } from '../../platform/crypto/record-keys.ts';
import { openAt, placeBytes, sealBytes } from '../../platform/crypto/sealed-bytes.ts';
import type { StaffProfileRow } from './staff-profiles.repository.ts';

const placeOf = (id: string) => ({ column: 'staff_profiles.genotypes', rowId: id }) as const;

/** Seals the genotypes of staff with a key of their own. */
export function sealStaff(
  id: string,
  profile: Profile,
  { key, keyPageId, keySlot }: RecordKey,
): Pick<StaffProfileRow, 'genotypes' | 'keyPageId' | 'keySlot'> {
  return { genotypes: sealBytes(key, packProfile(profile), placeOf(id)), keyPageId, keySlot };
}

/** The inverse of {@link sealStaff}; null for what cannot be read, which is found in nobody's sample. */
export function openStaff(row: StaffProfileRow, findKey: FindKey): Profile | null {
  const key = findKey(row);
  const packed = key && openAt(key, row.genotypes, placeBytes(placeOf(row.id)));
  if (!packed) return null;
  try {
    return unpackProfile(packed);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
