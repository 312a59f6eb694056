import { parse } from 'csv-parse/sync';
import type { CsvBlock, LineEnd } from './csv-block.ts';
import { type CsvLine, NOT_PLAIN } from './csv-line.ts';

/**
 * Reads the records of a block one by one into a line. Plain lines are cut by the line itself,
 * which takes a fraction of what the CSV package takes; any other stretch is left to the package,
 * which alone says what is an error.
 * @param read is called for each record with its row in the block, from 1, blank lines counted
 * @returns how many rows the block has
 * @throws CsvError where the text stops being CSV, after every record before that place
 */
export function readRecords(
  { bytes, lineEnd }: CsvBlock,
  line: CsvLine,
  read: (row: number) => void,
): number {
  let row = 0;
  let at = 0;
  while (at < bytes.length) {
    const next = line.scan(bytes, at, lineEnd);
    if (next === NOT_PLAIN) {
      const end = endOfStretch(bytes, at, lineEnd, line);
      row += readStretch(bytes.subarray(at, end), lineEnd, line, (inStretch) =>
        read(row + inStretch),
      );
      at = end;
    } else {
      row++;
      if (line.count > 0) read(row);
      at = next;
    }
  }
  return row;
}

/** Where the next plain line begins. */
function endOfStretch(bytes: Buffer, from: number, lineEnd: LineEnd, line: CsvLine): number {
  const end = Buffer.from(lineEnd);
  let at = from;
  do at = endOfRecord(bytes, at, end);
  while (at < bytes.length && line.scan(bytes, at, lineEnd) === NOT_PLAIN);
  return at;
}

/** A record that no stretch has behind its last line end. */
const END = Buffer.from('end');
const QUOTE = 0x22;

/** The place after the next line end outside quotes: where quotes are wrong, that of an error. */
function endOfRecord(bytes: Buffer, from: number, lineEnd: Buffer): number {
  const last = lineEnd.at(-1);
  let isQuoted = false;
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) isQuoted = !isQuoted;
    else if (
      bytes[at] === last &&
      !isQuoted &&
      (lineEnd.length === 1 || bytes[at - 1] === lineEnd[0])
    ) {
      return at + 1;
    }
  }
  return bytes.length;
}

/** Reads lines by the package; as {@link readRecords}. */
function readStretch(
  bytes: Buffer,
  lineEnd: LineEnd,
  line: CsvLine,
  read: (row: number) => void,
): number {
  const records: { row: number; cells: readonly string[] }[] = [];
  let failure: unknown;
  try {
    // A last record of ours tells how many blank lines stood before it.
    parse(Buffer.concat([bytes, END]), {
      delimiter: String.fromCharCode(line.separator),
      record_delimiter: lineEnd,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record(cells: string[], { records: record, empty_lines }) {
        records.push({ row: record + empty_lines, cells });
        return null;
      },
    });
  } catch (error) {
    failure = error;
  }
  const last = failure === undefined ? records.pop() : undefined;
  for (const { row, cells } of records) {
    line.fill(cells);
    read(row);
  }
  if (failure !== undefined) throw failure as Error;
  return last!.row - 1;
}
