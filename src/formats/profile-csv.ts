import { CsvError } from 'csv-parse';
import { HomewardError } from '../platform/errors.ts';
import { type CsvBlock, cutBlocks } from './csv-block.ts';
import { CsvLine } from './csv-line.ts';
import { readRecords } from './csv-records.ts';
import { findSeparator, type Separator } from './csv-separator.ts';
import { outcomeOf, type RawRow, readPersonRow } from './person-row.ts';
import { readHeader } from './profile-header.ts';
import { ProfileRows } from './profile-rows.ts';
import type { RowOutcome } from './row.ts';

/**
 * Reads people from a wide CSV, one row a person: the first column or one named `sample_id` is
 * the sample id; `sex`, `family`, `relation` where there are any; a locus stands in one column
 * (`"13,14"`) or in two to four (`D3S1358_1`, `D3S1358_2`). Cells are separated by commas, semicolons or
 * tabs, whichever the header has most of. Rows come one by one, good and bad.
 * @throws HomewardError CSV_HEADER_INVALID, FILE_NOT_UTF8 when no row can be read at all
 */
export async function* readProfileCsv(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<RowOutcome> {
  for await (const outcomes of readProfileBlocks(source)) yield* outcomes;
}

/**
 * As {@link readProfileCsv}, with some hundred rows at a time: for half a million rows, waiting
 * for each would take longer than reading it.
 */
export async function* readProfileBlocks(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<readonly RowOutcome[]> {
  const sheet = new ProfileSheet();
  for await (const block of cutBlocks(source)) yield sheet.read(block);
  yield sheet.end();
}

/** What is known of a file of profiles while its blocks come. */
class ProfileSheet {
  readonly #line = new CsvLine();
  #separator: Separator | undefined;
  #rows: ProfileRows | undefined;
  /** Rows before the block, and the row of the last record. */
  #before = 0;
  #last = 0;
  #failure: CsvError | undefined;

  /** The outcomes of a block's rows. */
  read(block: CsvBlock): RowOutcome[] {
    const outcomes: RowOutcome[] = [];
    this.#separator ??= findSeparator(block.bytes);
    this.#line.separator = this.#separator.charCodeAt(0);
    // Read on all the same, so that a file in another encoding is refused wherever it shows.
    if (this.#failure) return outcomes;
    try {
      this.#before += readRecords(block, this.#line, (rowInBlock) => {
        this.#last = this.#before + rowInBlock;
        if (!this.#rows) this.#rows = this.#readHeader();
        else if (!this.#line.isEmpty()) outcomes.push(this.#rows.read(this.#last, this.#line));
      });
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      this.#failure = error;
    }
    return outcomes;
  }

  #readHeader(): ProfileRows {
    return new ProfileRows(readHeader(this.#line.cells()), this.#separator !== ',');
  }

  /** What is to be said after the last block. */
  end(): RowOutcome[] {
    if (!this.#rows) {
      throw this.#failure
        ? new HomewardError(
            'CSV_MALFORMED',
            `The header is not well-formed CSV: ${this.#failure.code}.`,
          )
        : new HomewardError('CSV_HEADER_INVALID', 'The file is empty.');
    }
    return this.#failure ? [unreadableRest(this.#last + 1)] : [];
  }
}

/** Checks a raw row; also for rows that came as JSON. */
export function outcome(row: number, raw: RawRow): RowOutcome {
  return outcomeOf(row, raw.sampleId, readPersonRow(raw));
}

function unreadableRest(row: number): RowOutcome {
  const message = 'a quote is not closed or stands in the wrong place; this row and what follows it was not read'; // prettier-ignore
  return { row, sampleId: null, faults: [{ field: null, code: 'ROW_UNREADABLE', message }] };
}
