import { canonicalJson, contentHash } from '../../platform/provenance.ts';
import type { Role } from '../access/actor.ts';

/** Something that was done, or refused: who, what, to which object, from where, with what result. */
export type AuditEvent = {
  /** Moment of the answer, ISO 8601 in UTC with milliseconds. */
  readonly at: string;
  /** The key or person that spoke; null where none that is known did. */
  readonly actor: string | null;
  readonly role: Role | null;
  /** Method and route, such as `GET /v1/candidates/:candidateId`. */
  readonly action: string;
  /** The ids that the path names. */
  readonly object: Readonly<Record<string, string>>;
  /** Network address. */
  readonly origin: string;
  readonly requestId: string;
  /** HTTP status of the answer. */
  readonly status: number;
};

/** An event in its place in the chain: each entry holds the hash of the one before it. */
export type AuditEntry = AuditEvent & {
  /** From 1, without gaps. */
  readonly seq: number;
  /** Of the entry before, {@link NO_HASH} in the first; SHA-256 in hex. */
  readonly previousHash: string;
  /** Of everything else in the entry. */
  readonly hash: string;
};

/** Where a chain ends. */
export type ChainHead = Pick<AuditEntry, 'seq' | 'hash'>;

export const NO_HASH = '0'.repeat(64);

/** The entry that an event becomes behind the head of a chain. */
export function sealEvent(event: AuditEvent, head: ChainHead | null): AuditEntry {
  const entry = { ...event, seq: (head?.seq ?? 0) + 1, previousHash: head?.hash ?? NO_HASH };
  return { ...entry, hash: hashOf(entry) };
}

/** SHA-256 of an entry without its hash, as canonical JSON. */
export function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { at, actor, role, action, object, origin, requestId, status, seq, previousHash } = entry;
  return contentHash(
    canonicalJson({ at, actor, role, action, object, origin, requestId, status, seq, previousHash }), // prettier-ignore
  );
}
