import { HomewardError } from '../../platform/errors.ts';
import type { Output } from '../output.ts';
import type { Progress } from '../progress.ts';
import type { Part, PartedFile } from './parts.ts';

/** What became of the rows of a part: of each, and how many came to what. */
export type PartReport<Outcome extends string> = {
  readonly rows: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Lines of the report, by the rows of the file. */
  readonly lines: string;
};

/** What became of a file. */
export type Sum<Outcome extends string> = {
  readonly batches: number;
  readonly rows: number;
  readonly counts: Readonly<Record<Outcome, number>>;
};

/**
 * Sends the parts of a file one after the other; the next is read meanwhile. The report tells each row by
 * its place in the file.
 * @param nothing every outcome that is counted, at 0
 * @throws HomewardError UPLOAD_REFUSED with the place; what was sent before stays
 */
export async function sendFile<Outcome extends string>(
  { read, parts }: PartedFile,
  send: (part: Part) => Promise<PartReport<Outcome>>,
  nothing: Readonly<Record<Outcome, number>>,
  report: Output | null,
  progress: Progress,
): Promise<Sum<Outcome>> {
  const counted: Record<Outcome, number> = { ...nothing };
  const sum = { batches: 0, rows: 0, counts: counted };
  let coming = parts.next();
  for (;;) {
    const next = await coming;
    if (next.done) return sum;
    const part = next.value;
    coming = parts.next();
    // It is waited for only after this part was sent; until then its failure is nobody's.
    coming.catch(() => undefined);
    const { rows, counts, lines } = await send(part).catch((error: unknown) => {
      throw tellPlace(part, error);
    });
    await report?.write(lines);
    sum.batches++;
    sum.rows += rows;
    for (const outcome of Object.keys(nothing) as Outcome[]) counted[outcome] += counts[outcome];
    progress.update(read());
  }
}

function tellPlace({ firstRow }: Part, error: unknown): unknown {
  if (!(error instanceof HomewardError)) return error;
  const place = `The batch whose row 2 is row ${firstRow} of the file was not taken. `;
  return new HomewardError(error.code, place + error.message, error.faults);
}
