import { randomUUID } from 'node:crypto';
import { readTyping } from '../../formats/person-row.ts';
import { countUsableLoci, type Profile, sameProfile } from '../../kinship/index.ts';
import type { RecordKeys } from '../../platform/crypto/record-keys.ts';
import { type Database, onlyRow } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { LEAST_LOCI_ALIKE } from '../../search/index.ts';
import { deleteFindingsOfStaff } from '../findings/findings.service.ts';
import { deleteStaffRequests, insertStaffRequest } from '../searches/search.service.ts';
import { openStaff, sealStaff } from './sealed-staff.ts';
import {
  deleteStaffProfile,
  findByCode,
  insertStaffProfile,
  listStaffProfiles,
  lockByCode,
  type StaffProfileRow,
} from './staff-profiles.repository.ts';
import type { NewStaffProfile } from './staff-profiles.schema.ts';

/** A staff profile without its genotypes. */
export type StaffEntry = Omit<StaffProfileRow, 'genotypes' | 'keyPageId' | 'keySlot'>;

export type StaffProfilesService = ReturnType<typeof makeStaffProfilesService>;

/** Profiles of those who handle samples, kept apart from everybody who is compared for kinship. */
export function makeStaffProfilesService({
  laboratory,
  keeper,
  recordKeys,
  onCommitted,
}: {
  laboratory: Database;
  /** Destroys keys. */
  keeper: Database;
  recordKeys: RecordKeys;
  onCommitted: () => void;
}) {
  /** @returns whether it is there with the same content */
  async function isSame(
    db: Database,
    before: StaffProfileRow,
    { consent, profile }: Pick<NewStaffProfile, 'consent'> & { profile: Profile },
  ): Promise<boolean> {
    const stored = openStaff(before, await recordKeys.find(db, [before]));
    return (
      stored !== null &&
      sameProfile(stored, profile) &&
      before.consentVersion === consent.version &&
      before.consentSignedOn === consent.signedOn
    );
  }

  return {
    /**
     * Stores a profile and has it looked for in every sample. Sent again, it changes nothing.
     * @returns `replayed` when it was there
     * @throws HomewardError STAFF_PROFILE_INVALID with what is wrong; CONFLICT when the code is taken by
     *   another content
     */
    async put(
      code: string,
      { consent, genotypes }: NewStaffProfile,
      uploadedBy: string,
    ): Promise<{ entry: StaffEntry; replayed: boolean }> {
      const profile = readProfile(genotypes);
      const stored = await laboratory.transaction(async (tx) => {
        const id = randomUUID();
        const sealed = sealStaff(id, profile, onlyRow(await recordKeys.make(tx, 1)));
        const { version: consentVersion, signedOn: consentSignedOn } = consent;
        const row = { id, code, ...sealed, consentVersion, consentSignedOn, uploadedBy };
        const added = await insertStaffProfile(tx, row);
        if (added) await insertStaffRequest(tx, id);
        const entry = await findByCode(tx, code);
        if (!entry || !(await isSame(tx, entry, { consent, profile }))) {
          throw new HomewardError('CONFLICT', CODE_TAKEN);
        }
        return { entry, replayed: !added };
      });
      onCommitted();
      return stored;
    },

    list: (): Promise<StaffEntry[]> => listStaffProfiles(laboratory),

    /**
     * Removes a profile with its key, and every finding that it took part in.
     * @throws HomewardError NOT_FOUND
     */
    async remove(code: string): Promise<void> {
      await keeper.transaction(async (tx) => {
        const row = await lockByCode(tx, code);
        if (!row) throw new HomewardError('NOT_FOUND');
        await deleteFindingsOfStaff(tx, row.id);
        await deleteStaffRequests(tx, row.id);
        await deleteStaffProfile(tx, row.id);
        await recordKeys.destroy(tx, [row]);
      });
    },
  };
}

const CODE_TAKEN =
  'A staff profile with this code is there with another content; it never changes, so remove it first, or use another code.';

/** @throws HomewardError STAFF_PROFILE_INVALID */
function readProfile(genotypes: NewStaffProfile['genotypes']): Profile {
  const read = readTyping(genotypes);
  if (!('profile' in read)) {
    const faults = read.map(({ field, message }) => ({ field: field ?? 'genotypes', message }));
    throw new HomewardError('STAFF_PROFILE_INVALID', undefined, faults);
  }
  const count = countUsableLoci(read.profile);
  if (count >= LEAST_LOCI_ALIKE) return read.profile;
  const message = `${count} loci can be compared, and nobody is recognised by fewer than ${LEAST_LOCI_ALIKE}; type more`;
  throw new HomewardError('STAFF_PROFILE_INVALID', undefined, [{ field: 'genotypes', message }]);
}
