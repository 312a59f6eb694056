import { availableParallelism } from 'node:os';
import type { PolicyDocument } from '../../casework/policies/policy.schema.ts';
import { checkFit } from '../../casework/policies/policy-fit.ts';
import type { PersonRow } from '../../formats/row.ts';
import {
  checkClosedForm,
  type ClosedFormParameters,
  type ComparisonShape,
  type FrequencyTable,
  LocusModels,
} from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import { openScoringPool, type ThreadPool } from '../../platform/thread-pool.ts';
import { readPeople, readPolicy, readTable } from '../input.ts';
import type { FoundCandidate } from './candidate.ts';
import { FamilyDatabase } from './family-database.ts';
import { findCandidates } from './find-candidates.ts';
import { estimateFrom } from './frequencies.ts';
import { MixedDatabase } from './mixed-database.ts';
import { Scoring } from './scoring.ts';
import { groupFamilies, parentRoleOf } from './searched-family.ts';

/** Which files to search, and by what. */
export type SearchOptions = {
  readonly families: string;
  readonly unknowns: string;
  readonly roles?: 'any';
  /** A file, or {@link ESTIMATE}. */
  readonly frequencies: string;
  readonly policy?: string;
  /** In [0, 1). */
  readonly dropOut?: number;
  /** An LR above 0. */
  readonly threshold?: number;
  /** How many candidates of each person are wanted; default all. */
  readonly top?: number;
};

/** What a search came to. */
export type SearchResult = {
  /** The candidates of each person of the unknowns file, in its order. */
  readonly found: readonly (readonly FoundCandidate[])[];
  /** Rows of both files that were refused. */
  readonly refused: number;
  /** How long each part of it took. */
  readonly seconds: Readonly<Record<'read' | 'index' | 'search', number>>;
};

const ESTIMATE = 'estimate';
let searches = 0;

/** Searches the files. */
export async function searchFiles(
  options: SearchOptions,
  openPool: (threads: number) => ThreadPool = openScoringPool,
): Promise<SearchResult> {
  const begun = performance.now();
  const document = await readPolicy(options.policy);
  const given = options.frequencies === ESTIMATE ? null : await readTable(options.frequencies);
  // What need not be read to be refused is refused at once.
  if (given) checkParameters(given, document, options);
  const threads = availableParallelism();
  const pool = openPool(threads);
  try {
    const unknowns = await readUnique(options.unknowns);
    const scoringBy = (table: FrequencyTable): Scoring => {
      const parameters = checkParameters(table, document, options);
      const threshold = options.threshold ?? document.threshold;
      const key = `search ${++searches}`;
      const scoring = new Scoring(pool, { key, table, parameters, threshold });
      if (options.roles === 'any') scoring.prepare(threads, likelyShapes(unknowns.people, table));
      return scoring;
    };
    // The threads make themselves ready while the large file is read.
    const early = given && scoringBy(given);
    const relatives = await readUnique(options.families);
    const scoring = early ?? scoringBy(estimateFrom(relatives.people));
    const read = performance.now();
    const database =
      options.roles === 'any'
        ? new MixedDatabase(relatives.people, relatives.ids)
        : new FamilyDatabase(groupFamilies(options.families, relatives.people));
    const indexed = performance.now();
    const found = await findCandidates(database, unknowns.people, {
      scoring,
      priorInDatabase: document.priorInDatabase,
      top: options.top ?? Infinity,
    });
    return {
      found,
      refused: relatives.refused + unknowns.refused,
      seconds: {
        read: (read - begun) / 1000,
        index: (indexed - read) / 1000,
        search: (performance.now() - indexed) / 1000,
      },
    };
  } finally {
    await pool.close();
  }
}

/** What most candidates of a mixed database will have been compared by: all that the queries show. */
function likelyShapes(queries: readonly PersonRow[], table: FrequencyTable): ComparisonShape[] {
  const loci = new Set(queries.flatMap(({ profile }) => [...profile.keys()]));
  const known = [...loci].filter((locus) => table.has(locus));
  const roles = new Set(queries.map(parentRoleOf));
  return [...roles].map((role) => new Map(known.map((locus) => [locus, role])));
}

/**
 * What likelihood ratios depend on besides people and frequencies.
 * @throws HomewardError POLICY_INVALID, KinshipError PARAMETER_INVALID when the search cannot compute by it
 */
function checkParameters(
  table: FrequencyTable,
  document: PolicyDocument,
  { dropOut = document.dropOut }: SearchOptions,
): ClosedFormParameters {
  checkFit(table, { ...document, dropOut });
  const parameters = { ...document.params, dropOut };
  const models = new LocusModels(table, parameters);
  checkClosedForm(models.theta, models.hidesAlleles);
  return parameters;
}

/** The people of a file, each with an id of their own. */
type Persons = {
  readonly people: PersonRow[];
  readonly ids: ReadonlySet<string>;
  readonly refused: number;
};

/** @throws HomewardError ARGUMENT_INVALID when a sample stands twice */
async function readUnique(file: string): Promise<Persons> {
  const read = await readPeople(file);
  const ids = new Set<string>();
  for (const { sampleId } of read.people) {
    if (ids.has(sampleId)) {
      throw new HomewardError(
        'ARGUMENT_INVALID',
        `${file}: sample ${sampleId} stands twice; keep one of its rows, or give each an id of its own.`,
      );
    }
    ids.add(sampleId);
  }
  return { ...read, ids };
}
