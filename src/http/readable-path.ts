import type { RawRequestDefaultExpression } from 'fastify';

/** Nothing stands there. */
const NOWHERE = '/nowhere';
/** The longest piece of a path that the router takes, as it is written; no id is as long. */
export const LONGEST_PIECE = 1_000;

/**
 * Leads a request whose path no router can read to a place where nothing is, by way of all the hooks: it is
 * limited, recorded and answered like any other that asks for what does not exist.
 */
export function readablePath({ url = NOWHERE }: RawRequestDefaultExpression): string {
  const path = url.split('?', 1)[0] ?? '';
  try {
    decodeURIComponent(path);
    return path.split('/').some((piece) => piece.length > LONGEST_PIECE) ? NOWHERE : url;
  } catch {
    return NOWHERE;
  }
}
