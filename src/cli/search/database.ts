import type { PersonRow } from '../../formats/row.ts';
import type { Extent, Suspect } from './candidate.ts';
import type { Scoring } from './scoring.ts';

/** What people are searched for in. */
export type Database = {
  /** For each query who may reach an LR with it, in the order of the file. */
  scan(scoring: Scoring, queries: readonly PersonRow[], threshold: number): Promise<Suspect[][]>;
  /** How many families could be a query's. */
  familiesFor(query: PersonRow): number;
  /** How many pairs are compared of all queries together. */
  countPairs(queries: readonly PersonRow[]): Extent['pairs'];
};
