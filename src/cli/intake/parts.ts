import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { refuseCompressed } from '../../formats/compression.ts';
import { type CsvPart, splitCsv } from '../../formats/csv-split.ts';
import { findFormat } from '../../formats/person-file.ts';
import { decodeStream, type Encoding, encodingByMark } from '../../formats/text-encoding.ts';
import { HomewardError } from '../../platform/errors.ts';
import { naming } from '../input.ts';

/** A part of a file, ready to be sent. */
export type Part = Pick<CsvPart, 'bytes' | 'firstRow'> & { readonly type: string };

/** A file of people that is sent in parts. */
export type PartedFile = {
  /** In bytes. */
  readonly size: number;
  /** How many bytes were read so far. */
  readonly read: () => number;
  readonly parts: AsyncGenerator<Part>;
};

/** A batch may be larger, but one that is lost on the way is sent again whole. */
const MOST_BYTES = 8 * 1024 * 1024;
/** What the service takes as one body. */
const LARGEST_WHOLE = 16 * 1024 * 1024;
const HEAD = 1 << 16;

/**
 * Opens a file and finds out what it is: CSV is cut into parts, any other format is sent whole.
 * @param declared its encoding; default: as its byte order mark says, else UTF-8
 * @throws HomewardError FILE_NOT_READABLE, FILE_COMPRESSED, ARGUMENT_INVALID; the parts throw what is
 *   wrong further on
 */
export async function openParts(
  file: string,
  mostRows: number,
  declared: Encoding | undefined,
): Promise<PartedFile> {
  const { head, size } = await readHead(file).catch((error: unknown) => {
    throw naming(file, error);
  });
  refuseCompressed(head);
  const encoding = declared ?? encodingByMark(head) ?? 'utf-8';
  const isCsv = findFormat(Buffer.from(new TextDecoder(encoding).decode(head))) === 'csv';
  if (!isCsv && size > LARGEST_WHOLE) {
    throw new HomewardError(
      'ARGUMENT_INVALID',
      `${file}: only CSV is cut into batches, and other files have 16 MiB at most; write several.`,
    );
  }
  const stream = createReadStream(file, { highWaterMark: HEAD });
  const parts = isCsv ? cut(stream, encoding, mostRows) : readWhole(stream, declared);
  return { size, read: () => stream.bytesRead, parts: tellFile(file, parts) };
}

async function readHead(file: string): Promise<{ head: Buffer; size: number }> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return { head: buffer.subarray(0, bytesRead), size };
  } finally {
    await handle.close();
  }
}

async function* cut(
  stream: ReadStream,
  encoding: Encoding,
  mostRows: number,
): AsyncGenerator<Part> {
  const type = 'text/csv; charset=utf-8';
  for await (const part of splitCsv(decodeStream(stream, encoding), mostRows, MOST_BYTES)) {
    yield { ...part, type };
  }
}

async function* readWhole(
  stream: ReadStream,
  declared: Encoding | undefined,
): AsyncGenerator<Part> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const charset = declared ? `; charset=${declared}` : '';
  yield { bytes: Buffer.concat(chunks), firstRow: 2, type: `application/octet-stream${charset}` };
}

/** What goes wrong in a file is told with its name. */
async function* tellFile(file: string, parts: AsyncGenerator<Part>): AsyncGenerator<Part> {
  try {
    yield* parts;
  } catch (error) {
    throw naming(file, error);
  }
}
