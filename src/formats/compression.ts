import { HomewardError } from '../platform/errors.ts';

/** How files begin that are no text, by what they are. */
const BEGINNINGS: readonly (readonly [bytes: Buffer, what: string])[] = [
  [Buffer.from('PK\x03\x04'), 'a zip archive or a workbook (.xlsx, .ods)'],
  [Buffer.from('PK\x05\x06'), 'a zip archive'],
  [Buffer.from([0x1f, 0x8b]), 'compressed by gzip'],
  [Buffer.from('BZh'), 'compressed by bzip2'],
  [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), 'compressed by xz'],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'compressed by zstd'],
  [Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), 'a 7z archive'],
  [Buffer.from('Rar!\x1a\x07'), 'a rar archive'],
  [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'a workbook (.xls)'],
];

/**
 * Refuses what is packed, by how it begins and whatever it is called: nothing is ever unpacked here, so
 * that no small file can become a large one.
 * @throws HomewardError FILE_COMPRESSED
 */
export function refuseCompressed(bytes: Uint8Array): void {
  const found = BEGINNINGS.find(
    ([beginning]) => Buffer.compare(beginning, bytes.subarray(0, beginning.length)) === 0,
  );
  if (!found) return;
  const [, what] = found;
  throw new HomewardError(
    'FILE_COMPRESSED',
    `The file is ${what}; unpack it, or save it as CSV in UTF-8, and send that.`,
  );
}
