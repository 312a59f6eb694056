import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create } from 'fontkit';
import { findPackageRoot } from '../../platform/data-dir.ts';

/** Latin, Greek and the 6,763 Chinese characters of GB 2312: fonts/README.md. */
const FILE = join(findPackageRoot(), 'fonts', 'NotoSansSC-Regular-GB2312.ttf');

/** Stands for a character that the font lacks (the geta mark). */
const MISSING = '〓';

export type PdfFont = {
  readonly bytes: Buffer;
  /**
   * A text as the font can show it: a geta mark for what it lacks, a blank for what is no character.
   * Line breaks stay.
   */
  readonly readable: (text: string) => string;
};

/** The font of the reports, read once in a thread. */
export function openFont(): PdfFont {
  return (opened ??= readFont());
}

let opened: PdfFont | undefined;

function readFont(): PdfFont {
  const bytes = readFileSync(FILE);
  const font = create(bytes);
  if (!('characterSet' in font)) throw new Error(`${FILE} is a collection, not a font`);
  const shown = new Set(font.characterSet);
  const show = (character: string): string => {
    if (character === '\n') return character;
    if (/\s|\p{Cc}/u.test(character)) return ' ';
    return shown.has(character.codePointAt(0) ?? 0) ? character : MISSING;
  };
  return { bytes, readable: (text) => Array.from(text, show).join('') };
}
