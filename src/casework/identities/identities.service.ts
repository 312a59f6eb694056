import type { Logger } from 'pino';
import type {
  FindKey,
  KeyPlace,
  RecordKey,
  RecordKeys,
} from '../../platform/crypto/record-keys.ts';
import { SealBroken } from '../../platform/crypto/sealed-bytes.ts';
import type { Database } from '../../platform/database.ts';
import { type FieldFault, HomewardError } from '../../platform/errors.ts';
import { asCollectionPoint, asPolice } from '../../platform/scope.ts';
import { caseIdOf, type CasesService } from '../cases/cases.service.ts';
import { findAgeContradictions } from '../consents/consents.service.ts';
import {
  deleteIdentities,
  findIdentity,
  findKeyPlaces,
  findNationalIds,
  findPeople,
  insertIdentities,
  lockSamples,
  type PersonRow,
} from './identities.repository.ts';
import { birthDayOf } from './national-id.ts';
import { type PhotoType, photoTypeOf } from './photo.ts';
import {
  type Identity,
  openIdentity,
  openNationalId,
  openPhoto,
  sealIdentity,
  sealPhoto,
} from './sealed-identity.ts';

/** As a collection point sends it. */
export type NewIdentity = Identity & { readonly photo: Uint8Array | null };

/** By the sample's id, or by the collection point's code of it. */
type IdentityOf = NewIdentity & { readonly sampleId: string };

export type StoredIdentity = NewIdentity & {
  readonly photoType: PhotoType | null;
  readonly writtenAt: Date;
};

/** Somebody of a case; null where the collection point sent no identity. */
export type Person = {
  readonly relation: PersonRow['relation'];
  readonly identity: Identity | null;
};

export type IdentitiesService = ReturnType<typeof makeIdentitiesService>;

type Dependencies = {
  readonly db: Database;
  readonly recordKeys: RecordKeys;
  readonly cases: CasesService;
  readonly log: Logger;
};

/**
 * Who gave which sample: sealed, read by the collection point that sent it and by police of the case's
 * place. Nobody searches it.
 */
export function makeIdentitiesService({ db, recordKeys, cases, log }: Dependencies) {
  /** @param read a transaction that opens what is sealed */
  async function opening<Opened>(read: Promise<Opened>): Promise<Opened> {
    try {
      return await read;
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      // It names the row by its id, which is nobody's name.
      log.error({ err: error }, 'a stored identity cannot be opened');
      throw new HomewardError('IDENTITY_UNREADABLE');
    }
  }

  async function readPeople(tx: Database, caseId: string): Promise<Person[]> {
    const rows = await findPeople(tx, caseId);
    const findKey = await recordKeys.find(
      tx,
      rows.flatMap(({ sealed }) => sealed ?? []),
    );
    return rows.map(({ sampleId, relation, sealed }) => {
      const identity = sealed && openIdentity(keyOf(findKey, sampleId, sealed), sampleId, sealed);
      return { relation, identity };
    });
  }

  async function readBirthDays(
    tx: Database,
    collectionPointId: string,
    codes: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const rows = await findNationalIds(tx, collectionPointId, codes);
    const findKey = await recordKeys.find(tx, rows);
    const read = rows.map(({ code, sampleId, nationalId, ...place }) => ({
      sampleId: code,
      nationalId: openNationalId(keyOf(findKey, sampleId, place), sampleId, nationalId),
    }));
    return birthDaysOf(read);
  }

  /** Writes identities whole: what was there of these samples is replaced, and made unreadable. */
  async function replace(tx: Database, sent: readonly IdentityOf[]): Promise<void> {
    await destroyIdentities(
      tx,
      recordKeys,
      sent.map(({ sampleId }) => sampleId),
    );
    const keys = await recordKeys.make(tx, sent.length);
    const rows = sent.map((one, place) => sealRow(one, keys[place]));
    await insertIdentities(tx, rows);
  }

  return {
    /**
     * @param code the collection point's of the sample
     * @throws HomewardError NOT_FOUND where the sample is missing, or another's; CONSENT_AGE_CONTRADICTED where
     *   nobody of the age of the identity card consented
     */
    async put(collectionPointId: string, code: string, identity: NewIdentity): Promise<void> {
      await asCollectionPoint(db, collectionPointId, async (tx) => {
        const sampleId = (await lockSamples(tx, collectionPointId, [code])).get(code);
        if (sampleId === undefined) throw new HomewardError('NOT_FOUND');
        await requireAges(tx, collectionPointId, [{ ...identity, sampleId: code }], () => 'nationalId'); // prettier-ignore
        await replace(tx, [{ ...identity, sampleId }]);
      });
    },

    /**
     * @param sent by the collection point's codes of the samples
     * @throws HomewardError SAMPLE_UNKNOWN naming the places of codes that are not its own, CONSENT_AGE_CONTRADICTED
     *   those of another age than consented; nothing is written
     */
    async putAll(collectionPointId: string, sent: readonly IdentityOf[]): Promise<void> {
      const codes = sent.map(({ sampleId }) => sampleId);
      await asCollectionPoint(db, collectionPointId, async (tx) => {
        const ids = await lockSamples(tx, collectionPointId, codes);
        const named = withIds(sent, ids);
        await requireAges(tx, collectionPointId, sent, (place) => `identities.${place}.nationalId`);
        await replace(tx, named);
      });
    },

    /** The days of birth of those of a collection point's samples whose identity card says it, by code. */
    findBirthDays: (...asked: Parameters<typeof readBirthDays>) => opening(readBirthDays(...asked)),

    /** @throws HomewardError NOT_FOUND where there is none, or another's */
    read(collectionPointId: string, code: string): Promise<StoredIdentity> {
      const read = async (tx: Database): Promise<StoredIdentity> => {
        const row = await findIdentity(tx, collectionPointId, code);
        if (!row) throw new HomewardError('NOT_FOUND');
        const { sampleId, writtenAt } = row;
        const key = keyOf(await recordKeys.find(tx, [row]), sampleId, row);
        const photo = row.photo && openPhoto(key, sampleId, row.photo);
        const photoType = photo && photoTypeOf(photo);
        return { ...openIdentity(key, sampleId, row), photo, photoType, writtenAt };
      };
      return opening(asCollectionPoint(db, collectionPointId, read, ONE_MOMENT));
    },

    /**
     * Everybody of a case, for police of its place; never a genotype.
     * @throws HomewardError NOT_FOUND for a missing case and for a foreign one alike
     */
    async peopleFor(jurisdiction: string, caseNumber: string): Promise<Person[]> {
      await cases.read(caseNumber, jurisdiction);
      const read = async (tx: Database): Promise<Person[]> =>
        readPeople(tx, await caseIdOf(tx, caseNumber));
      return opening(asPolice(db, jurisdiction, read, ONE_MOMENT));
    },

    /** Everybody of a case, for who may open it otherwise and has a database that shows it. */
    peopleOf: (opener: Database, caseId: string) =>
      opening(opener.transaction((tx) => readPeople(tx, caseId), ONE_MOMENT)),
  };
}

/** Rows and their keys belong together, whoever replaces them meanwhile. */
const ONE_MOMENT = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;

/** Destroys the keys of samples' identities and removes them, in the caller's transaction. */
export async function destroyIdentities(
  tx: Database,
  recordKeys: RecordKeys,
  sampleIds: readonly string[],
): Promise<void> {
  if (sampleIds.length === 0) return;
  await recordKeys.destroy(tx, await findKeyPlaces(tx, sampleIds));
  await deleteIdentities(tx, sampleIds);
}

/** @throws SealBroken for a row that is there while its key is destroyed */
function keyOf(findKey: FindKey, sampleId: string, place: KeyPlace): Uint8Array {
  const key = findKey(place);
  if (key) return key;
  throw new SealBroken({ column: 'identities.name', rowId: sampleId });
}

/** By the collection point's code, of those whose identity card says it. */
function birthDaysOf(
  people: readonly { readonly sampleId: string; readonly nationalId: string | null }[],
): Map<string, string> {
  return new Map(
    people.flatMap(({ sampleId: code, nationalId }) => {
      const bornOn = nationalId === null ? null : birthDayOf(nationalId);
      return bornOn === null ? [] : [[code, bornOn] as const];
    }),
  );
}

/**
 * The day of birth is the truth: what was signed at another age is to be signed again first.
 * @param sent by the collection point's codes
 * @throws HomewardError CONSENT_AGE_CONTRADICTED
 */
async function requireAges(
  tx: Database,
  collectionPointId: string,
  sent: readonly IdentityOf[],
  fieldOf: (place: number) => string,
): Promise<void> {
  const contradicted = await findAgeContradictions(tx, collectionPointId, birthDaysOf(sent));
  const faults = sent.flatMap(({ sampleId: code }, place) =>
    contradicted.has(code)
      ? [{ field: fieldOf(place), message: 'says another age than the consent of this sample' }]
      : [],
  );
  if (faults.length > 0) throw new HomewardError('CONSENT_AGE_CONTRADICTED', undefined, faults.slice(0, MOST_FAULTS)); // prettier-ignore
}

type SealedRow = Parameters<typeof insertIdentities>[1][number];

function sealRow({ sampleId, photo, ...identity }: IdentityOf, made?: RecordKey): SealedRow {
  if (!made) throw new Error('fewer keys were made than were asked for');
  const { key, keyPageId, keySlot } = made;
  return {
    ...sealIdentity(key, sampleId, identity),
    photo: photo && sealPhoto(key, sampleId, photo),
    ...{ sampleId, keyPageId, keySlot },
  };
}

const MOST_FAULTS = 100;

/** The same by the ids of the samples. */
function withIds(sent: readonly IdentityOf[], ids: ReadonlyMap<string, string>): IdentityOf[] {
  const seen = new Set<string>();
  const faults: FieldFault[] = [];
  const found = sent.flatMap((one, place) => {
    const field = `identities.${place}.sampleId`;
    const id = ids.get(one.sampleId);
    if (id === undefined) faults.push({ field, message: 'is no sample of yours; upload it first' });
    else if (seen.has(id)) faults.push({ field, message: 'is named twice in this list' });
    else seen.add(id);
    return id === undefined ? [] : [{ ...one, sampleId: id }];
  });
  if (faults.length === 0) return found;
  throw new HomewardError('SAMPLE_UNKNOWN', undefined, faults.slice(0, MOST_FAULTS));
}
