import { z } from 'zod';
import { ROLES } from '../access/actor.ts';
import type { AuditEntry } from './audit-entry.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in hex');

/** An entry as an exported chain has it, one a line. */
export const auditLine = z.strictObject({
  seq: z.int().positive(),
  at: z.iso.datetime({ precision: 3 }),
  actor: z.string().nullable(),
  role: z.enum(ROLES).nullable(),
  action: z.string(),
  object: z.record(z.string(), z.string()),
  origin: z.string(),
  requestId: z.string(),
  status: z.int(),
  previousHash: hash,
  hash,
}) satisfies z.ZodType<AuditEntry>;

export function writeLine(entry: AuditEntry): string {
  return `${JSON.stringify(entry)}\n`;
}
