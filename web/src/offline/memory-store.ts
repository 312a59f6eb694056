import type { Entry } from './entry.ts';
import type { EntryStore } from './outbox.ts';

/** Keeps entries until the page is closed: where the browser may not encrypt, nothing is written to its disk. */
export function makeMemoryStore(): EntryStore {
  const entries = new Map<string, { entry: Entry; file: Uint8Array | null }>();
  return {
    list: () => Promise.resolve([...entries.values()].map(({ entry }) => entry)),
    put(entry, file) {
      const before = entries.get(entry.id);
      entries.set(entry.id, { entry, file: file ?? before?.file ?? null });
      return Promise.resolve();
    },
    readFile: (id) => Promise.resolve(entries.get(id)?.file ?? null),
    remove(id) {
      entries.delete(id);
      return Promise.resolve();
    },
  };
}
