import { HomewardError } from '../platform/errors.ts';
import { type CsvBlock, cutBlocks } from './csv-block.ts';

/** A part of a CSV under the header of the whole. */
export type CsvPart = {
  readonly bytes: Buffer;
  /** The row of the file that stands in row 2 of the part. */
  readonly firstRow: number;
  /** How many rows follow the header, blank ones counted. */
  readonly rows: number;
};

const QUOTE = 0x22;

/**
 * Splits a CSV of any length into parts that are files of their own, in the memory of one part. The same
 * file with the same limits comes to the same parts.
 * @param source UTF-8
 * @param mostRows of a part, at least 1
 * @param mostBytes of a part, about: a part holds one row at least
 * @throws HomewardError FILE_NOT_UTF8; CSV_MALFORMED where a row does not end within `mostBytes`, or the header never
 */
export async function* splitCsv(
  source: AsyncIterable<Uint8Array>,
  mostRows: number,
  mostBytes: number,
): AsyncGenerator<CsvPart> {
  const splitter = new CsvSplitter(mostRows, mostBytes);
  for await (const block of cutBlocks(splitter.watch(source))) yield* splitter.add(block);
  yield* splitter.end();
}

class CsvSplitter {
  readonly #mostRows: number;
  readonly #mostBytes: number;
  #header: Buffer | undefined;
  #pieces: Buffer[] = [];
  #bytes = 0;
  #rows = 0;
  /** Rows of the file that were met. */
  #row = 0;
  #unended = 0;

  constructor(mostRows: number, mostBytes: number) {
    this.#mostRows = mostRows;
    this.#mostBytes = mostBytes;
  }

  /** Lets the bytes through, as long as rows come to an end. */
  async *watch(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.#unended += chunk.length;
      if (this.#unended > this.#mostBytes) {
        throw new HomewardError(
          'CSV_MALFORMED',
          `Row ${this.#row + 1} has no end within ${this.#mostBytes} bytes; is a quote not closed there?`,
        );
      }
      yield chunk;
    }
  }

  *add(block: CsvBlock): Generator<CsvPart> {
    this.#unended = 0;
    const { bytes } = block;
    let begin = 0;
    const ends = [...endsOfRows(block)];
    for (const end of [...ends, bytes.length]) {
      // Behind the last line end stands something only where a quote is never closed: whoever reads it says so.
      if (end === begin) continue;
      this.#row++;
      if (!this.#header) {
        if (ends.length === 0) throw neverClosed(this.#row);
        const first = bytes.subarray(begin, end);
        if (first.toString().trim() !== '') this.#header = Buffer.from(first);
        begin = end;
        continue;
      }
      // A part of blank lines alone would be a batch of nobody.
      if (this.#rows === 0 && end - begin === block.lineEnd.length) {
        begin = end;
        continue;
      }
      this.#rows++;
      this.#bytes += end - begin;
      this.#pieces.push(bytes.subarray(begin, end));
      begin = end;
      if (this.#rows >= this.#mostRows || this.#bytes >= this.#mostBytes) yield this.#take();
    }
  }

  *end(): Generator<CsvPart> {
    if (this.#rows > 0) yield this.#take();
  }

  #take(): CsvPart {
    const bytes = Buffer.concat([this.#header ?? Buffer.alloc(0), ...this.#pieces]);
    const part = { bytes, firstRow: this.#row - this.#rows + 1, rows: this.#rows };
    this.#pieces = [];
    this.#bytes = 0;
    this.#rows = 0;
    return part;
  }
}

function neverClosed(row: number): HomewardError {
  return new HomewardError('CSV_MALFORMED', `Row ${row}: a quote is never closed.`);
}

/** The places behind the line ends outside of quotes. */
function* endsOfRows({ bytes, lineEnd }: CsvBlock): Generator<number> {
  const last = lineEnd.charCodeAt(lineEnd.length - 1);
  const before = lineEnd.length === 1 ? undefined : lineEnd.charCodeAt(0);
  let isQuoted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (byte === last && !isQuoted && (before === undefined || bytes[at - 1] === before)) {
      yield at + 1;
    }
  }
}
