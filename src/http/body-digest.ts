import { createHash } from 'node:crypto';
import { pipeline, type Readable, Transform } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { HomewardError } from '../platform/errors.ts';
import { DIGEST_OF_NOTHING } from './request-signature.ts';

/**
 * Lets the bytes of a body through, and its end only if they are those that were signed: nothing parses a
 * body that is not.
 * @param expected SHA-256 in base64
 * @throws HomewardError SIGNATURE_REFUSED, at once or by the stream
 */
export function checkedBody(request: FastifyRequest, body: Readable, expected: string): Readable {
  if (!hasBody(request)) {
    if (expected !== DIGEST_OF_NOTHING) throw new HomewardError('SIGNATURE_REFUSED');
    return body;
  }
  const digest = createHash('sha256');
  const checked = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      digest.update(bytes);
      done(null, bytes);
    },
    flush(done) {
      done(digest.digest('base64') === expected ? null : new HomewardError('SIGNATURE_REFUSED'));
    },
  });
  // Whoever reads the body meets the error.
  pipeline(body, checked, () => undefined);
  return checked;
}

/** Whether somebody will read it: nobody reads a body of GET. */
function hasBody({ method, headers }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
