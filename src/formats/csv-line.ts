import type { LineEnd } from './csv-block.ts';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const LAST_ASCII = 0x7f;

/** What {@link CsvLine.scan} says of a line that is not plain. */
export const NOT_PLAIN = -1;

/**
 * The cells of one line, as places in the bytes of its block: nothing is copied before a cell is
 * asked for. One line serves for a whole file; reading the next one overwrites it.
 */
export class CsvLine {
  bytes: Buffer = Buffer.alloc(0);
  /** The byte between two cells. */
  separator = 0x2c;
  /** How many cells the line has; 0 for a blank line. */
  count = 0;
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  cell(place: number): string {
    const start = this.starts[place]!;
    const end = this.ends[place]!;
    return start === end ? '' : this.bytes.toString('utf8', start, end);
  }

  cells(): string[] {
    return Array.from({ length: this.count }, (_, place) => this.cell(place));
  }

  isEmpty(): boolean {
    for (let place = 0; place < this.count; place++) {
      if (this.starts[place]! < this.ends[place]!) return false;
    }
    return true;
  }

  /**
   * Reads the line that begins at a place, if it is plain: cells without quotes in them and
   * without blanks around them, each bare or quoted, the line ended as the file's lines are.
   * @param bytes UTF-8 that ends with a line end
   * @returns where the next line begins; {@link NOT_PLAIN}
   */
  scan(bytes: Buffer, at: number, lineEnd: LineEnd): number {
    const { starts, ends, separator } = this;
    let count = 0;
    let next = at - 1;
    do {
      const isQuoted = bytes[next + 1] === QUOTE;
      const start = isQuoted ? next + 2 : next + 1;
      const end = isQuoted ? endOfQuoted(bytes, start) : endOfBare(bytes, start, separator);
      if (end === NOT_PLAIN) return NOT_PLAIN;
      starts[count] = start;
      ends[count] = end;
      count++;
      next = isQuoted ? end + 1 : end;
    } while (bytes[next] === separator);
    this.bytes = bytes;
    this.count = next === at ? 0 : count;
    return afterLineEnd(bytes, next, lineEnd);
  }

  /** Takes over cells that were read in another way. */
  fill(cells: readonly string[]): void {
    this.bytes = Buffer.from(cells.join(''));
    this.count = cells.length;
    let end = 0;
    cells.forEach((cell, place) => {
      this.starts[place] = end;
      this.ends[place] = end += Buffer.byteLength(cell);
    });
  }
}

function endOfQuoted(bytes: Buffer, start: number): number {
  for (let at = start; ; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    if (byte === LF || byte === CR) return NOT_PLAIN;
  }
}

function endOfBare(bytes: Buffer, start: number, separator: number): number {
  for (let at = start; ; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return NOT_PLAIN;
    if (byte === separator || byte === LF || byte === CR) {
      return isTrimmed(bytes, start, at) ? at : NOT_PLAIN;
    }
  }
}

/** Whether a cell certainly has no blanks around it: every control character is taken for one. */
function isTrimmed(bytes: Buffer, start: number, end: number): boolean {
  if (start === end) return true;
  const first = bytes[start]!;
  const last = bytes[end - 1]!;
  if (first <= SPACE || last <= SPACE) return false;
  if (first <= LAST_ASCII && last <= LAST_ASCII) return true;
  const cell = bytes.toString('utf8', start, end);
  return cell.trim() === cell;
}

function afterLineEnd(bytes: Buffer, at: number, lineEnd: LineEnd): number {
  const byte = bytes[at];
  if (byte === LF && lineEnd === '\n') return at + 1;
  // A return before the line end is trimmed away as a blank.
  if (byte === CR && lineEnd !== '\r' && bytes[at + 1] === LF) return at + 2;
  return NOT_PLAIN;
}
