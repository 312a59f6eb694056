import type { LocusModels, Profile } from '../kinship/index.ts';
import { type Alternative, alternativesOf } from './alternative.ts';
import { Arena } from './arena.ts';
import { type ChildQuery, makeChildQuery, type Wanted } from './child-query.ts';
import { type Family, isParent } from './family.ts';
import { lociOf } from './family-query.ts';
import type { Place, ShardSnapshot } from './family-shard.ts';
import { KinFamilies } from './kin-families.ts';
import { keyOf, PolicyTables } from './policy-tables.ts';
import type { StoreSnapshot } from './profile-store.ts';
import { makeRatioTable } from './ratio-table.ts';
import { leastScore } from './score.ts';
import type { FamilyHits, IndexSnapshot } from './search-index.ts';
import { FAMILY_SHARDS } from './shard.ts';
import { makeSharedQuery } from './shared-query.ts';
import type { Workbench } from './workbench.ts';

const ALL_SHARDS = Array.from({ length: FAMILY_SHARDS }, (_, shard) => shard);

/**
 * Finds who may reach a policy's threshold: nobody who does is missed, and the judge has the last
 * word on those who are found. Lives in one thread and keeps its tables from task to task.
 */
export class Scanner {
  readonly #bench: Workbench;
  readonly #models: LocusModels;
  readonly #tables: PolicyTables;
  readonly #kin: KinFamilies;
  /** For queries, and for tables that go with their task. */
  readonly #passing: Arena;

  /** @param arena for tables that last */
  constructor(bench: Workbench, arena: Arena, models: LocusModels) {
    const { memory, alphabet } = bench;
    this.#bench = bench;
    this.#models = models;
    this.#tables = new PolicyTables(memory, arena, alphabet, models);
    this.#kin = new KinFamilies(memory, alphabet, models);
    this.#passing = new Arena(memory);
  }

  /**
   * For each child the families that may be theirs.
   * @param threshold an LR
   * @param shards those to look in
   */
  scanFamilies(
    index: IndexSnapshot,
    children: readonly Profile[],
    threshold: number,
    shards: readonly number[] = ALL_SHARDS,
  ): FamilyHits[] {
    this.#begin();
    const { memory } = this.#bench;
    const counts = !this.#models.hidesAlleles;
    const wanted = wantedOf(shards.map((shard) => index.shards[shard]!));
    const queries = children.map((child) =>
      makeChildQuery(memory, this.#passing, this.#tables, child, threshold, counts, wanted),
    );
    const hits = children.map((): FamilyHits[number][] => []);
    const add = (shard: number, place: Place, found: readonly number[][]): void => {
      found.forEach((slots, child) => {
        if (slots.length > 0) hits[child]!.push({ shard, place, slots });
      });
    };
    for (const shard of shards) {
      const snapshot = index.shards[shard]!;
      for (const place of ['father', 'mother', 'parent'] as const) {
        add(shard, place, this.#scanStore(snapshot[place], 0, queries.map((query) => query[place]))); // prettier-ignore
      }
      add(shard, 'couples', this.#scanCouples(snapshot, queries));
      add(shard, 'kin', this.#kin.scan(snapshot.kin, children, threshold));
    }
    return hits;
  }

  /**
   * For each family the slots of people of unknown origin who may be its child.
   * @param threshold an LR
   */
  scanUnknowns(index: IndexSnapshot, families: readonly Family[], threshold: number): number[][] {
    this.#begin();
    const tried = families.map(alternativesOf);
    const queries = tried.flatMap((alternatives, place) =>
      alternatives.map((alternative) =>
        this.#familyQuery(families[place]!, alternative, threshold),
      ),
    );
    const found = this.#scanStore(index.unknowns, 0, queries);
    return tried.map(({ length }) => union(found.splice(0, length)));
  }

  #begin(): void {
    this.#bench.alphabet.catchUp();
    this.#passing.clear();
  }

  #familyQuery(family: Family, alternative: Alternative, threshold: number): number {
    const { memory, alphabet } = this.#bench;
    const [member, ...others] = alternative.members.map((place) => family[place]!);
    const known = lociOf(this.#models, family, alternative).flatMap(({ number, shown, lrOf }) => {
      // One relative's tables serve everybody who shows the same.
      const [first, second] = shown;
      const pair = [first!, second!] as const;
      const table =
        others.length === 0
          ? this.#tables.relative({ number, pair, key: keyOf(pair) }, member!.relation, lrOf)
          : makeRatioTable(memory, this.#passing, alphabet.at(number), shown, lrOf);
      return table ? [{ number, table }] : [];
    });
    const counts = others.length === 0 && isParent(member!.relation) && !this.#models.hidesAlleles;
    return makeSharedQuery(memory, this.#passing, known, leastScore(threshold), counts);
  }

  #scanStore(store: StoreSnapshot, part: number, queries: readonly number[]): number[][] {
    const written = this.#bench.writeQueries(this.#passing, queries);
    return this.#bench.scan(store, [part], written, queries.length);
  }

  /** Couples together, and each of them alone. */
  #scanCouples({ couples }: ShardSnapshot, queries: readonly ChildQuery[]): number[][] {
    const fathers = this.#scanStore(couples, 0, queries.map(({ father }) => father)); // prettier-ignore
    const mothers = this.#scanStore(couples, 1, queries.map(({ mother }) => mother)); // prettier-ignore
    const written = this.#bench.writeQueries(this.#passing, queries.map((one) => one.couples)); // prettier-ignore
    const together = this.#bench.scan(couples, [0, 1], written, queries.length);
    return queries.map((_, place) => union([together[place]!, fathers[place]!, mothers[place]!]));
  }
}

/** Members of couples are tried alone too. */
function wantedOf(shards: readonly ShardSnapshot[]): Wanted {
  const has = (place: Exclude<Place, 'kin'>): boolean =>
    shards.some((shard) => shard[place].size > 0);
  const couples = has('couples');
  return {
    father: couples || has('father'),
    mother: couples || has('mother'),
    parent: has('parent'),
    couples,
  };
}

function union(lists: readonly (readonly number[])[]): number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}
