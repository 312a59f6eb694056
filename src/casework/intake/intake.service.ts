import { setImmediate } from 'node:timers/promises';
import { readProfileCsv } from '../../formats/profile-csv.ts';
import type { PersonRow, RowOutcome } from '../../formats/row.ts';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { canonicalJson, contentHash } from '../../platform/provenance.ts';
import { type BatchPlan, planBatch } from './batch-plan.ts';
import type { Receipt, Side } from './batch.schema.ts';
import {
  type BatchRow,
  findBatch,
  findBatchByKey,
  findDivision,
  findKnownSamples,
  insertBatch,
  lockCollectionPoint,
  lockKnownFamilies,
} from './batches.repository.ts';
import { readPersonJson } from './person-json.ts';

/** A batch as it arrived: the bytes of a CSV file, or the rows of a JSON document. */
export type BatchContent = Uint8Array | { readonly rows: readonly unknown[] };

export type IntakeService = ReturnType<typeof makeIntakeService>;

/** Takes in batches of people: all that a batch changes is written in one transaction. */
export function makeIntakeService({ db, onCommitted }: { db: Database; onCommitted: () => void }) {
  return {
    /**
     * @param idempotencyKey absent: the content names the batch
     * @returns the receipt; `replayed` when the batch was received before and nothing was done
     * @throws HomewardError when no row can be read at all, or the key names another content
     */
    async receive(
      collectionPointId: string,
      side: Side,
      content: BatchContent,
      idempotencyKey: string | undefined,
    ): Promise<{ receipt: Receipt; replayed: boolean }> {
      const hash = contentHash(content instanceof Uint8Array ? content : canonicalJson(content));
      const key = idempotencyKey ?? `content ${side} ${hash}`;
      const outcomes = await readRows(content);
      const received = await db.transaction(async (tx) => {
        await lockCollectionPoint(tx, collectionPointId);
        const before = await findBatchByKey(tx, collectionPointId, key);
        if (before) return { batch: sameBatch(before, side, hash), replayed: true };
        const plan = await makePlan(tx, collectionPointId, side, outcomes);
        const batch = await insertBatch(
          tx,
          { collectionPointId, side, idempotencyKey: key, contentHash: hash },
          (batchId, receivedAt) => makeReceipt(batchId, receivedAt, side, hash, plan),
          plan,
        );
        return { batch, replayed: false };
      });
      onCommitted();
      return { receipt: received.batch.receipt as Receipt, replayed: received.replayed };
    },

    /** A receipt again, for the collection point that got it. */
    async findReceipt(batchId: string, collectionPointId: string): Promise<Receipt> {
      const batch = await findBatch(db, batchId, collectionPointId);
      if (!batch) throw new HomewardError('NOT_FOUND');
      return batch.receipt as Receipt;
    },
  };
}

const MOST_ROWS = 10_000;
const ROWS_A_TURN = 200;

/** Reads all rows; other requests get their turn in between. */
async function readRows(content: BatchContent): Promise<RowOutcome[]> {
  const rows =
    content instanceof Uint8Array ? readProfileCsv([content]) : content.rows.map(readPersonJson);
  const outcomes: RowOutcome[] = [];
  for await (const outcome of rows) {
    refuseOtherKinds(outcome);
    outcomes.push(outcome);
    if (outcomes.length > MOST_ROWS) throw new HomewardError('BATCH_TOO_LONG');
    if (outcomes.length % ROWS_A_TURN === 0) await setImmediate();
  }
  return outcomes;
}

/**
 * Where a suspect is sent, the rest is not to be trusted either: nothing of the batch is taken.
 * @throws HomewardError SAMPLE_KIND_REFUSED
 */
function refuseOtherKinds(outcome: RowOutcome): void {
  const fault = 'faults' in outcome && outcome.faults.find(({ code }) => code === 'KIND_REFUSED');
  if (!fault) return;
  throw new HomewardError('SAMPLE_KIND_REFUSED', `Row ${outcome.row}: ${fault.message}.`);
}

async function makePlan(
  tx: Database,
  collectionPointId: string,
  side: Side,
  outcomes: readonly RowOutcome[],
): Promise<BatchPlan> {
  const people = outcomes.flatMap((outcome): PersonRow[] =>
    'person' in outcome ? [outcome.person] : [],
  );
  const familyCodes = [...new Set(people.flatMap(({ family }) => family ?? []))];
  const families = await lockKnownFamilies(tx, collectionPointId, familyCodes);
  const sampleCodes = [...new Set(people.map(({ sampleId }) => sampleId))];
  const known = await findKnownSamples(tx, collectionPointId, sampleCodes);
  const division = await findDivision(tx, collectionPointId);
  return planBatch(side, division, outcomes, known, families);
}

function makeReceipt(
  batchId: string,
  receivedAt: Date,
  side: Side,
  hash: string,
  { rows }: BatchPlan,
): Receipt {
  const count = (outcome: string): number => rows.filter((row) => row.outcome === outcome).length;
  return {
    batchId,
    side,
    receivedAt: receivedAt.toISOString(),
    contentHash: hash,
    accepted: count('accepted'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    rows,
  };
}

function sameBatch(before: BatchRow, side: Side, hash: string): BatchRow {
  if (before.contentHash === hash && before.side === side) return before;
  throw new HomewardError('IDEMPOTENCY_KEY_REUSED');
}
