import type { Profile } from '../../kinship/index.ts';
import type { RecordKeys } from '../../platform/crypto/record-keys.ts';
import type { Database } from '../../platform/database.ts';
import { openStaff } from './sealed-staff.ts';
import {
  findStaffProfiles,
  listStaffProfiles,
  lockStaffProfiles,
  type StaffProfileRow,
} from './staff-profiles.repository.ts';

/** The genotypes of somebody who handles samples. */
export type StaffProfile = { readonly staffProfileId: string; readonly profile: Profile };

export type StaffReader = ReturnType<typeof makeStaffReader>;

/** Reads staff profiles for those who look for contamination; who cannot be read is left out. */
export function makeStaffReader({ recordKeys }: { recordKeys: RecordKeys }) {
  async function open(db: Database, rows: readonly StaffProfileRow[]): Promise<StaffProfile[]> {
    const findKey = await recordKeys.find(db, rows);
    return rows.flatMap((row) => {
      const profile = openStaff(row, findKey);
      return profile ? [{ staffProfileId: row.id, profile }] : [];
    });
  }

  return {
    readAll: async (db: Database) => open(db, await listStaffProfiles(db)),

    find: async (db: Database, ids: readonly string[]) =>
      open(db, await findStaffProfiles(db, ids)),

    /** Profiles that are locked against being removed until the transaction ends. */
    lock: async (tx: Database, ids: readonly string[]) =>
      open(tx, await lockStaffProfiles(tx, ids)),
  };
}
