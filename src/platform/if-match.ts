import { z } from 'zod';
import { HomewardError } from './errors.ts';

/** The header of every request that changes something which others may change as well. */
export const ifMatchHeader = z.object({
  'if-match': z
    .string()
    .max(40)
    .optional()
    .describe('The ETag of what you looked at: whoever looked before the last change is refused'),
});

/** A version as a header has it (RFC 9110, section 8.8.3). */
export function writeETag(version: number): string {
  return `"${version}"`;
}

/**
 * The version that a request's If-Match names.
 * @throws HomewardError IF_MATCH_REQUIRED, also for anything but one ETag of this service
 */
export function readIfMatch(headers: z.infer<typeof ifMatchHeader>): number {
  const [, digits] = /^"(\d{1,9})"$/.exec(headers['if-match'] ?? '') ?? [];
  if (digits === undefined) throw new HomewardError('IF_MATCH_REQUIRED');
  return Number(digits);
}
