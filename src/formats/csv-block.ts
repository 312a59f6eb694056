import { isUtf8 } from 'node:buffer';
import { HomewardError } from '../platform/errors.ts';

export type LineEnd = '\n' | '\r\n' | '\r';

/** A piece of a CSV that begins with a record and ends with a line end, so that no record is cut. */
export type CsvBlock = { readonly bytes: Buffer; readonly lineEnd: LineEnd };

/** Enough to make work in blocks cheap, and little enough that others get their turn in between. */
const MOST_BYTES = 1 << 16;

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Cuts the bytes of a CSV into blocks of whole records. A line end counts only outside quotes; the
 * first one found is that of the file. The last block gets one where the file has none.
 * @throws HomewardError FILE_NOT_UTF8
 */
export async function* cutBlocks(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<CsvBlock> {
  const cutter = new BlockCutter();
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += MOST_BYTES) {
      const block = cutter.add(chunk.subarray(at, at + MOST_BYTES));
      if (block) yield block;
    }
  }
  yield cutter.end();
}

class BlockCutter {
  /** What came after the last line end; kept in pieces, so that a long record costs no copies. */
  #pieces: Uint8Array[] = [];
  #lineEnd: LineEnd | undefined;
  #isQuoted = false;
  #previous = 0;
  #isFirst = true;

  /** The block that these bytes complete, if they do. The bytes must not change afterwards. */
  add(bytes: Uint8Array): CsvBlock | undefined {
    const cut = this.#findCut(bytes, this.#lineEnd ? 0 : this.#findLineEnd(bytes));
    if (cut === 0) {
      this.#pieces.push(bytes);
      return undefined;
    }
    const block = this.#join([...this.#pieces, bytes.subarray(0, cut)]);
    this.#pieces = [bytes.subarray(cut)];
    return block;
  }

  end(): CsvBlock {
    this.#lineEnd ??= this.#previous === CR ? '\r' : '\n';
    return this.#join([...this.#pieces, Buffer.from(this.#lineEnd)]);
  }

  /** Looks for the file's line end; how many bytes hold none for certain. */
  #findLineEnd(bytes: Uint8Array): number {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (!this.#isQuoted && this.#previous === CR) this.#lineEnd = byte === LF ? '\r\n' : '\r';
      else if (!this.#isQuoted && byte === LF) this.#lineEnd = '\n';
      if (this.#lineEnd) return at;
      if (byte === QUOTE) this.#isQuoted = !this.#isQuoted;
      this.#previous = byte;
    }
    return bytes.length;
  }

  /** The place after the last line end outside quotes, 0 where there is none. */
  #findCut(bytes: Uint8Array, from: number): number {
    const lineEnd = this.#lineEnd;
    const last = lineEnd === '\r' ? CR : LF;
    const before = this.#previous;
    let isQuoted = this.#isQuoted !== hasOddQuotes(bytes, from);
    this.#isQuoted = isQuoted;
    this.#previous = bytes[bytes.length - 1]!;
    for (let cut = bytes.length; cut > from; cut--) {
      const byte = bytes[cut - 1]!;
      if (byte === QUOTE) isQuoted = !isQuoted;
      else if (byte === last && !isQuoted) {
        if (lineEnd !== '\r\n' || (cut > 1 ? bytes[cut - 2] : before) === CR) return cut;
      }
    }
    return 0;
  }

  #join(pieces: readonly Uint8Array[]): CsvBlock {
    const bytes = Buffer.concat(pieces);
    if (!isUtf8(bytes)) throw new HomewardError('FILE_NOT_UTF8');
    const begin = this.#isFirst ? afterMarks(bytes) : 0;
    this.#isFirst = false;
    return { bytes: bytes.subarray(begin), lineEnd: this.#lineEnd ?? '\n' };
  }
}

const MARK = Buffer.from('\uFEFF');

/** The place after the byte order mark; some programs write a second one before that of a file. */
function afterMarks(bytes: Buffer): number {
  let at = 0;
  while (at < 2 * MARK.length && bytes.subarray(at, at + MARK.length).equals(MARK))
    at += MARK.length;
  return at;
}

const IS_QUOTE = new Uint8Array(256);
IS_QUOTE[QUOTE] = 1;

/** Every byte of a file comes here: without a branch, which quotes would make hard to predict. */
function hasOddQuotes(bytes: Uint8Array, from: number): boolean {
  let odd = 0;
  for (let at = from; at < bytes.length; at++) odd ^= IS_QUOTE[bytes[at]!]!;
  return odd === 1;
}
