import { type AuditEntry, type ChainHead, hashOf, NO_HASH } from './audit-entry.ts';

/** What is wrong with a chain, and with which entry of it: the first one that is not as it was. */
export type ChainFault = {
  readonly seq: number;
  /**
   * - `altered`: its content is not what its hash says
   * - `missing`: a later one stands in its place
   * - `out-of-order`: it stands behind a later one, or twice
   * - `rewritten`: whole, but not what the next entry, or a head that was kept, remembers of it
   * - `cut-off`: the chain ends before it
   */
  readonly kind: 'altered' | 'missing' | 'out-of-order' | 'rewritten' | 'cut-off';
};

/** How far a chain is whole: to its end where there is no fault. */
export type ChainReport = { readonly head: ChainHead | null; readonly fault: ChainFault | null };

/**
 * Checks a chain from its first entry on. By itself it shows every change but two: the last entries
 * taken off, and all of them rewritten. A head that was kept elsewhere shows these too.
 * @param entries in the order in which they are stored
 * @param kept a head of the chain as it was at some time
 */
export async function verifyChain(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
  kept: ChainHead | null = null,
): Promise<ChainReport> {
  const report = await verifyPart(entries, null, kept);
  return report.fault ? report : { ...report, fault: cutOffBefore(kept, report.head) };
}

/**
 * Checks a part of a chain, whose end need not be that of the chain.
 * @param entries in the order in which they are stored, from the entry of `from` on
 * @param from the head that an earlier part ended with: its entry is checked again; null: the first entry
 * @param kept as for {@link verifyChain}
 */
export async function verifyPart(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
  from: ChainHead | null,
  kept: ChainHead | null = null,
): Promise<ChainReport> {
  let head: ChainHead | null = null;
  for await (const entry of entries) {
    const fault =
      misplacementOf(entry, head?.seq ?? (from?.seq ?? 1) - 1) ??
      alterationOf(entry, head?.hash ?? (from ? null : NO_HASH), [from, kept]);
    if (fault) return { head, fault };
    head = { seq: entry.seq, hash: entry.hash };
  }
  return { head, fault: head || !from ? null : { seq: from.seq, kind: 'cut-off' } };
}

function misplacementOf({ seq }: AuditEntry, previous: number): ChainFault | null {
  const expected = previous + 1;
  if (seq > expected) return { seq: expected, kind: 'missing' };
  return seq < expected ? { seq, kind: 'out-of-order' } : null;
}

/** @param previousHash null where it is not known */
function alterationOf(
  entry: AuditEntry,
  previousHash: string | null,
  remembered: readonly (ChainHead | null)[],
): ChainFault | null {
  const { seq, hash } = entry;
  if (hashOf(entry) !== hash) return { seq, kind: 'altered' };
  if (previousHash !== null && entry.previousHash !== previousHash) {
    return { seq: seq - 1, kind: 'rewritten' };
  }
  const isOther = remembered.some((one) => one?.seq === seq && one.hash !== hash);
  return isOther ? { seq, kind: 'rewritten' } : null;
}

/** What is gone where a chain ends before an entry that is remembered of it. */
export function cutOffBefore(
  remembered: ChainHead | null,
  head: ChainHead | null,
): ChainFault | null {
  const last = head?.seq ?? 0;
  return remembered !== null && remembered.seq > last ? { seq: last + 1, kind: 'cut-off' } : null;
}
