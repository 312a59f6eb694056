import type { Readable } from 'node:stream';
import type { TransactionSql } from 'postgres';

/** Before the first row: a signature, flags, and the length of what may be added one day. */
const HEADER_BYTES = 19;

/**
 * Streams the rows of a query by COPY in PostgreSQL's binary format
 * (https://www.postgresql.org/docs/current/sql-copy.html), for those who read too many to make an
 * object of each.
 * @param query without parameters, which COPY does not take
 * @param fields how many the query selects
 * @param onRow called with each row; the same object every time
 * @throws what `onRow` throws, once the rest has gone by
 */
export async function copyRows(
  tx: TransactionSql,
  query: string,
  fields: number,
  onRow: (row: CopiedRow) => void,
): Promise<void> {
  const stream = await tx.unsafe(`copy (${query}) to stdout (format binary)`).readable();
  const row = new CopiedRow(fields);
  let begin = HEADER_BYTES;
  await drain(stream, (message) => {
    if (row.read(message, begin)) onRow(row);
    begin = 0;
  });
}

/** Takes every message, one a row; the connection is ready for the next statement afterwards. */
function drain(stream: Readable, onMessage: (message: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let fault: Error | null = null;
    stream.on('data', (message: Buffer) => {
      if (fault) return;
      try {
        onMessage(message);
      } catch (error) {
        fault = error instanceof Error ? error : new Error(String(error));
      }
    });
    stream.on('error', reject);
    stream.on('end', () => {
      // The driver pauses its socket while a reader lags, and forgets that at the end of the rows:
      // all replies to come would wait. Asked to read on, it takes the pause back.
      stream._read(0);
      if (fault) reject(fault);
      else resolve();
    });
  });
}

/** Where a field stands in its row; null has a length below 0. */
type Field = { begin: number; length: number };

/** One row; its fields are good until the next one is read. */
export class CopiedRow {
  #message: Buffer = Buffer.alloc(0);
  readonly #fields: readonly Field[];

  constructor(fields: number) {
    this.#fields = Array.from({ length: fields }, () => ({ begin: 0, length: 0 }));
  }

  /** @returns false where no row begins: the last message says so by −1 fields */
  read(message: Buffer, begin: number): boolean {
    if (message.readInt16BE(begin) !== this.#fields.length) return false;
    this.#message = message;
    let at = begin + 2;
    for (const field of this.#fields) {
      field.length = message.readInt32BE(at);
      field.begin = at + 4;
      at += 4 + Math.max(0, field.length);
    }
    return true;
  }

  isNull(field: number): boolean {
    return this.#at(field).length < 0;
  }

  bytes(field: number): Buffer {
    const { begin, length } = this.#at(field);
    return this.#message.subarray(begin, begin + length);
  }

  text(field: number): string {
    const { begin, length } = this.#at(field);
    return this.#message.toString('utf8', begin, begin + length);
  }

  #at(field: number): Field {
    const found = this.#fields[field];
    if (!found) throw new RangeError(`a row has ${this.#fields.length} fields, none is ${field}`);
    return found;
  }
}
