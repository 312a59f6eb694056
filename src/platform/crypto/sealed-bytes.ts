import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

/** A key of AES-256. */
export const KEY_BYTES = 32;

const ALGORITHM = 'aes-256-gcm';
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES;
const GCM = { authTagLength: TAG_BYTES };

/**
 * Where sealed bytes belong: `table.column`, and the id of their row. They open in no other place,
 * so that nobody can swap what he cannot read.
 */
export type SealedPlace = { readonly column: `${string}.${string}`; readonly rowId: string };

/** What was sealed was altered, belongs elsewhere, or was sealed with another key. */
export class SealBroken extends Error {
  constructor({ column, rowId }: SealedPlace) {
    super(`${column} of row ${rowId} cannot be opened: it was altered, moved or sealed otherwise`);
    this.name = 'SealBroken';
  }
}

/**
 * Encrypts by AES-256-GCM (NIST SP 800-38D, https://doi.org/10.6028/NIST.SP.800-38D).
 * @param key of {@link KEY_BYTES} bytes
 * @returns the format's number, a random nonce of 12 bytes, the ciphertext, and its tag of 16 bytes
 */
export function sealBytes(key: Uint8Array, plain: Uint8Array, place: SealedPlace): Uint8Array {
  const nonce = nextNonce();
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(placeBytes(place));
  const ciphertext = cipher.update(plain);
  cipher.final();
  return Buffer.concat([Uint8Array.of(FORMAT), nonce, ciphertext, cipher.getAuthTag()]);
}

const nonces = Buffer.alloc(256 * NONCE_BYTES);
let nextAt = nonces.length;

/** Random bytes are drawn for many at once: to ask for so few takes as long as to seal a profile. */
function nextNonce(): Uint8Array {
  if (nextAt === nonces.length) {
    randomFillSync(nonces);
    nextAt = 0;
  }
  return nonces.subarray(nextAt, (nextAt += NONCE_BYTES));
}

/**
 * The inverse of {@link sealBytes}.
 * @throws SealBroken
 */
export function openBytes(key: Uint8Array, sealed: Uint8Array, place: SealedPlace): Uint8Array {
  const plain = openAt(key, sealed, placeBytes(place));
  if (!plain) throw new SealBroken(place);
  return plain;
}

/**
 * {@link openBytes} for those who leave out what cannot be opened.
 * @param place as {@link placeBytes} writes it
 * @returns null where it cannot be opened
 */
export function openAt(key: Uint8Array, sealed: Uint8Array, place: Uint8Array): Uint8Array | null {
  const end = sealed.length - TAG_BYTES;
  if (sealed[0] !== FORMAT || end < HEADER_BYTES) return null;
  const nonce = sealed.subarray(1, HEADER_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, GCM);
  decipher.setAAD(place).setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(HEADER_BYTES, end));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return plain;
}

/** What is authenticated beside the bytes: the column, a colon, and the row's id as it is written. */
export function placeBytes({ column, rowId }: SealedPlace): Uint8Array {
  return Buffer.from(`${column}:${rowId}`);
}
