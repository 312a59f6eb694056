import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createSignature } from 'http-message-sig';
import type { Answer, TestService } from './service.ts';

/** What a machine signs and sends; each part may be another one than it was signed with. */
export type Sent = {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
};

export type Signing = {
  readonly keyId: string;
  readonly privateKey: KeyObject;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly created?: number;
  readonly nonce?: string;
  readonly components?: readonly string[];
};

export const seconds = (): number => Math.floor(Date.now() / 1_000);

export function digestOf(body: string): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

export function makePair(): { privateKey: KeyObject; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
}

/** The headers that a machine sends with a request. */
export async function signRequest(
  service: TestService,
  { keyId, privateKey, method, path, body = '', created, nonce, components }: Signing,
): Promise<Record<string, string>> {
  const digest = digestOf(body);
  const { signature, signatureInput } = await createSignature(
    {
      kind: 'request',
      method,
      targetUri: `${service.url}${path}`,
      fields: [{ name: 'content-digest', value: digest }],
    },
    {
      components: components ?? ['@method', '@path', '@query', 'content-digest'],
      parameters: { created: created ?? seconds(), keyid: keyId, nonce: nonce ?? randomUUID() },
      signer: { algorithm: 'ed25519', sign: (data) => sign(null, data, privateKey) },
    },
  );
  return { 'content-digest': digest, 'signature-input': signatureInput, signature };
}

/** Signs one request, and sends it as it is or with a part of it changed. */
export async function sendSigned(
  service: TestService,
  signing: Signing,
  sent: Sent = {},
): Promise<Answer> {
  const { method, path, body } = { ...signing, ...sent };
  const headers = { ...(await signRequest(service, signing)), ...sent.headers };
  return service.call(null, method, path, body === '' ? undefined : body, headers);
}
