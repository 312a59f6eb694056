import type { PersonRow } from '../../formats/row.ts';
import { FAMILY_SHARDS, type FamilyHits, isParent, SearchIndex } from '../../search/index.ts';
import type { Extent, Suspect } from './candidate.ts';
import type { Database } from './database.ts';
import type { Scoring } from './scoring.ts';
import type { SearchedFamily } from './searched-family.ts';

/** Fewer families are one task: every task prepares its queries anew. */
const FAMILIES_APART = 20_000;

/** Families with their typed relatives; a query may be the child of each. */
export class FamilyDatabase implements Database {
  readonly #families: readonly SearchedFamily[];
  readonly #index = new SearchIndex();
  /** In which family somebody is. */
  readonly #placeOf = new Map<string, number>();

  constructor(families: readonly SearchedFamily[]) {
    this.#families = families;
    families.forEach((family, place) => {
      for (const { sampleId, relation, profile } of family) {
        this.#index.addRelative(sampleId, String(place), relation, profile);
        this.#placeOf.set(sampleId, place);
      }
    });
  }

  async scan(
    scoring: Scoring,
    queries: readonly PersonRow[],
    threshold: number,
  ): Promise<Suspect[][]> {
    const children = queries.map(({ profile }) => new Map(profile));
    const index = this.#index.snapshot();
    const shards = Array.from({ length: FAMILY_SHARDS }, (_, shard) => shard);
    const parts = this.#families.length < FAMILIES_APART ? [shards] : shards.map((one) => [one]);
    const hits = await Promise.all(
      parts.map((part) => scoring.scanFamilies(index, part, children, threshold)),
    );
    return queries.map((query, place) =>
      this.#placesOf(hits.flatMap((part) => part[place]!))
        .filter((at) => at !== this.#placeOf.get(query.sampleId))
        .map((at) => suspect(children[place]!, this.#families[at]!)),
    );
  }

  #placesOf(hits: FamilyHits): number[] {
    const places = this.#index.familiesAt(hits).map(Number);
    return places.sort((a, b) => a - b);
  }

  familiesFor({ sampleId }: PersonRow): number {
    return this.#families.length - (this.#placeOf.has(sampleId) ? 1 : 0);
  }

  countPairs({ length }: readonly PersonRow[]): Extent['pairs'] {
    const having = (test: (family: SearchedFamily) => boolean): number =>
      length * this.#families.filter(test).length;
    const has = (role: string) => (family: SearchedFamily) =>
      family.some(({ relation }) => relation === role);
    return {
      relatives: having((family) => family.some(({ relation }) => !isParent(relation))),
      'both-parents': having((family) => has('father')(family) && has('mother')(family)),
      father: having(has('father')),
      mother: having(has('mother')),
      parent: having(has('parent')),
      'same-person': length * this.#placeOf.size,
    };
  }
}

function suspect(child: Suspect['pair']['child'], family: SearchedFamily): Suspect {
  return {
    pair: {
      child,
      // Profiles of a file cannot be sent to a thread as they are.
      family: family.map(({ relation, profile }) => ({ relation, profile: new Map(profile) })),
    },
    sampleIds: family.map(({ sampleId }) => sampleId),
    role: null,
  };
}
