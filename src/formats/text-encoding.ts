import { isUtf8 } from 'node:buffer';
import { HomewardError } from '../platform/errors.ts';

/** The encodings that are read; `windows-1252` is read for its part ISO 8859-1 too. */
export const ENCODINGS = [
  'utf-8',
  'gb18030',
  'big5',
  'utf-16le',
  'utf-16be',
  'windows-1252',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** A file in UTF-8, and how it was encoded when it came. */
export type DecodedFile = { readonly bytes: Uint8Array; readonly encoding: Encoding };

/** Names of encodings, folded to lower case; GB 18030 holds GBK and GB 2312. */
const NAMES: ReadonlyMap<string, Encoding | 'utf-16'> = new Map([
  ...ENCODINGS.map((encoding) => [encoding, encoding] as const),
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['gb2312', 'gb18030'],
  ['gbk', 'gb18030'],
  ['cp936', 'gb18030'],
  ['utf-16', 'utf-16'],
  ['iso-8859-1', 'windows-1252'],
  ['latin1', 'windows-1252'],
]);

const MARKS: readonly (readonly [bytes: Buffer, encoding: Encoding])[] = [
  [Buffer.from([0xef, 0xbb, 0xbf]), 'utf-8'],
  [Buffer.from([0xff, 0xfe]), 'utf-16le'],
  [Buffer.from([0xfe, 0xff]), 'utf-16be'],
];

/**
 * A file in UTF-8. Without a declaration its byte order mark says the encoding; without a mark it is
 * UTF-8 where it can be, else GB 18030 where nearly all is everyday Chinese, else unknown: a guess could
 * turn one sample id into another.
 * @param declared the sender's word for the encoding, which must hold
 * @throws HomewardError ENCODING_UNKNOWN, with the line
 */
export function decodeFile(bytes: Uint8Array, declared?: string): DecodedFile {
  const encoding = findEncoding(bytes, declared);
  if (encoding === 'utf-8') {
    if (!isUtf8(bytes)) throw badLine(bytes, encoding);
    return { bytes, encoding };
  }
  try {
    return {
      bytes: Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(bytes)),
      encoding,
    };
  } catch {
    throw badLine(bytes, encoding);
  }
}

/** The encoding that a byte order mark says; undefined where there is none. */
export function encodingByMark(bytes: Uint8Array): Encoding | undefined {
  return MARKS.find(([mark]) => mark.equals(bytes.subarray(0, mark.length)))?.[1];
}

/**
 * A file of any length in UTF-8; one that is in UTF-8 comes as it is, and whoever reads it checks it.
 * @throws HomewardError ENCODING_UNKNOWN where it is not of the encoding
 */
export async function* decodeStream(
  source: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<Uint8Array> {
  if (encoding === 'utf-8') {
    yield* source;
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk?: Uint8Array): Buffer => {
    try {
      return Buffer.from(decoder.decode(chunk, { stream: chunk !== undefined }));
    } catch {
      throw new HomewardError('ENCODING_UNKNOWN', `The file is not ${encoding} throughout.`);
    }
  };
  for await (const chunk of source) yield decode(chunk);
  yield decode();
}

function findEncoding(bytes: Uint8Array, declared: string | undefined): Encoding {
  const marked = encodingByMark(bytes);
  if (declared === undefined) return marked ?? detect(bytes);
  const named = NAMES.get(declared.toLowerCase());
  if (!named) {
    throw new HomewardError(
      'ENCODING_UNKNOWN',
      `The encoding that the file is said to have is not read here; use one of ${ENCODINGS.join(', ')}.`,
    );
  }
  if (named === 'utf-16' ? marked?.startsWith(named) : !marked || marked === named) {
    return named === 'utf-16' ? marked! : named;
  }
  const begins = marked ? `begins with the mark of ${marked}` : 'has no byte order mark';
  throw new HomewardError('ENCODING_UNKNOWN', `The file is said to be ${named}, and ${begins}.`);
}

function detect(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0 || bytes[1] === 0) {
    throw new HomewardError(
      'ENCODING_UNKNOWN',
      'The file begins with NUL bytes; save it as UTF-8, or as UTF-16 with a byte order mark.',
    );
  }
  if (isUtf8(bytes)) return 'utf-8';
  if (isEverydayChinese(bytes)) return 'gb18030';
  throw badLine(bytes, 'utf-8');
}

/** Of so many characters beyond ASCII, one may lie outside of GB 2312. Text in Big5 or Latin-1 has far more. */
const ONE_OUTSIDE_IN = 10;

/** Whether bytes that are not UTF-8 are Chinese by GB 18030, nearly all in the part that GB 2312 has. */
function isEverydayChinese(bytes: Uint8Array): boolean {
  let characters = 0;
  let outside = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at]!;
    if (lead < 0x80) continue;
    const trail = bytes[++at] ?? 0;
    characters++;
    if (lead < 0xa1 || lead > 0xf7 || trail < 0xa1) outside++;
    if (trail >= 0x30 && trail <= 0x39) at += 2;
  }
  return outside * ONE_OUTSIDE_IN <= characters && isDecodable(bytes, 'gb18030');
}

function isDecodable(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const LF = 0x0a;

/** Names the first line that is not of the encoding; of UTF-16, whose lines bytes do not show, none. */
function badLine(bytes: Uint8Array, encoding: Encoding): HomewardError {
  const advice = 'save the file as UTF-8, or name its encoding as Content-Type: …; charset=gb18030';
  if (encoding.startsWith('utf-16')) {
    return new HomewardError(
      'ENCODING_UNKNOWN',
      `The file is not ${encoding} throughout; ${advice}.`,
    );
  }
  let line = 1;
  for (let at = 0; at < bytes.length; line++) {
    const end = bytes.indexOf(LF, at) + 1 || bytes.length;
    if (!isDecodable(bytes.subarray(at, end), encoding)) break;
    at = end;
  }
  return new HomewardError('ENCODING_UNKNOWN', `Line ${line} is not ${encoding}; ${advice}.`, [
    { field: `line ${line}`, message: `not ${encoding}` },
  ]);
}
