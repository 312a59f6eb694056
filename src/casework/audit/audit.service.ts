import type { Database } from '../../platform/database.ts';
import { openTurns } from '../../platform/turns.ts';
import { type ChainReport, cutOffBefore, verifyPart } from './audit-chain.ts';
import type { AuditEntry, AuditEvent, ChainHead } from './audit-entry.ts';
import { type AuditPage, searchEntries } from './audit-search.ts';
import { appendEvents, type AuditFilter, findHead, readEntries } from './audit.repository.ts';

export { readEntries };
export type { AuditFilter };

export type AuditService = ReturnType<typeof makeAuditService>;

/** An event that waits to be written, and whoever waits for it. */
type Waiting = {
  readonly event: AuditEvent;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** How far a part of the chain is whole. */
export type PartReport = ChainReport & {
  /** How many entries it has. */
  readonly checked: number;
  /** The last entry of the chain; 0 where there is none. */
  readonly last: number;
  /** Whether the part ends where the chain does. */
  readonly isComplete: boolean;
};

/** Takes some tenths of a second, in which others are answered between two reads. */
const ENTRIES_A_PART = 20_000;
const MOST_COLLECTED = 10_000;
const ENTRIES_A_PAGE = 500;

/** Keeps the chain of what was done, and reads it. */
export function makeAuditService({ db }: { db: Database }) {
  let waiting: Waiting[] = [];
  let isWriting = false;
  /** One reads at a time: no answer shall wait because several search the chain. */
  const inTurn = openTurns();

  /** Those who came while others were written go together: a transaction each would wait in line. */
  async function write(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const some = waiting;
      waiting = [];
      try {
        await appendEvents(
          db,
          some.map(({ event }) => event),
        );
        for (const { resolve } of some) resolve();
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
    isWriting = false;
  }

  async function verifyFrom(after: ChainHead | null, kept: ChainHead | null): Promise<PartReport> {
    const from = after?.seq ?? 1;
    const entries = readEntries(db, { from, most: ENTRIES_A_PART });
    const { head, fault } = await verifyPart(entries, after, kept);
    const last = (await findHead(db))?.seq ?? 0;
    const checked = head ? head.seq - from + 1 : 0;
    const isComplete = fault === null && checked < ENTRIES_A_PART;
    return {
      ...{ head, checked, last, isComplete },
      fault: isComplete ? cutOffBefore(kept, head) : fault,
    };
  }

  return {
    /** Resolves once the event stands in the chain, and rejects when it cannot be written. */
    record(event: AuditEvent): Promise<void> {
      return new Promise((resolve, reject) => {
        waiting.push({ event, resolve, reject });
        if (!isWriting) void write();
      });
    },

    /** A page of the entries that fit, the newest first: see {@link searchEntries}. */
    search: (
      filter: AuditFilter,
      page: { readonly before: number | undefined; readonly limit: number },
    ): Promise<AuditPage> => inTurn(() => searchEntries(db, filter, page)),

    /**
     * The newest entries that fit; 10,000 at most.
     * @param signal ends it, when nobody waits for them any more
     * @returns whether these are all
     */
    async collect(
      filter: AuditFilter,
      signal: AbortSignal,
    ): Promise<{ entries: AuditEntry[]; isWhole: boolean }> {
      const entries: AuditEntry[] = [];
      let before: number | undefined;
      do {
        signal.throwIfAborted();
        const limit = Math.min(ENTRIES_A_PAGE, MOST_COLLECTED - entries.length);
        const page = await inTurn(() => searchEntries(db, filter, { before, limit }));
        entries.push(...page.entries);
        before = page.next ?? undefined;
      } while (before !== undefined && entries.length < MOST_COLLECTED);
      return { entries, isWhole: before === undefined };
    },

    /**
     * Checks a part of the chain, in bounded time; the head of one part is where the next goes on.
     * @param after the head of the part before; null: from the first entry on
     * @param kept a head of the chain as it was at some time
     */
    verify: (after: ChainHead | null, kept: ChainHead | null): Promise<PartReport> =>
      inTurn(() => verifyFrom(after, kept)),
  };
}
