import { z } from 'zod';
import { ROLES } from '../access/actor.ts';
import type { AuditEntry, ChainHead } from './audit-entry.ts';

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

/** A head as people keep it, `1207:9f2c…`. */
export function writeHead({ seq, hash }: ChainHead): string {
  return `${seq}:${hash}`;
}

/** @returns null for what {@link writeHead} did not write */
export function readHead(text: string): ChainHead | null {
  const [, seq, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash };
}
