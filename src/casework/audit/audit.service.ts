import type { Database } from '../../platform/database.ts';
import type { AuditEvent } from './audit-entry.ts';
import { appendEvents } from './audit.repository.ts';

export { readEntries } from './audit.repository.ts';

export type AuditService = ReturnType<typeof makeAuditService>;

/** An event that waits to be written, and whoever waits for it. */
type Waiting = {
  readonly event: AuditEvent;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** Keeps the chain of what was done. */
export function makeAuditService({ db }: { db: Database }) {
  let waiting: Waiting[] = [];
  let isWriting = false;

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

  return {
    /** Resolves once the event stands in the chain, and rejects when it cannot be written. */
    record(event: AuditEvent): Promise<void> {
      return new Promise((resolve, reject) => {
        waiting.push({ event, resolve, reject });
        if (!isWriting) void write();
      });
    },
  };
}
