import { packProfile } from '../../formats/packed-profile.ts';
import type { Relation } from '../../formats/relation.ts';
import {
  type KeyPlace,
  KEYS_A_PAGE,
  type RecordKey,
  type RecordKeys,
} from '../../platform/crypto/record-keys.ts';
import type { Database } from '../../platform/database.ts';
import type { Profile } from '../../kinship/index.ts';
import {
  deleteProfiles,
  findFamilyProfiles,
  findProfileIds,
  findProfiles,
  findUnknownsBetween,
  lockFamilyProfiles,
  lockProfilesOfSamples,
  type SealedProfile,
} from './profiles.repository.ts';
import type { PageEntry } from './genotype-page.ts';
import { insertPages, removeFromPage } from './genotype-pages.repository.ts';
import { openProfile, sealPacked, type SealedGenotypes } from './sealed-genotypes.ts';
import type { StoredProfile } from './stored-profile.ts';

export { countDatabase, countSides, type DatabaseSize } from './profiles.repository.ts';

/** A sample with what was typed of it, both written in the same transaction or the sample before. */
type TypedSample = {
  readonly id: string;
  readonly profileId: string;
  readonly familyId: string | null;
  readonly relation: Relation | null;
  readonly profile: Profile;
};

export type ProfilesService = ReturnType<typeof makeProfilesService>;

/**
 * What other features may ask of stored profiles; each takes the caller's database or transaction.
 * Of a sample it is the current profile, unless profiles are asked for by their ids. Who cannot be read is
 * left out.
 */
export function makeProfilesService({ recordKeys }: { recordKeys: RecordKeys }) {
  async function open(db: Database, rows: readonly SealedProfile[]): Promise<StoredProfile[]> {
    const profiles = await openAll(db, rows);
    return rows.flatMap(({ genotypes: _, keyPageId: __, keySlot: ___, ...row }, place) => {
      const profile = profiles[place];
      return profile ? [{ ...row, profile }] : [];
    });
  }

  async function openAll(
    db: Database,
    rows: readonly SealedGenotypes[],
  ): Promise<(Profile | null)[]> {
    const findKey = await recordKeys.find(db, rows);
    return rows.map((row) => openProfile(row, findKey));
  }

  return {
    /** Profiles by their ids, superseded ones too. */
    find: async (db: Database, profileIds: readonly string[]) =>
      open(db, await findProfiles(db, profileIds)),

    /** The ids of a sample's profiles, superseded ones too. */
    findIds: findProfileIds,

    /**
     * The profiles of people who are locked against being withdrawn, and against more loci, until the
     * transaction ends.
     */
    lockSamples: async (tx: Database, sampleIds: readonly string[]) =>
      open(tx, await lockProfilesOfSamples(tx, sampleIds)),

    /** People of unknown origin from one sample id on, up to but without another; null: to the end. */
    findUnknownsBetween: async (db: Database, from: string, to: string | null) =>
      open(db, await findUnknownsBetween(db, from, to)),

    /** The profiles of whole families as they stand now. */
    findOfFamilies: async (db: Database, familyIds: readonly string[]) =>
      open(db, await findFamilyProfiles(db, familyIds)),

    /**
     * The profiles of whole families, which are locked against new members and more loci until the
     * transaction ends, so that what is judged is what the family consists of.
     */
    lockFamilies: async (tx: Database, familyIds: readonly string[]) =>
      open(tx, await lockFamilyProfiles(tx, familyIds)),

    /** The profiles of rows that somebody read; null for one that cannot be opened. */
    openAll,

    /** Removes a sample's profiles, superseded ones too, and destroys their keys. */
    async destroy(tx: Database, sampleId: string): Promise<void> {
      const removed = await deleteProfiles(tx, sampleId);
      const places = removed.flatMap(({ keyPageId, keySlot }): KeyPlace[] =>
        keyPageId === null || keySlot === null ? [] : [{ keyPageId, keySlot }],
      );
      const renewed = await recordKeys.destroy(tx, places);
      for (const page of renewed) await removeFromPage(tx, page, sampleId);
    },

    /**
     * Seals the profiles of samples, each with a key of its own, which is written at once. Other requests get
     * their turn in between.
     */
    async seal(
      tx: Database,
      samples: readonly TypedSample[],
    ): Promise<(SealedGenotypes & { profileId: string })[]> {
      const sealed: (SealedGenotypes & { profileId: string })[] = [];
      for (let at = 0; at < samples.length; at += SAMPLES_A_TURN) {
        const some = samples.slice(at, at + SAMPLES_A_TURN);
        const people = sealSome(some, await recordKeys.make(tx, some.length));
        await insertPages(tx, people);
        for (const one of people) sealed.push(one.sealed);
      }
      return sealed;
    },
  };
}

/** Whole pages of keys, so that none is left half full. */
const SAMPLES_A_TURN = 16 * KEYS_A_PAGE;

type SealedPerson = {
  readonly recordKey: RecordKey;
  readonly entry: PageEntry;
  readonly sealed: SealedGenotypes & { readonly profileId: string };
};

function sealSome(samples: readonly TypedSample[], keys: readonly RecordKey[]): SealedPerson[] {
  return samples.map((sample, place) => {
    const recordKey = keys[place];
    if (!recordKey) throw new Error('fewer keys were made than asked for');
    const { id: sampleId, profileId, profile, familyId, relation } = sample;
    const packed = packProfile(profile);
    const entry = { sampleId, familyId, relation, packed };
    const sealed = { profileId, ...sealPacked(sampleId, packed, recordKey) };
    return { recordKey, entry, sealed };
  });
}
