import type { PersonRow } from '../../formats/row.ts';
import type { FamilyMember } from '../../kinship/index.ts';
import {
  FAMILY_SHARDS,
  familiesOfSlots,
  type FamilyHits,
  lookForChildren,
  SearchIndex,
} from '../../search/index.ts';
import type { Extent, Suspect } from './candidate.ts';
import type { Database } from './database.ts';
import type { Scoring } from './scoring.ts';
import { parentRoleOf } from './searched-family.ts';

/** Hits by query, as parents of it and as its children. */
type Hits = { readonly parents: FamilyHits[]; readonly children: FamilyHits[] };

/** People each of whom may be a parent or a child of a query. */
export class MixedDatabase implements Database {
  readonly #people: readonly PersonRow[];
  readonly #index = new SearchIndex();
  readonly #ids: ReadonlySet<string>;

  constructor(people: readonly PersonRow[]) {
    this.#people = people;
    this.#ids = new Set(people.map(({ sampleId }) => sampleId));
    people.forEach((person, place) => {
      const id = String(place);
      this.#index.addRelative(id, id, parentRoleOf(person), person.profile);
    });
  }

  async scan(scoring: Scoring, queries: readonly PersonRow[]): Promise<Suspect[][]> {
    const asked = queries.map(toMember);
    const shards = await Promise.all(
      Array.from({ length: FAMILY_SHARDS }, (_, shard) => this.#scanShard(scoring, shard, asked)),
    );
    return queries.map(({ sampleId }, place) => {
      const query = asked[place]!;
      const find = (kind: keyof Hits): number[] =>
        this.#index
          .familiesAt(shards.flatMap((hits) => hits[kind][place]!))
          .map(Number)
          .filter((at) => this.#people[at]!.sampleId !== sampleId)
          .sort((a, b) => a - b);
      const suspects =
        (role: 'parent' | 'child') =>
        (at: number): Suspect => {
          const person = this.#people[at]!;
          const [parent, child] = role === 'parent' ? [toMember(person), query] : [query, toMember(person)]; // prettier-ignore
          return { pair: { child: child.profile, family: [parent] }, sampleIds: [person.sampleId], role }; // prettier-ignore
        };
      return [...find('parents').map(suspects('parent')), ...find('children').map(suspects('child'))]; // prettier-ignore
    });
  }

  async #scanShard(scoring: Scoring, shard: number, asked: readonly FamilyMember[]): Promise<Hits> {
    const index = this.#index.snapshot();
    const profiles = asked.map(({ profile }) => profile);
    const families = asked.map((parent) => [parent]);
    const [parents, slots] = await Promise.all([
      scoring.scanFamilies(index, [shard], profiles),
      scoring.scanUnknowns(lookForChildren(index, shard), families),
    ]);
    return { parents, children: slots.map((found) => familiesOfSlots(index, shard, found)) };
  }

  familiesFor({ sampleId }: PersonRow): number {
    return this.#people.length - (this.#ids.has(sampleId) ? 1 : 0);
  }

  countPairs(queries: readonly PersonRow[]): Extent['pairs'] {
    const pairs = queries.reduce((sum, query) => sum + this.familiesFor(query), 0);
    return { parent: pairs, child: pairs, 'same-person': pairs };
  }
}

/** Somebody as the only parent of a family. A profile of a file cannot be sent to a thread as it is. */
function toMember(person: PersonRow): FamilyMember {
  return { relation: parentRoleOf(person), profile: new Map(person.profile) };
}
