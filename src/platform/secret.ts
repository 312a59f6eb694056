import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, in 43 characters that a header and a cookie take. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** All that is stored of a secret. It cannot be guessed, so that a plain hash cannot be searched for it. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
