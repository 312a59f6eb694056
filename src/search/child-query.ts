import type { ParentRole, Profile } from '../kinship/index.ts';
import type { Arena } from './arena.ts';
import { type CoupleQuery, makeCoupleQuery } from './couple-query.ts';
import { type PolicyTables, readChild } from './policy-tables.ts';
import { leastScore } from './score.ts';
import type { SharedMemory } from './shared-memory.ts';
import { makeSharedQuery, type QueryLocus, type SharedQuery } from './shared-query.ts';

/** A child as the kernel compares it with each kind of parent; null: nobody can reach the threshold. */
export type ChildQuery = Readonly<Record<ParentRole, SharedQuery | null>> & {
  readonly couples: CoupleQuery | null;
};

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
  const single = (role: ParentRole): SharedQuery | null => {
    const known: QueryLocus[] = [];
    for (const locus of loci) {
      const table = tables.duo(locus, role);
      if (table) known.push({ number: locus.number, table });
    }
    return makeSharedQuery(memory, arena, known, leastScore(threshold), counts);
  };
  return {
    father: wanted.father ? single('father') : null,
    mother: wanted.mother ? single('mother') : null,
    parent: wanted.parent ? single('parent') : null,
    couples: wanted.couples
      ? makeCoupleQuery(
          memory,
          arena,
          loci.flatMap((locus) => tables.couple(locus) ?? []),
          threshold,
        )
      : null,
  };
}
