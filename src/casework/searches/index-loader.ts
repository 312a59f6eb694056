import { type Relative, SearchIndex } from '../../search/index.ts';
import type { ConnectedDatabase } from '../../platform/database.ts';
import { type CommitSnapshot, streamProfilesSince } from '../profiles/profiles.service.ts';

export type IndexLoader = {
  /** The index with everything that had committed when this was called; more may be in it. */
  refresh(): Promise<SearchIndex>;
};

/**
 * Keeps this process' index in step with the database. Callers who come while a refresh runs wait
 * for the next one: the running one may have taken its snapshot before what they must see.
 */
export function makeIndexLoader({ db }: { db: ConnectedDatabase }): IndexLoader {
  const index = new SearchIndex();
  let snapshot: CommitSnapshot | null = null;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  async function load(): Promise<void> {
    const families = new FamilyBatch(index);
    snapshot = await streamProfilesSince(db, snapshot, (sample) => {
      const { sampleId, familyId, relation, alleles } = sample;
      if (familyId === null) index.addUnknown(sampleId, alleles);
      else if (relation) families.add(familyId, { sampleId, relation, profile: alleles.slice() });
    });
    families.flush();
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

/** Relatives who wait for others of their family, who most often were stored together. */
class FamilyBatch {
  readonly #index: SearchIndex;
  readonly #families = new Map<string, Relative[]>();
  #relatives = 0;

  constructor(index: SearchIndex) {
    this.#index = index;
  }

  add(familyId: string, relative: Relative): void {
    const family = this.#families.get(familyId);
    if (family) family.push(relative);
    else this.#families.set(familyId, [relative]);
    if (++this.#relatives === RELATIVES_A_BATCH) this.flush();
  }

  flush(): void {
    this.#index.addFamilies(this.#families);
    this.#families.clear();
    this.#relatives = 0;
  }
}

const RELATIVES_A_BATCH = 8_000;
