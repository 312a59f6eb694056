import { type AlleleRow, type Relative, SearchIndex } from '../../search/index.ts';
import type { ProfileSource } from '../profiles/profile-source.ts';
import type { CommitSnapshot } from '../profiles/profile-stream.ts';

/** What the index holds, and since when. */
export type IndexStanding = {
  readonly unknowns: number;
  readonly families: number;
  /** Of shared memory. */
  readonly bytes: number;
  /** When it last had everything that was stored; null until it has been read once. */
  readonly readAt: Date | null;
  /** When somebody last came in or went. */
  readonly changedAt: Date | null;
};

export type IndexLoader = {
  /** The index with everything that had committed when this was called; more may be in it. */
  refresh(): Promise<SearchIndex>;
  standing(): IndexStanding;
};

/**
 * Keeps this process' index in step with the database. Callers who come while a refresh runs wait
 * for the next one: the running one may have taken its snapshot before what they must see.
 */
export function makeIndexLoader({ profiles }: { profiles: ProfileSource }): IndexLoader {
  const index = new SearchIndex();
  let snapshot: CommitSnapshot | null = null;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  let readAt: Date | null = null;
  let changedAt: Date | null = null;

  async function load(): Promise<void> {
    const families = new FamilyBatch(index);
    const began = new Date();
    let changes = 0;
    snapshot = await profiles.streamSince(snapshot, {
      onSample({ sampleId, familyId, relation }, alleles) {
        changes++;
        if (familyId === null) index.addUnknown(sampleId, alleles);
        else if (relation) families.add(familyId, { sampleId, relation }, alleles);
      },
      onWithdrawn: (sampleId) => {
        changes++;
        index.withdraw(sampleId);
      },
    });
    families.flush();
    readAt = began;
    if (changes > 0) changedAt = began;
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

    standing: () => ({
      unknowns: index.unknownCount,
      families: index.familyCount,
      bytes: index.bytes,
      readAt,
      changedAt,
    }),
  };
}

/** Relatives who wait for others of their family, who most often were stored together. */
class FamilyBatch {
  readonly #index: SearchIndex;
  readonly #families = new Map<string, Relative[]>();
  /** Written anew for the next batch: a million small arrays take longer than what is in them. */
  readonly #rows: AlleleRow[] = [];
  #relatives = 0;

  constructor(index: SearchIndex) {
    this.#index = index;
  }

  add(familyId: string, person: Omit<Relative, 'profile'>, alleles: AlleleRow): void {
    const profile = (this.#rows[this.#relatives] ??= new Uint16Array(alleles.length));
    profile.set(alleles);
    const relative = { ...person, profile };
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
