/** The largest photo: one of a passport at 600 by 800 points is a tenth of it. */
export const MOST_PHOTO_BYTES = 512 * 1024;

/** How long the text of the largest photo is. */
export const MOST_PHOTO_CHARACTERS = Math.ceil(MOST_PHOTO_BYTES / 3) * 4;

export type PhotoType = 'image/jpeg' | 'image/png';

/** How files of each kind begin. */
const SIGNATURES: readonly (readonly [type: PhotoType, begin: readonly number[]])[] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
];

/** What a photo is by its first bytes, whatever it is called; null for anything else. */
export function photoTypeOf(bytes: Uint8Array): PhotoType | null {
  const found = SIGNATURES.find(([, begin]) => begin.every((byte, at) => bytes[at] === byte));
  return found?.[0] ?? null;
}

/** @returns null for text that is not base64 in its one way of writing */
export function readBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
