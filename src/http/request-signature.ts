import { createHash, verify } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import {
  isSignatureError,
  type RequestDescriptor,
  type Verifier,
  verifySignature,
} from 'http-message-sig';
import type { RequestSigner } from '../casework/access/access.service.ts';
import { HomewardError } from '../platform/errors.ts';

/** A signature may be so much older or younger than our clock says. */
const TOLERANCE_SECONDS = 300;
/** From the earliest to the latest moment at which a signature may come, and a margin for several clocks. */
export const NONCE_SECONDS = 3 * TOLERANCE_SECONDS;

/** Without these a signature would hold for another request; more may be covered. */
const COVERED = ['@method', '@path', '@query', 'content-digest'];
const NAMED = ['created', 'keyid', 'nonce'];
const NONCE = /^[\x21-\x7e]{16,128}$/;
/** Of RFC 9530's digests the one that is asked for. */
const CONTENT_DIGEST = /^sha-256=:([A-Za-z0-9+/]{43}=):$/;
export const DIGEST_OF_NOTHING = createHash('sha256').digest('base64');

/** A request whose signature holds. */
export type SignedRequest = {
  readonly signer: RequestSigner;
  readonly nonce: string;
  /** SHA-256 in base64 that the body must have: it is read after its headers. */
  readonly bodyDigest: string;
};

export function isSigned({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers['signature-input'] !== undefined;
}

/**
 * Checks the signature of a request's method, path, query, time and digest of the body: HTTP Message
 * Signatures (RFC 9421) by Ed25519, and Content-Digest (RFC 9530).
 * @param findSigner by the id of a key; null for one that does not sign
 * @returns null where it does not hold
 */
export async function verifyRequest(
  request: FastifyRequest,
  findSigner: (keyId: string) => Promise<RequestSigner | null>,
): Promise<SignedRequest | null> {
  try {
    const { verifier, parameters } = await verifySignature(describeRequest(request), {
      policy: {
        algorithms: ['ed25519'],
        requiredComponents: COVERED,
        requiredParameters: NAMED,
        maxAge: 0,
        clockSkew: TOLERANCE_SECONDS,
      },
      async resolveVerifier({ parameters: { keyid = '' } }) {
        const signer = await findSigner(keyid);
        if (!signer) throw new HomewardError('SIGNATURE_REFUSED');
        return { ...ed25519Verifier(signer.publicKey), signer };
      },
    });
    const { nonce = '' } = parameters;
    const bodyDigest = CONTENT_DIGEST.exec(String(request.headers['content-digest']))?.[1];
    if (!NONCE.test(nonce) || bodyDigest === undefined) return null;
    return { signer: verifier.signer, nonce, bodyDigest };
  } catch (error) {
    if (!isSignatureError(error)) throw error;
    const failed = error.code === 'ResolverFailed' && !(error.cause instanceof HomewardError);
    // The search for the key failed, which says nothing of the signature.
    if (failed) throw error.cause;
    return null;
  }
}

/** @param publicKey SPKI in PEM */
export function ed25519Verifier(publicKey: string): Verifier {
  return {
    algorithm: 'ed25519',
    verify: (data, signature) => verify(null, data, publicKey, signature),
  };
}

/** The request as it came: before any router or parser has read it. */
function describeRequest({ raw }: FastifyRequest): RequestDescriptor {
  const { method = '', url = '', headers, rawHeaders } = raw;
  const fields = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    fields.push({ name: rawHeaders[at] ?? '', value: rawHeaders[at + 1] ?? '' });
  }
  const targetUri = `http://${headers.host ?? ''}${url}`;
  return { kind: 'request', method, targetUri, requestTarget: url, fields };
}
