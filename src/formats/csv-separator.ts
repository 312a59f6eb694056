const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** What stands between the cells of a file. */
export type Separator = ',' | ';' | '\t';

/** Where a line has as many of one as of another, the first wins. */
const SEPARATORS: readonly Separator[] = [',', '\t', ';'];

/** The separator that stands most often in the header, outside of quotes; a comma where none does. */
export function findSeparator(bytes: Uint8Array): Separator {
  const counts = new Map<number, number>();
  let isQuoted = false;
  let isBlank = true;
  for (const byte of bytes) {
    if (byte === QUOTE) isQuoted = !isQuoted;
    if (isQuoted) continue;
    const isEnd = byte === LF || byte === CR;
    if (isEnd && !isBlank) break;
    if (!isEnd) isBlank = false;
    counts.set(byte, (counts.get(byte) ?? 0) + 1);
  }
  const count = (separator: Separator): number => counts.get(separator.charCodeAt(0)) ?? 0;
  return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best));
}
