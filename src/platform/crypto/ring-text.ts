import { randomBytes } from 'node:crypto';
import { HomewardError } from '../errors.ts';
import { KEY_BYTES } from './sealed-bytes.ts';

/** Named keys of {@link KEY_BYTES} bytes; `current` names the one that wraps. */
export type Ring = { readonly keys: ReadonlyMap<string, Uint8Array>; readonly current: string };

/** One line a key: its name, and its 32 bytes in base64. Empty lines and `#` comments are skipped. */
const LINE = /^(?<name>[a-z0-9][a-z0-9-]{0,39}) (?<key>[A-Za-z0-9+/]{43}=)$/;

/**
 * Reads a key ring. The last key is the current one; those before it open what they wrapped.
 * @throws HomewardError KEY_RING_INVALID naming the line
 */
export function parseRing(text: string): Ring {
  const keys = new Map<string, Uint8Array>();
  let current: string | undefined;
  for (const [place, line] of text.split('\n').entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const { name, key } = LINE.exec(line.trim())?.groups ?? {};
    // What the line says may be a key: it is not repeated.
    if (name === undefined || key === undefined) throw ringFault(`line ${place + 1} is no key`);
    if (keys.has(name)) throw ringFault(`line ${place + 1} names a key a second time`);
    keys.set(name, Buffer.from(key, 'base64'));
    current = name;
  }
  if (current === undefined) throw ringFault('it holds no key');
  return { keys, current };
}

/** A new line for the end of a ring. */
export function newRingLine(now: Date): string {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '');
  const name = `ring-${day}-${randomBytes(3).toString('hex')}`;
  return `${name} ${randomBytes(KEY_BYTES).toString('base64')}\n`;
}

export function ringFault(reason: string): HomewardError {
  return new HomewardError('KEY_RING_INVALID', `The key ring cannot be used: ${reason}.`);
}
