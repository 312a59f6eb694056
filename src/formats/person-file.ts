import { HomewardError } from '../platform/errors.ts';
import { readCodisXml } from './codis-xml.ts';
import { refuseCompressed } from './compression.ts';
import { CsvLine, NOT_PLAIN } from './csv-line.ts';
import { findSeparator } from './csv-separator.ts';
import { readFamiliasPeople } from './familias-people.ts';
import { isGeneMapperHeader, readGeneMapper } from './genemapper.ts';
import { readProfileCsv } from './profile-csv.ts';
import type { RowOutcome } from './row.ts';
import { decodeFile, type Encoding } from './text-encoding.ts';

/** The forms in which laboratories send people in a file. */
export const FILE_FORMATS = ['csv', 'genemapper', 'codis-xml', 'familias'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** What a sender says of a file; what is not said is found out. */
export type FileHints = {
  readonly format?: FileFormat | undefined;
  /** The charset of its Content-Type. */
  readonly charset?: string | undefined;
};

/** A file whose form is known. */
export type PersonFile = {
  readonly format: FileFormat;
  readonly encoding: Encoding;
  /** In UTF-8. */
  readonly bytes: Uint8Array;
  /** Its people, good and bad, one by one. */
  readonly rows: AsyncGenerator<RowOutcome>;
};

/**
 * Finds out what a file is and reads it.
 * @throws HomewardError FILE_COMPRESSED, ENCODING_UNKNOWN, FORMAT_MISMATCH; the rows throw what their
 *   format throws
 */
export function openPersonFile(file: Uint8Array, hints: FileHints = {}): PersonFile {
  refuseCompressed(file);
  const charset = hints.charset ?? declaredByXml(file);
  const { bytes, encoding } = decodeFile(file, charset);
  const found = findFormat(bytes);
  const format = hints.format ?? found;
  for (const [one, what] of UNMISTAKABLE) {
    if ((format === one) === (found === one)) continue;
    const is = found === one ? 'is' : 'is not';
    throw new HomewardError(
      'FORMAT_MISMATCH',
      `The file ${is} ${what}, and format=${format} was asked for.`,
    );
  }
  return { format, encoding, bytes, rows: readAs(format, bytes) };
}

/** What no other form of file is ever taken for. */
const UNMISTAKABLE: readonly (readonly [FileFormat, string])[] = [
  ['codis-xml', 'XML'],
  ['familias', 'a Familias project'],
];

function readAs(format: FileFormat, bytes: Uint8Array): AsyncGenerator<RowOutcome> {
  switch (format) {
    case 'csv':
      return readProfileCsv([bytes]);
    case 'genemapper':
      return readGeneMapper(bytes);
    case 'codis-xml':
      return readCodisXml(Buffer.from(bytes).toString());
    case 'familias':
      return readFamiliasPeople(Buffer.from(bytes).toString());
  }
}

/** Where the beginning of a file tells what it is. */
const HEAD = 1 << 16;

/**
 * What a file is by how it begins.
 * @param bytes UTF-8
 * @throws HomewardError FORMAT_MISMATCH for what is not taken in as a file
 */
export function findFormat(bytes: Uint8Array): FileFormat {
  const head = Buffer.from(bytes.subarray(0, HEAD));
  const begin = head.toString().replace(/^[\uFEFF\s]+/, '');
  if (begin.startsWith('<')) return 'codis-xml';
  if (/^[{[]/.test(begin)) {
    throw new HomewardError('FORMAT_MISMATCH', 'The file is JSON; send it as application/json.');
  }
  if (begin.startsWith('"Output from Familias')) return 'familias';
  return isGeneMapperHeader(readFirstLine(begin)) ? 'genemapper' : 'csv';
}

function readFirstLine(begin: string): string[] {
  const [first = ''] = begin.split(/[\r\n]/, 1);
  const bytes = Buffer.from(`${first}\n`);
  const line = new CsvLine();
  line.separator = findSeparator(bytes).charCodeAt(0);
  return line.scan(bytes, 0, '\n') === NOT_PLAIN
    ? first.split(String.fromCharCode(line.separator))
    : line.cells();
}

/** The encoding that an XML declaration names; a byte order mark says it better. */
function declaredByXml(bytes: Uint8Array): string | undefined {
  const begin = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(begin)?.[1];
}
