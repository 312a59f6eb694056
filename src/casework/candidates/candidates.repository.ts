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
