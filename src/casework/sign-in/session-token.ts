import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What a page of ours sends with whatever changes something: it reads this, which no other page can, while
 * the cookie goes along with any page's request. Bound to the session, and nothing can be learnt of its
 * token from it.
 */
export function csrfTokenOf(token: string): string {
  return createHmac('sha256', token).update('csrf').digest('base64url');
}

export function isCsrfTokenOf(token: string, sent: unknown): boolean {
  const expected = Buffer.from(csrfTokenOf(token));
  const given = Buffer.from(typeof sent === 'string' ? sent : '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
