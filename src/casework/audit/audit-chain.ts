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
  let head: ChainHead | null = null;
  for await (const entry of entries) {
    const fault = faultOf(entry, head, kept);
    if (fault) return { head, fault };
    head = { seq: entry.seq, hash: entry.hash };
  }
  const isCutOff = kept !== null && kept.seq > (head?.seq ?? 0);
  return { head, fault: isCutOff ? { seq: (head?.seq ?? 0) + 1, kind: 'cut-off' } : null };
}

function faultOf(
  entry: AuditEntry,
  head: ChainHead | null,
  kept: ChainHead | null,
): ChainFault | null {
  const { seq, hash } = entry;
  const expected = (head?.seq ?? 0) + 1;
  if (seq > expected) return { seq: expected, kind: 'missing' };
  if (seq < expected) return { seq, kind: 'out-of-order' };
  if (hashOf(entry) !== hash) return { seq, kind: 'altered' };
  if (entry.previousHash !== (head?.hash ?? NO_HASH)) return { seq: seq - 1, kind: 'rewritten' };
  return kept?.seq === seq && kept.hash !== hash ? { seq, kind: 'rewritten' } : null;
}
