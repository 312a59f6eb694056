import type { FastifyRequest } from 'fastify';
import type { AccessService } from '../casework/access/access.service.ts';
import type { Actor, Session } from '../casework/access/actor.ts';
import type { SignInService } from '../casework/sign-in/sign-in.service.ts';
import type { ErrorCode } from '../platform/errors.ts';
import { isSigned, NONCE_SECONDS, verifyRequest } from './request-signature.ts';

/** Who speaks, and by what; or why nobody is believed. */
export type Identified =
  | {
      readonly actor: Actor;
      /** Where a session's cookie says so. */
      readonly session?: Session;
      /** Where a signature says so: what the body must be. */
      readonly bodyDigest?: string;
    }
  | { readonly refused: ErrorCode };

type Credentials = { readonly access: AccessService; readonly signIn: SignInService };

/**
 * Turns a request into an actor: by its API key, else its signature, else its session. What goes along by
 * itself, the cookie, counts only where nothing else was sent.
 */
export async function identify(
  request: FastifyRequest,
  { access, signIn }: Credentials,
): Promise<Identified> {
  const { headers, cookies, routeOptions } = request;
  if (headers.authorization !== undefined) {
    const secret = readBearer(headers.authorization);
    const actor = secret === null ? null : await access.authenticate(secret);
    return actor ? { actor } : { refused: 'AUTHENTICATION_REQUIRED' };
  }
  if (isSigned(request)) return identifySigner(request, access);
  const isPolled = routeOptions.config.untraced === true;
  return (await signIn.resume(cookies, { isPolled })) ?? { refused: 'AUTHENTICATION_REQUIRED' };
}

async function identifySigner(request: FastifyRequest, access: AccessService): Promise<Identified> {
  const signed = await verifyRequest(request, (keyId) => access.findSigner(keyId));
  if (!signed) return { refused: 'SIGNATURE_REFUSED' };
  const { signer, nonce, bodyDigest } = signed;
  // Last, so that nobody but the key's owner fills the table.
  const isNew = await access.takeNonce(signer.actor.id, nonce, NONCE_SECONDS);
  return isNew ? { actor: signer.actor, bodyDigest } : { refused: 'SIGNATURE_REFUSED' };
}

function readBearer(authorization: string): string | null {
  return /^Bearer ([\x21-\x7e]{16,256})$/i.exec(authorization)?.[1] ?? null;
}
