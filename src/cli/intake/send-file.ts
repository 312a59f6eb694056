import { REPORT_HEADER, writeReportLines } from '../../casework/intake/batch-report.ts';
import type { Receipt } from '../../casework/intake/batch.schema.ts';
import { HomewardError } from '../../platform/errors.ts';
import type { Output } from '../output.ts';
import type { Progress } from '../progress.ts';
import type { Part, PartedFile } from './parts.ts';

/** What became of a file. */
export type Sum = {
  batches: number;
  rows: number;
  accepted: number;
  extended: number;
  unchanged: number;
  refused: number;
};

/**
 * Sends the parts of a file one after the other; the next is read meanwhile. The report tells each row by
 * its place in the file.
 * @throws HomewardError UPLOAD_REFUSED with the place; what was sent before stays
 */
export async function sendFile(
  { read, parts }: PartedFile,
  send: (part: Part) => Promise<Receipt>,
  report: Output | null,
  progress: Progress,
): Promise<Sum> {
  const sum: Sum = { batches: 0, rows: 0, accepted: 0, extended: 0, unchanged: 0, refused: 0 };
  await report?.write(REPORT_HEADER);
  let coming = parts.next();
  for (;;) {
    const next = await coming;
    if (next.done) return sum;
    const part = next.value;
    coming = parts.next();
    // It is waited for only after this part was sent; until then its failure is nobody's.
    coming.catch(() => undefined);
    const receipt = await send(part).catch((error: unknown) => {
      throw tellPlace(part, error);
    });
    await report?.write(writeReportLines(rowsInFile(receipt, part)));
    sum.batches++;
    sum.rows += receipt.rows.length;
    for (const key of ['accepted', 'extended', 'unchanged', 'refused'] as const) {
      // A service before 0.7 extends nothing.
      sum[key] += receipt[key] ?? 0;
    }
    progress.update(read());
  }
}

/** In a part, row 1 is the header and row 2 its first. */
function rowsInFile({ rows }: Receipt, { firstRow }: Part): Receipt['rows'] {
  return rows.map((report) => ({ ...report, row: report.row - 2 + firstRow }));
}

function tellPlace({ firstRow }: Part, error: unknown): unknown {
  if (!(error instanceof HomewardError)) return error;
  const place = `The batch whose row 2 is row ${firstRow} of the file was not taken. `;
  return new HomewardError(error.code, place + error.message, error.faults);
}
