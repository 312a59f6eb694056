import { and, asc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Relation } from '../../formats/relation.ts';
import type { Sex } from '../../kinship/index.ts';
import { type Database, isAnyOf } from '../../platform/database.ts';
import {
  candidateMatches,
  collectionPoints,
  families,
  profiles,
  samples,
} from '../../platform/tables.ts';
import { type CandidateResult, readResult } from './candidate-result.ts';

type Row = typeof candidateMatches.$inferSelect;

export type NewCandidate = Omit<
  typeof candidateMatches.$inferInsert,
  | 'id'
  | 'state'
  | 'revision'
  | 'round'
  | 'version'
  | 'createdAt'
  | 'updatedAt'
  | 'lapsedAt'
  | 'result'
> & { result: CandidateResult };

/** A candidate with the codes that laboratories know its people by. */
export type Candidate = Omit<Row, 'result'> & {
  readonly result: CandidateResult;
  readonly unknownCode: string;
  /** As the sample shows it. */
  readonly unknownSex: Sex;
  readonly unknownCaseId: string;
  readonly familyCode: string;
  readonly familyCaseId: string;
  /** Everybody of the family who was judged, father first. */
  readonly members: readonly CandidateMember[];
};

/** Somebody of a candidate's family. */
export type CandidateMember = {
  readonly profileId: string;
  /** What their laboratory calls the sample, with its collection point where another of the family is called so. */
  readonly code: string;
  readonly relation: Relation;
  /** Whether the LR rests on them. */
  readonly counts: boolean;
};

export type CandidateState = Row['state'];

/**
 * Writes candidates, one for a person, a family and a policy. Computed again with the same outcome
 * it stays untouched; with another it becomes a new revision, and another round of review begins. More loci
 * of the same people that nobody can be compared at are a new revision, and settle or open nothing.
 */
export async function upsertCandidates(
  tx: Database,
  candidates: readonly NewCandidate[],
): Promise<void> {
  // One order for everybody, so that two transactions never wait for each other.
  const ordered = [...candidates].sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1));
  for (let at = 0; at < ordered.length; at += ROWS_A_STATEMENT) {
    await upsertSome(tx, ordered.slice(at, at + ROWS_A_STATEMENT));
  }
}

async function upsertSome(tx: Database, candidates: NewCandidate[]): Promise<void> {
  await tx
    .insert(candidateMatches)
    .values(candidates)
    .onConflictDoUpdate({
      target: [
        candidateMatches.unknownSampleId,
        candidateMatches.familyId,
        candidateMatches.policyId,
      ],
      set: {
        ...Object.fromEntries(OUTCOME.map((name) => [name, excluded(candidateMatches[name])])),
        state: sql`case when ${IS_ANOTHER} then 'proposed' else ${candidateMatches.state} end`,
        revision: sql`${candidateMatches.revision} + 1`,
        round: sql`${candidateMatches.round} + (${IS_ANOTHER})::int`,
        version: sql`${candidateMatches.version} + 1`,
        updatedAt: new Date(),
        lapsedAt: null,
      },
      setWhere: sql`${isAnyDistinct(PINNED)} or ${candidateMatches.lapsedAt} is not null`,
    });
}

/** Whose candidates: those of people of unknown origin, and those of families. */
export type PairScope = {
  readonly sampleIds: readonly string[];
  readonly familyIds: readonly string[];
};

/** The candidates that stand in a scope. */
export async function findStandingPairs(
  tx: Database,
  policyId: string,
  scope: PairScope,
): Promise<{ sampleId: string; familyId: string }[]> {
  const { unknownSampleId, familyId, lapsedAt } = candidateMatches;
  return tx
    .select({ sampleId: unknownSampleId, familyId })
    .from(candidateMatches)
    .where(and(eq(candidateMatches.policyId, policyId), isNull(lapsedAt), isWithin(scope)));
}

function isWithin({ sampleIds, familyIds }: PairScope): SQL | undefined {
  const { unknownSampleId, familyId } = candidateMatches;
  return or(isAnyOf(unknownSampleId, sampleIds, 'uuid'), isAnyOf(familyId, familyIds, 'uuid'));
}

/** Those of the pairs that stand as candidates, locked in the order in which they are written. */
export async function lockStanding(
  tx: Database,
  policyId: string,
  pairs: readonly { sampleId: string; familyId: string }[],
): Promise<{ id: string; sampleId: string; familyId: string }[]> {
  if (pairs.length === 0) return [];
  const sampleIds = sql.param(pairs.map(({ sampleId }) => sampleId));
  const familyIds = sql.param(pairs.map(({ familyId }) => familyId));
  const { id, unknownSampleId, familyId } = candidateMatches;
  return tx
    .select({ id, sampleId: unknownSampleId, familyId })
    .from(candidateMatches)
    .where(
      and(
        eq(candidateMatches.policyId, policyId),
        isNull(candidateMatches.lapsedAt),
        sql`(${unknownSampleId}, ${familyId}) in (
          select * from unnest(${sampleIds}::uuid[], ${familyIds}::uuid[]))`,
      ),
    )
    .orderBy(asc(unknownSampleId), asc(familyId))
    .for('no key update');
}

/** Says of candidates that they no longer reach the threshold; what analysts said of them stays. */
export async function lapseCandidates(tx: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const now = new Date();
  await tx
    .update(candidateMatches)
    .set({
      lapsedAt: now,
      updatedAt: now,
      revision: sql`${candidateMatches.revision} + 1`,
      version: sql`${candidateMatches.version} + 1`,
    })
    .where(isAnyOf(candidateMatches.id, ids, 'uuid'));
}

/** PostgreSQL takes 65,535 parameters. */
const ROWS_A_STATEMENT = 1_000;

/** What a computation brings. */
const OUTCOME = [
  'relationship',
  'log10Lr',
  'lociCompared',
  'lociInconsistent',
  'chanceProbability',
  'result',
  'childProfileId',
  'familyProfileIds',
  'relativeProfileIds',
  'engineVersion',
] as const;

/** What the outcome follows from, and the outcome itself: a difference here is a new revision. */
const PINNED = [
  'relationship',
  'log10Lr',
  'childProfileId',
  'familyProfileIds',
  'relativeProfileIds',
  'engineVersion',
] as const;

function isAnyDistinct(names: readonly (typeof OUTCOME)[number][]): SQL {
  const differ = names.map((name) => {
    const column = candidateMatches[name];
    return sql`${column} is distinct from ${excluded(column)}`;
  });
  return sql.join(differ, sql` or `);
}

/**
 * Whether an analyst has something else to look at. Who is in a family only grows in number: of whoever leaves it
 * the candidates are removed. A profile may be superseded and the people be the same.
 */
const IS_ANOTHER = sql`(
  ${isAnyDistinct(['relationship', 'log10Lr', 'lociCompared', 'engineVersion'])}
  or ${candidateMatches.lapsedAt} is not null
  or cardinality(${candidateMatches.familyProfileIds}) <> cardinality(${excluded(candidateMatches.familyProfileIds)})
  or cardinality(${candidateMatches.relativeProfileIds}) <> cardinality(${excluded(candidateMatches.relativeProfileIds)}))`;

function excluded(column: { name: string }): SQL {
  return sql`excluded.${sql.identifier(snakeCase(column.name))}`;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function orderKey({ unknownSampleId, familyId }: NewCandidate): string {
  return `${unknownSampleId} ${familyId}`;
}

/** Candidates with the codes and cases of both sides. */
export function selectCandidates(db: Database) {
  return db
    .select({
      candidate: candidateMatches,
      unknownCode: samples.code,
      unknownSex: samples.sex,
      unknownCaseId: samples.caseId,
      familyCode: families.code,
      familyCaseId: families.caseId,
    })
    .from(candidateMatches)
    .innerJoin(samples, eq(samples.id, candidateMatches.unknownSampleId))
    .innerJoin(families, eq(families.id, candidateMatches.familyId))
    .$dynamic();
}

type Selected = Awaited<ReturnType<typeof selectCandidates>>[number];

export async function toCandidates(db: Database, rows: readonly Selected[]): Promise<Candidate[]> {
  const people = await findMembers(
    db,
    rows.flatMap(({ candidate }) => candidate.familyProfileIds),
  );
  return rows.map(({ candidate, ...codes }) => ({
    ...candidate,
    ...codes,
    result: readResult(candidate.result),
    members: nameApart(
      candidate.familyProfileIds.flatMap((profileId) => people.get(profileId) ?? []),
    ).map((person) => ({
      ...person,
      counts: candidate.relativeProfileIds.includes(person.profileId),
    })),
  }));
}

/** Two collection points may use one code in one family: then theirs stands beside it. */
function nameApart(people: readonly Member[]): Omit<CandidateMember, 'counts'>[] {
  return people.map(({ point, ...person }) => {
    const isShared = people.filter(({ code }) => code === person.code).length > 1;
    return isShared ? { ...person, code: `${person.code} (${point})` } : person;
  });
}

/** A member with the code of the collection point that sent them. */
type Member = Omit<CandidateMember, 'counts'> & { readonly point: string };

async function findMembers(
  db: Database,
  profileIds: readonly string[],
): Promise<Map<string, Member>> {
  if (profileIds.length === 0) return new Map();
  const rows = await db
    .select({
      profileId: profiles.id,
      code: samples.code,
      relation: samples.relation,
      point: collectionPoints.code,
    })
    .from(profiles)
    .innerJoin(samples, eq(samples.id, profiles.sampleId))
    .innerJoin(collectionPoints, eq(collectionPoints.id, samples.collectionPointId))
    .where(isAnyOf(profiles.id, [...new Set(profileIds)], 'uuid'));
  return new Map(
    rows.flatMap(({ relation, ...person }) =>
      relation ? [[person.profileId, { ...person, relation }] as const] : [],
    ),
  );
}

export async function findCandidate(db: Database, id: string): Promise<Candidate | null> {
  const [candidate] = await toCandidates(
    db,
    await selectCandidates(db).where(eq(candidateMatches.id, id)),
  );
  return candidate ?? null;
}

/** log10 LRs of all standing candidates of these people under a policy, by unknown sample. */
export async function findRivalLog10Lrs(
  db: Database,
  policyId: string,
  unknownSampleIds: readonly string[],
): Promise<Map<string, number[]>> {
  const rivals = new Map<string, number[]>();
  if (unknownSampleIds.length === 0) return rivals;
  const rows = await db
    .select({
      unknownSampleId: candidateMatches.unknownSampleId,
      log10Lr: candidateMatches.log10Lr,
    })
    .from(candidateMatches)
    .where(
      and(
        eq(candidateMatches.policyId, policyId),
        isNull(candidateMatches.lapsedAt),
        inArray(candidateMatches.unknownSampleId, [...new Set(unknownSampleIds)]),
      ),
    );
  for (const { unknownSampleId, log10Lr } of rows) {
    rivals.set(unknownSampleId, [...(rivals.get(unknownSampleId) ?? []), log10Lr]);
  }
  return rivals;
}

/**
 * Cases of both sides of every candidate in a scope, under whatever policy and lapsed or not; of
 * people without a candidate none.
 */
export async function findCasesOf(tx: Database, scope: PairScope): Promise<string[]> {
  const rows = await tx
    .select({ ofUnknown: samples.caseId, ofFamily: families.caseId })
    .from(candidateMatches)
    .innerJoin(samples, eq(samples.id, candidateMatches.unknownSampleId))
    .innerJoin(families, eq(families.id, candidateMatches.familyId))
    .where(isWithin(scope));
  return rows.flatMap(({ ofUnknown, ofFamily }) => [ofUnknown, ofFamily]);
}

/**
 * The candidates of a person, under whatever policy: their own, and those of their family that they
 * were judged in with any of their profiles.
 */
export async function findCandidatesOf(
  tx: Database,
  person: { sampleId: string; profileIds: readonly string[]; familyId: string | null },
): Promise<string[]> {
  const { id, unknownSampleId, familyId, familyProfileIds } = candidateMatches;
  const isTheirs =
    person.familyId === null
      ? eq(unknownSampleId, person.sampleId)
      : and(
          eq(familyId, person.familyId),
          sql`${familyProfileIds} && ${sql.param([...person.profileIds])}::uuid[]`,
        );
  const rows = await tx.select({ id }).from(candidateMatches).where(isTheirs).orderBy(asc(id));
  return rows.map((row) => row.id);
}

export async function deleteCandidates(tx: Database, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.delete(candidateMatches).where(isAnyOf(candidateMatches.id, ids, 'uuid')); // prettier-ignore
}

/** A candidate's state, locked until the transaction ends. */
export async function lockCandidate(tx: Database, id: string): Promise<Candidate | null> {
  await tx
    .select({ id: candidateMatches.id })
    .from(candidateMatches)
    .where(eq(candidateMatches.id, id))
    .for('no key update');
  return findCandidate(tx, id);
}

/** Moves a candidate that is locked. */
export async function setReview(
  tx: Database,
  id: string,
  to: Pick<Row, 'state' | 'round' | 'version'>,
): Promise<void> {
  await tx.update(candidateMatches).set(to).where(eq(candidateMatches.id, id));
}
