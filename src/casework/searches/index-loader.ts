import { SearchIndex } from '../../search/index.ts';
import type { Database } from '../../platform/database.ts';
import { type CommitSnapshot, readProfilesSince } from '../profiles/profiles.service.ts';
import type { StoredProfile } from '../profiles/stored-profile.ts';

export type IndexLoader = {
  /** The index with everything that had committed when this was called; more may be in it. */
  refresh(): Promise<SearchIndex>;
};

/**
 * Keeps this process' index in step with the database. Callers who come while a refresh runs wait
 * for the next one: the running one may have taken its snapshot before what they must see.
 */
export function makeIndexLoader({ db }: { db: Database }): IndexLoader {
  const index = new SearchIndex();
  let snapshot: CommitSnapshot | null = null;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  async function load(): Promise<void> {
    snapshot = await readProfilesSince(db, snapshot, (page) => {
      for (const stored of page) addTo(index, stored);
    });
  }

  return {
    async refresh() {
      next ??= running.then(() => {
        next = null;
        const loading = load();
        running = loading.catch(() => undefined);
        return loading;
      });
      await next;
      return index;
    },
  };
}

function addTo(index: SearchIndex, { sampleId, familyId, relation, profile }: StoredProfile): void {
  if (familyId === null) index.addUnknown(sampleId, profile);
  else if (relation) index.addRelative(sampleId, familyId, relation, profile);
}
