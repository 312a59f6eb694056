import type { ParentRole, Profile } from '../kinship/index.ts';
import type { Arena } from './arena.ts';
import { makeCoupleQuery } from './couple-query.ts';
import { type PolicyTables, readChild } from './policy-tables.ts';
import { leastScore } from './score.ts';
import type { SharedMemory } from './shared-memory.ts';
import { makeSharedQuery, NO_QUERY, type QueryLocus } from './shared-query.ts';

/** Where the kernel finds a child as it is compared with each kind of parent; 0: with nobody. */
export type ChildQuery = Readonly<Record<ParentRole | 'couples', number>>;

/** Which kinds of parents there are to compare a child with. */
export type Wanted = Readonly<Record<ParentRole | 'couples', boolean>>;

/** @param counts whether inconsistent loci may be counted: where no allele hides */
export function makeChildQuery(
  memory: SharedMemory,
  arena: Arena,
  tables: PolicyTables,
  child: Profile,
  threshold: number,
  counts: boolean,
  wanted: Wanted,
): ChildQuery {
  const loci = readChild(child);
  const single = (role: ParentRole): number => {
    const known: QueryLocus[] = [];
    for (const locus of loci) {
      const table = tables.duo(locus, role);
      if (table) known.push({ number: locus.number, table });
    }
    return makeSharedQuery(memory, arena, known, leastScore(threshold), counts);
  };
  return {
    father: wanted.father ? single('father') : NO_QUERY,
    mother: wanted.mother ? single('mother') : NO_QUERY,
    parent: wanted.parent ? single('parent') : NO_QUERY,
    couples: wanted.couples
      ? makeCoupleQuery(
          memory,
          arena,
          loci.flatMap((locus) => tables.couple(locus) ?? []),
          threshold,
        )
      : NO_QUERY,
  };
}
