import { createPublicKey } from 'node:crypto';

/** Whether a text is an Ed25519 public key in PEM. A private one is refused: it was shown to us. */
export function isEd25519(pem: string): boolean {
  if (!pem.startsWith('-----BEGIN PUBLIC KEY-----')) return false;
  try {
    return createPublicKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

/** One way of writing a key, so that the same one is known again. */
export function canonicalPem(pem: string): string {
  return createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();
}
