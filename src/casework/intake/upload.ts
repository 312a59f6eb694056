import { setImmediate } from 'node:timers/promises';
import { type FileHints, openPersonFile } from '../../formats/person-file.ts';
import type { RowOutcome } from '../../formats/row.ts';
import { HomewardError } from '../../platform/errors.ts';
import type { Receipt, Side } from './batch.schema.ts';
import { readPersonJson } from './person-json.ts';

/** A batch as it arrived: the bytes of a file, or the rows of a JSON document. */
export type BatchContent = Uint8Array | { readonly rows: readonly unknown[] };

/** A batch, and what its sender says of it. */
export type Upload = {
  readonly side: Side;
  readonly content: BatchContent;
  readonly hints?: FileHints;
  /** Absent: the content names the batch. */
  readonly idempotencyKey?: string | undefined;
};

/** Its rows, and how they were read. */
export type ReadUpload = Pick<Receipt, 'format' | 'encoding'> & {
  readonly outcomes: readonly RowOutcome[];
};

const MOST_ROWS = 10_000;
const ROWS_A_TURN = 200;

/**
 * Reads all rows; other requests get their turn in between.
 * @throws HomewardError BATCH_TOO_LONG, SAMPLE_KIND_REFUSED, or what no row of a file can be read for
 */
export async function readUpload({ content, hints }: Upload): Promise<ReadUpload> {
  if (!(content instanceof Uint8Array)) {
    return { format: 'json', outcomes: await collect(content.rows.map(readPersonJson)) };
  }
  const { format, encoding, rows } = openPersonFile(content, hints);
  return { format, encoding, outcomes: await collect(rows) };
}

async function collect(
  rows: Iterable<RowOutcome> | AsyncIterable<RowOutcome>,
): Promise<RowOutcome[]> {
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
