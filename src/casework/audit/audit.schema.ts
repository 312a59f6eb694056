import { z } from 'zod';
import { shortText } from '../../platform/text.ts';
import { ROLES } from '../access/actor.ts';
import { auditLine, readHead } from './audit-line.ts';

const filter = {
  actor: shortText(64).optional().describe('The id of a key or person: key_… or user_…'),
  role: z.enum(ROLES).optional(),
  action: shortText(200)
    .optional()
    .describe('A part of method and route, in capitals or not: `sign-in`, `DELETE /v1/api-keys`'),
  object: shortText(64).optional().describe('An id that the path named'),
  status: z
    .string()
    .regex(/^[1-5](\d\d|xx)$/, 'write a status, such as 403, or a class of them, such as 4xx')
    .transform((text) => ({
      least: Number(text.replaceAll('x', '0')),
      most: Number(text.replaceAll('x', '9')),
    }))
    .optional()
    .describe('HTTP status of the answer, or a class: 403, 4xx'),
  from: z.iso.datetime().optional().describe('The earliest moment, in UTC'),
  to: z.iso.datetime().optional().describe('The first moment behind the last, in UTC'),
};

const MOST_SEQ = 10 ** 15;

export const auditExportQuery = z.strictObject(filter);

export const auditQuery = z.strictObject({
  ...filter,
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST_SEQ)
    .optional()
    .describe('`nextCursor` of the page before'),
});

export const auditPage = z.object({
  entries: z.array(auditLine),
  nextCursor: z
    .int()
    .nullable()
    .describe(
      'Of the next page; null when everything was looked through. A page may hold less than `limit`, or ' +
        'nothing, and be followed by another: a request looks through 100,000 entries at most',
    ),
});

export const auditFile = {
  description: 'The newest 10,000 entries that fit, as CSV',
  content: { 'text/csv': { schema: z.string() } },
};

const head = z
  .string()
  .max(100)
  .transform((text, context) => {
    const read = readHead(text);
    if (read) return read;
    context.addIssue('write a head as a check said it: 1207:9f2c…');
    return z.NEVER;
  });

export const verificationQuery = z.strictObject({
  after: head
    .optional()
    .describe('`head` of an earlier part: go on from there; without it, from the first entry'),
  kept: head.optional().describe('A head that was kept outside the database, to be compared'),
});

const CHAIN_FAULTS = ['altered', 'missing', 'out-of-order', 'rewritten', 'cut-off'] as const;

export const verification = z.object({
  head: z
    .string()
    .nullable()
    .describe('The last entry that is whole, as seq:hash; null where there is none'),
  checked: z.int().describe('Entries that were checked in this part'),
  last: z.int().describe('The number of the last entry of the chain; 0 where there is none'),
  isComplete: z
    .boolean()
    .describe('Whether the chain was checked to its end; if not, ask again with `head` as `after`'),
  fault: z
    .object({ seq: z.int(), kind: z.enum(CHAIN_FAULTS) })
    .nullable()
    .describe('The first entry that is not as it was'),
});
