import { and, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Relation } from '../../formats/relation.ts';
import { type Database, isAnyOf } from '../../platform/database.ts';
import { candidateMatches, families, profiles, samples } from '../../platform/tables.ts';
import type { CandidateResult } from './candidate-result.ts';

type Row = typeof candidateMatches.$inferSelect;

export type NewCandidate = Omit<
  typeof candidateMatches.$inferInsert,
  'id' | 'state' | 'revision' | 'createdAt' | 'updatedAt' | 'result'
> & { result: CandidateResult };

/** A candidate with the codes that laboratories know its people by. */
export type Candidate = Omit<Row, 'result'> & {
  readonly result: CandidateResult;
  readonly unknownCode: string;
  readonly unknownCaseId: string;
  readonly familyCode: string;
  readonly familyCaseId: string;
  /** Everybody of the family who was judged, father first. */
  readonly members: readonly CandidateMember[];
};

/** Somebody of a candidate's family. */
export type CandidateMember = {
  readonly profileId: string;
  /** What their laboratory calls the sample. */
  readonly code: string;
  readonly relation: Relation;
  /** Whether the LR rests on them. */
  readonly counts: boolean;
};

export type CandidateState = Row['state'];

/**
 * Writes candidates, one for a person, a family and a policy. Computed again with the same outcome
 * it stays untouched; with another it becomes a new revision and is open for review again.
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
        state: 'proposed',
        revision: sql`${candidateMatches.revision} + 1`,
        updatedAt: new Date(),
      },
      setWhere: sql.join(
        PINNED.map((name) => {
          const column = candidateMatches[name];
          return sql`${column} is distinct from ${excluded(column)}`;
        }),
        sql` or `,
      ),
    });
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

function excluded(column: { name: string }): SQL {
  return sql`excluded.${sql.identifier(snakeCase(column.name))}`;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function orderKey({ unknownSampleId, familyId }: NewCandidate): string {
  return `${unknownSampleId} ${familyId}`;
}

function select(db: Database) {
  return db
    .select({
      candidate: candidateMatches,
      unknownCode: samples.code,
      unknownCaseId: samples.caseId,
      familyCode: families.code,
      familyCaseId: families.caseId,
    })
    .from(candidateMatches)
    .innerJoin(samples, eq(samples.id, candidateMatches.unknownSampleId))
    .innerJoin(families, eq(families.id, candidateMatches.familyId))
    .$dynamic();
}

type Selected = Awaited<ReturnType<typeof select>>[number];

async function toCandidates(db: Database, rows: readonly Selected[]): Promise<Candidate[]> {
  const people = await findMembers(
    db,
    rows.flatMap(({ candidate }) => candidate.familyProfileIds),
  );
  return rows.map(({ candidate, ...codes }) => ({
    ...candidate,
    ...codes,
    result: candidate.result as CandidateResult,
    members: candidate.familyProfileIds.flatMap((profileId): CandidateMember[] => {
      const person = people.get(profileId);
      return person
        ? [{ ...person, counts: candidate.relativeProfileIds.includes(profileId) }]
        : [];
    }),
  }));
}

async function findMembers(
  db: Database,
  profileIds: readonly string[],
): Promise<Map<string, Omit<CandidateMember, 'counts'>>> {
  if (profileIds.length === 0) return new Map();
  const rows = await db
    .select({ profileId: profiles.id, code: samples.code, relation: samples.relation })
    .from(profiles)
    .innerJoin(samples, eq(samples.id, profiles.sampleId))
    .where(isAnyOf(profiles.id, [...new Set(profileIds)], 'uuid'));
  return new Map(
    rows.flatMap(({ relation, ...person }) =>
      relation ? [[person.profileId, { ...person, relation }] as const] : [],
    ),
  );
}

/** The place after which a page begins. */
export type Ranked = { readonly log10Lr: number; readonly id: string };

/** Candidates of a policy, the largest LR first. */
export async function listCandidates(
  db: Database,
  policyId: string,
  filter: { states: readonly CandidateState[]; after: Ranked | null; limit: number },
): Promise<Candidate[]> {
  const { states, after, limit } = filter;
  const { log10Lr, id } = candidateMatches;
  const conditions = [
    eq(candidateMatches.policyId, policyId),
    states.length > 0 ? inArray(candidateMatches.state, [...states]) : undefined,
    after
      ? or(lt(log10Lr, after.log10Lr), and(eq(log10Lr, after.log10Lr), lt(id, after.id)))
      : undefined,
  ];
  const rows = await select(db)
    .where(and(...conditions))
    .orderBy(desc(log10Lr), desc(id))
    .limit(limit);
  return toCandidates(db, rows);
}

export async function findCandidate(db: Database, id: string): Promise<Candidate | null> {
  const [candidate] = await toCandidates(db, await select(db).where(eq(candidateMatches.id, id)));
  return candidate ?? null;
}

/** log10 LRs of all candidates of these people under a policy, by unknown sample. */
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
        inArray(candidateMatches.unknownSampleId, [...new Set(unknownSampleIds)]),
      ),
    );
  for (const { unknownSampleId, log10Lr } of rows) {
    rivals.set(unknownSampleId, [...(rivals.get(unknownSampleId) ?? []), log10Lr]);
  }
  return rivals;
}

/** Cases of those who are candidates with this person or family, under whatever policy. */
export async function findPartnerCases(
  tx: Database,
  subject: { sampleId: string; familyId: string | null },
): Promise<string[]> {
  const { sampleId, familyId } = subject;
  const rows = await tx
    .select({ ofUnknown: samples.caseId, ofFamily: families.caseId })
    .from(candidateMatches)
    .innerJoin(samples, eq(samples.id, candidateMatches.unknownSampleId))
    .innerJoin(families, eq(families.id, candidateMatches.familyId))
    .where(
      familyId === null
        ? eq(candidateMatches.unknownSampleId, sampleId)
        : eq(candidateMatches.familyId, familyId),
    );
  return rows.map(({ ofUnknown, ofFamily }) => (familyId === null ? ofFamily : ofUnknown));
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

export async function setState(tx: Database, id: string, state: CandidateState): Promise<void> {
  await tx.update(candidateMatches).set({ state }).where(eq(candidateMatches.id, id));
}
