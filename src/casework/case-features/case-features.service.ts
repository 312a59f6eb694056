import type { Logger } from 'pino';
import type { Sex } from '../../kinship/index.ts';
import type { RecordKeys } from '../../platform/crypto/record-keys.ts';
import {
  openBytes,
  sealBytes,
  SealBroken,
  type SealedPlace,
} from '../../platform/crypto/sealed-bytes.ts';
import type { Database } from '../../platform/database.ts';
import { latestDay } from '../../platform/days.ts';
import { HomewardError } from '../../platform/errors.ts';
import { asCollectionPoint, asPolice, asRegistrar } from '../../platform/scope.ts';
import { caseIdOf, type CasesService } from '../cases/cases.service.ts';
import type { Position } from '../collection-points/nearest.ts';
import {
  deleteDescription,
  deleteFeatures,
  findDescription,
  findDescriptionKey,
  findFeatures,
  findOwnCase,
  findPlainFeatures,
  insertDescription,
  isCaseWithdrawn,
  lockFeatures,
  toFeatures,
  upsertFeatures,
} from './case-features.repository.ts';
import { type Circumstances, compareFeatures } from './circumstances.ts';
import { featureFaults, type Features } from './features.ts';

/** Everything that is said of a case. */
export type CaseFeatures = Features & {
  readonly position: Position | null;
  /** Scars, clothing, a birthmark: it may tell who somebody is, and is sealed like a name. */
  readonly description: string | null;
};

export type StoredFeatures = CaseFeatures & {
  /** Counts the changes; 0 where nothing was said yet. */
  readonly version: number;
  readonly writtenAt: Date | null;
};

export type { Circumstances };

export type CaseFeaturesService = ReturnType<typeof makeCaseFeaturesService>;

type Dependencies = {
  readonly db: Database;
  readonly recordKeys: RecordKeys;
  readonly cases: CasesService;
  readonly log: Logger;
};

/**
 * When, where and of whom: what a missing child or a person of unknown origin is known by, written by the
 * collection point that opened the case and read by police of its place.
 */
export function makeCaseFeaturesService({ db, recordKeys, cases, log }: Dependencies) {
  async function readIn(tx: Database, caseId: string): Promise<StoredFeatures> {
    const row = await findFeatures(tx, caseId);
    const described = await findDescription(tx, caseId);
    const description = described && (await openDescription(tx, described));
    if (!row) return { ...NOTHING_SAID, description };
    const { latitude, longitude, version, writtenAt } = row;
    const position = latitude === null || longitude === null ? null : { latitude, longitude };
    return { ...toFeatures(row), position, description, version, writtenAt };
  }

  async function openDescription(
    tx: Database,
    described: NonNullable<Awaited<ReturnType<typeof findDescription>>>,
  ): Promise<string> {
    const place = placeOf(described.caseId);
    try {
      const key = (await recordKeys.find(tx, [described]))(described);
      if (!key) throw new SealBroken(place);
      return Buffer.from(openBytes(key, described.description, place)).toString();
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      // It names the row by its id, which is nobody's name.
      log.error({ err: error }, 'a stored description cannot be opened');
      throw new HomewardError('IDENTITY_UNREADABLE');
    }
  }

  /** What was there is made unreadable, in a backup too. */
  async function replaceDescription(
    tx: Database,
    caseId: string,
    description: string | null,
  ): Promise<void> {
    await destroyDescription(tx, recordKeys, caseId);
    if (description === null) return;
    const [made] = await recordKeys.make(tx, 1);
    if (!made) throw new Error('no key was made');
    const { key, keyPageId, keySlot } = made;
    const sealed = sealBytes(key, Buffer.from(description), placeOf(caseId));
    await insertDescription(tx, { caseId, description: sealed, keyPageId, keySlot });
  }

  return {
    /**
     * For the collection point that opened the case.
     * @throws HomewardError NOT_FOUND for a missing case and for a foreign one alike
     */
    readOwn: (collectionPointId: string, caseNumber: string): Promise<StoredFeatures> =>
      asCollectionPoint(
        db,
        collectionPointId,
        async (tx) => readIn(tx, await requireOwnCase(tx, collectionPointId, caseNumber)),
        ONE_MOMENT,
      ),

    /**
     * For police of the case's place.
     * @throws HomewardError NOT_FOUND for a missing case and for a foreign one alike
     */
    async readFor(jurisdiction: string, caseNumber: string): Promise<StoredFeatures> {
      await cases.read(caseNumber, jurisdiction);
      return asPolice(
        db,
        jurisdiction,
        async (tx) => readIn(tx, await caseIdOf(tx, caseNumber)),
        ONE_MOMENT,
      );
    },

    /**
     * Writes them whole.
     * @param version that the caller has read
     * @throws HomewardError REQUEST_INVALID for days that cannot be; NOT_FOUND for a missing case and for a foreign
     *   one alike; VERSION_STALE when somebody changed them since; CASE_WITHDRAWN
     */
    async write(
      collectionPointId: string,
      caseNumber: string,
      version: number,
      features: CaseFeatures,
    ): Promise<StoredFeatures> {
      const faults = featureFaults(features, latestDay(new Date()));
      if (faults.length > 0) throw new HomewardError('REQUEST_INVALID', undefined, faults);
      return asCollectionPoint(db, collectionPointId, async (tx) => {
        const caseId = await requireOwnCase(tx, collectionPointId, caseNumber);
        await lockFeatures(tx, caseId);
        if (await asRegistrar(tx, (asked) => isCaseWithdrawn(asked, caseId))) {
          throw new HomewardError('CASE_WITHDRAWN');
        }
        const before = await findFeatures(tx, caseId);
        if ((before?.version ?? 0) !== version) throw new HomewardError('VERSION_STALE');
        await upsertFeatures(tx, { caseId, ...toColumns(features), version: version + 1 });
        await replaceDescription(tx, caseId, features.description);
        return readIn(tx, caseId);
      });
    },
  };
}

/** Features and their description belong together, whoever changes them meanwhile. */
const ONE_MOMENT = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;

const NOTHING_SAID: StoredFeatures = {
  sex: 'unknown',
  born: null,
  happened: null,
  division: null,
  position: null,
  description: null,
  version: 0,
  writtenAt: null,
};

async function requireOwnCase(
  tx: Database,
  collectionPointId: string,
  caseNumber: string,
): Promise<string> {
  const id = await findOwnCase(tx, collectionPointId, caseNumber);
  if (id === null) throw new HomewardError('NOT_FOUND');
  return id;
}

/** Both sides of a candidate, by their cases, and the sex that the sample of the person shows. */
export type CandidateSides = {
  readonly unknownCaseId: string;
  readonly familyCaseId: string;
  readonly unknownSex: Sex;
};

/** What an analyst is shown of both sides of these candidates. */
export async function findCircumstances(
  db: Database,
  candidates: readonly CandidateSides[],
): Promise<(candidate: CandidateSides) => Circumstances> {
  const caseIds = candidates.flatMap(({ unknownCaseId, familyCaseId }) => [unknownCaseId, familyCaseId]); // prettier-ignore
  const found = await findPlainFeatures(db, [...new Set(caseIds)]);
  return ({ unknownCaseId, familyCaseId, unknownSex }) =>
    compareFeatures(unknownSex, found.get(unknownCaseId), found.get(familyCaseId));
}

/**
 * Removes what is said of a case whose last sample is withdrawn in this transaction. Whoever writes it meanwhile
 * comes before and is removed, or after and is refused.
 */
export async function forgetFeatures(
  tx: Database,
  recordKeys: RecordKeys,
  caseId: string,
): Promise<void> {
  await lockFeatures(tx, caseId);
  await destroyDescription(tx, recordKeys, caseId);
  await deleteFeatures(tx, caseId);
}

async function destroyDescription(
  tx: Database,
  recordKeys: RecordKeys,
  caseId: string,
): Promise<void> {
  await recordKeys.destroy(tx, await findDescriptionKey(tx, caseId));
  await deleteDescription(tx, caseId);
}

function placeOf(caseId: string): SealedPlace {
  return { column: 'case_descriptions.description', rowId: caseId };
}

function toColumns({ sex, born, happened, division, position }: CaseFeatures) {
  return {
    sex,
    bornEarliest: born?.earliest ?? null,
    bornLatest: born?.latest ?? null,
    happenedEarliest: happened?.earliest ?? null,
    happenedLatest: happened?.latest ?? null,
    division,
    latitude: position?.latitude ?? null,
    longitude: position?.longitude ?? null,
  };
}
