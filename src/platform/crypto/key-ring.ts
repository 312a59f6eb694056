import { readFile } from 'node:fs/promises';
import { openBytes, sealBytes, type SealedPlace } from './sealed-bytes.ts';
import { parseRing, type Ring, ringFault } from './ring-text.ts';

/** Bytes that a key of the ring wrapped, and the name of that key. */
export type Wrapped = { readonly ringKey: string; readonly bytes: Uint8Array };

/**
 * The keys that wrap data keys. They never stand in the database. Promises, so that a key management
 * service can take the place of a file.
 */
export type KeyRing = {
  /** The name of the key that wraps from now on. */
  current(): Promise<string>;
  wrap(plain: Uint8Array, place: SealedPlace): Promise<Wrapped>;
  /** @throws HomewardError KEY_RING_INVALID when the ring lacks the key; SealBroken */
  unwrap(wrapped: Wrapped, place: SealedPlace): Promise<Uint8Array>;
};

/** Where a ring stands, as {@link parseRing} takes it. */
export type KeyRingSource =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'text'; readonly text: string };

/** How long a process goes on with the ring that it has read. */
const READ_AGAIN_MS = 60_000;

/**
 * A ring that is read again every minute, and at once where a key is missing: a new key takes effect
 * in every process without a restart.
 * @throws HomewardError KEY_RING_INVALID
 */
export async function openKeyRing(source: KeyRingSource): Promise<KeyRing> {
  let ring = await readRing(source);
  let readAt = Date.now();

  async function readAgain(): Promise<Ring> {
    ring = await readRing(source);
    readAt = Date.now();
    return ring;
  }

  const upToDate = async (): Promise<Ring> =>
    Date.now() - readAt > READ_AGAIN_MS ? readAgain() : ring;

  return {
    async current() {
      return (await upToDate()).current;
    },
    async wrap(plain, place) {
      const { current, keys } = await upToDate();
      return { ringKey: current, bytes: sealBytes(keyNamed(keys, current), plain, place) };
    },
    async unwrap({ ringKey, bytes }, place) {
      const { keys } = ring.keys.has(ringKey) ? ring : await readAgain();
      return openBytes(keyNamed(keys, ringKey), bytes, place);
    },
  };
}

async function readRing(source: KeyRingSource): Promise<Ring> {
  if (source.kind === 'text') return parseRing(source.text);
  let text: string;
  try {
    text = await readFile(source.file, 'utf8');
  } catch {
    throw ringFault('its file cannot be read');
  }
  return parseRing(text);
}

function keyNamed(keys: Ring['keys'], name: string): Uint8Array {
  const key = keys.get(name);
  if (key) return key;
  throw ringFault(`it lacks the key ${name}, which wrapped something in the database`);
}
