import type { PersonRow, RowOutcome } from '../../formats/row.ts';
import { allOf, type Database, findByIndex } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { canonicalJson, contentHash } from '../../platform/provenance.ts';
import { readCaseNumber } from '../cases/case-number.ts';
import { lockActivePoint } from '../collection-points/collection-points.service.ts';
import { findConsentGaps } from '../consents/consents.service.ts';
import type { ProfilesService } from '../profiles/profiles.service.ts';
import { type BatchPlan, type KnownFamily, type KnownSample, planBatch } from './batch-plan.ts';
import { asCollectionPoint, asRegistrar, presentCases } from '../../platform/scope.ts';
import type { Receipt, RowReport, Side } from './batch.schema.ts';
import {
  type BatchRow,
  findBatch,
  findBatchByKey,
  findKnownSamples,
  findRelations,
  findWithdrawn,
  countAcceptedThisMonth,
  closeBatch,
  insertPeople,
  insertProfiles,
  lockCollectionPoint,
  lockKnownFamilies,
  lockKnownUnknowns,
  openBatch,
} from './batches.repository.ts';
import type { RowRules } from './row-rules.ts';
import { type BatchContent, type ReadUpload, readUpload, type Upload } from './upload.ts';

export type IntakeService = ReturnType<typeof makeIntakeService>;

/** Takes in batches of people: all that a batch changes is written in one transaction. */
export function makeIntakeService({
  db,
  profiles,
  rules,
  onCommitted,
}: {
  db: Database;
  profiles: ProfilesService;
  rules: RowRules;
  onCommitted: () => void;
}) {
  async function makePlan(
    tx: Database,
    { collectionPointId, division }: { collectionPointId: string; division: string },
    side: Side,
    outcomes: readonly RowOutcome[],
  ): Promise<BatchPlan> {
    const people = outcomes.flatMap((outcome): PersonRow[] =>
      'person' in outcome ? [outcome.person] : [],
    );
    const familyCodes = [...new Set(people.flatMap(({ family }) => family ?? []))];
    const families = await lockFamilies(tx, collectionPointId, familyCodes);
    const sampleCodes = [...new Set(people.map(({ sampleId }) => sampleId))];
    if (side === 'unknowns') await lockKnownUnknowns(tx, collectionPointId, sampleCodes);
    const known = {
      samples: await findKnown(tx, collectionPointId, sampleCodes),
      families,
      withdrawn: await findWithdrawn(tx, collectionPointId, sampleCodes),
      withoutConsent: await findConsentGaps(tx, collectionPointId, sampleCodes),
    };
    return planBatch(side, division, outcomes, known, rules);
  }

  /**
   * The batch that was received before under a name, or the key for one that is new. A file that was sent without
   * a name, and of which rows were refused, is judged again: what was wrong may have been put right.
   */
  async function findBefore(
    tx: Database,
    collectionPointId: string,
    name: string,
    { idempotencyKey }: Upload,
  ): Promise<{ before: BatchRow | null; key: string }> {
    for (let time = 1; ; time++) {
      const key = time === 1 ? name : `${name} again ${time}`;
      const before = await findBatchByKey(tx, collectionPointId, key);
      const isSettled = before === null || idempotencyKey !== undefined;
      if (isSettled || (before.receipt as Receipt).refused === 0) return { before, key };
    }
  }

  async function findKnown(
    tx: Database,
    collectionPointId: string,
    codes: readonly string[],
  ): Promise<KnownSample[]> {
    const rows = await findKnownSamples(tx, collectionPointId, codes);
    const opened = await profiles.openAll(tx, rows);
    return rows.map((row, place) => ({ ...row, profile: opened[place] ?? null }));
  }

  return {
    /**
     * @returns the receipt; `replayed` when the batch was received before and nothing was done
     * @throws HomewardError when no row can be read at all, or the key names another content;
     *   COLLECTION_POINT_SUSPENDED; QUOTA_EXCEEDED
     */
    async receive(
      collectionPointId: string,
      upload: Upload,
    ): Promise<{ receipt: Receipt; replayed: boolean }> {
      const { side } = upload;
      const hash = hashOf(upload.content);
      const name = upload.idempotencyKey ?? keyOf(upload, hash);
      const read = await readUpload(upload);
      const received = await asCollectionPoint(db, collectionPointId, async (tx) => {
        await findByIndex(tx);
        await lockCollectionPoint(tx, collectionPointId);
        const { division, monthlyQuota } = await lockActivePoint(tx, collectionPointId);
        const { before, key } = await findBefore(tx, collectionPointId, name, upload);
        if (before) return { batch: sameBatch(before, side, hash), replayed: true };
        const plan = await makePlan(tx, { collectionPointId, division }, side, read.outcomes);
        await requireQuota(tx, collectionPointId, monthlyQuota, plan.samples.length);
        const sent = { collectionPointId, side, idempotencyKey: key, contentHash: hash };
        const opened = await openBatch(tx, sent);
        // The one is the work of the database, the other of this process.
        const [, sealed] = await allOf([
          insertPeople(tx, opened, plan),
          profiles.seal(tx, [...plan.samples, ...plan.extended]),
        ]);
        await insertProfiles(tx, sealed);
        const { id: batchId, receivedAt } = opened;
        const receipt = makeReceipt({ batchId, receivedAt, side, hash, read }, plan.rows);
        const batch = await closeBatch(tx, opened, receipt);
        return { batch, replayed: false };
      });
      onCommitted();
      return { receipt: received.batch.receipt as Receipt, replayed: received.replayed };
    },

    /**
     * What {@link receive} would say now, without a trace of it: nobody is written and nobody is searched.
     * A case that the batch would open has no number yet.
     */
    async tryOut(collectionPointId: string, upload: Upload): Promise<Receipt> {
      const { side } = upload;
      const read = await readUpload(upload);
      const plan = await asCollectionPoint(db, collectionPointId, async (tx) => {
        const { division, monthlyQuota } = await lockActivePoint(tx, collectionPointId);
        const wanted = await makePlan(tx, { collectionPointId, division }, side, read.outcomes);
        await requireQuota(tx, collectionPointId, monthlyQuota, wanted.samples.length);
        return wanted;
      });
      const opened = new Set(plan.cases.map(({ number }) => number));
      const rows = plan.rows.map((row) =>
        row.caseId !== null && opened.has(row.caseId) ? { ...row, caseId: null } : row,
      );
      const hash = hashOf(upload.content);
      return makeReceipt({ batchId: null, receivedAt: new Date(), side, hash, read }, rows);
    },

    /** A receipt again, for the collection point that got it. */
    async findReceipt(batchId: string, collectionPointId: string): Promise<Receipt> {
      const batch = await asCollectionPoint(db, collectionPointId, (tx) =>
        findBatch(tx, batchId, collectionPointId),
      );
      if (!batch) throw new HomewardError('NOT_FOUND');
      return batch.receipt as Receipt;
    },
  };
}

/** Families that rows name, by a code of the collection point's or by the number of their case. */
async function lockFamilies(
  tx: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<KnownFamily[]> {
  const caseNumbers = [...new Set(codes.flatMap((code) => readCaseNumber(code) ?? []))];
  await presentCases(tx, caseNumbers);
  const families = await lockKnownFamilies(tx, collectionPointId, { codes, caseNumbers });
  const ids = families.map(({ id }) => id);
  // After they are locked: whoever adds to them holds them until it is seen.
  const relations = await asRegistrar(tx, (asked) => findRelations(asked, ids));
  return families.map((family) => ({ ...family, relations: relations.get(family.id) ?? [] }));
}

type Received = {
  readonly batchId: string | null;
  readonly receivedAt: Date;
  readonly side: Side;
  readonly hash: string;
  readonly read: ReadUpload;
};

function makeReceipt(
  { batchId, receivedAt, side, hash, read: { format, encoding } }: Received,
  rows: RowReport[],
): Receipt {
  const count = (outcome: string): number => rows.filter((row) => row.outcome === outcome).length;
  return {
    batchId,
    side,
    receivedAt: receivedAt.toISOString(),
    contentHash: hash,
    format,
    encoding,
    accepted: count('accepted'),
    extended: count('extended'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    rows,
  };
}

/** @throws HomewardError QUOTA_EXCEEDED when the batch would take more than is left of the month's quota */
async function requireQuota(
  tx: Database,
  collectionPointId: string,
  quota: number | null,
  wanted: number,
): Promise<void> {
  if (quota === null || wanted === 0) return;
  const before = await countAcceptedThisMonth(tx, collectionPointId);
  if (before + wanted <= quota) return;
  throw new HomewardError(
    'QUOTA_EXCEEDED',
    `The batch has ${wanted} new samples, and ${before} of the ${quota} of this month (UTC) are taken; nothing was written.`,
  );
}

function hashOf(content: BatchContent): string {
  return contentHash(content instanceof Uint8Array ? content : canonicalJson(content));
}

/** The same bytes read in another way are another batch. */
function keyOf({ side, hints = {} }: Upload, hash: string): string {
  const { format, charset } = hints;
  return ['content', side, hash, ...(format ? [format] : []), ...(charset ? [charset] : [])].join(
    ' ',
  );
}

function sameBatch(before: BatchRow, side: Side, hash: string): BatchRow {
  if (before.contentHash === hash && before.side === side) return before;
  throw new HomewardError('IDEMPOTENCY_KEY_REUSED');
}
