import { and, asc, desc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import { type Database, isAnyOf } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { type ReunionState, reunions, reunionSteps } from '../../platform/reunion-tables.ts';
import { candidateMatches, cases, families, samples } from '../../platform/tables.ts';

export type ReunionRow = typeof reunions.$inferSelect;
export type StepRow = typeof reunionSteps.$inferSelect;

export async function insertReunion(
  tx: Database,
  of: { candidateId: string; unknownCaseId: string; familyCaseId: string },
): Promise<ReunionRow> {
  const numberOf = (id: string) =>
    sql`(select ${cases.number} from ${cases} where ${cases.id} = ${id})`;
  const [row] = await refusingConflicts(
    tx
      .insert(reunions)
      .values({
        ...of,
        unknownCaseNumber: numberOf(of.unknownCaseId),
        familyCaseNumber: numberOf(of.familyCaseId),
      })
      .returning(),
  );
  if (!row) throw new Error('a reunion was not written');
  return row;
}

/** Locked until the transaction ends. */
export async function lockReunion(tx: Database, id: string): Promise<ReunionRow | null> {
  const [row] = await tx.select().from(reunions).where(eq(reunions.id, id)).for('no key update');
  return row ?? null;
}

export async function findReunion(db: Database, id: string): Promise<ReunionRow | null> {
  const [row] = await db.select().from(reunions).where(eq(reunions.id, id));
  return row ?? null;
}

/** That of a case which police were last notified of. */
export async function findNotified(db: Database, caseNumber: string): Promise<ReunionRow | null> {
  const { unknownCaseNumber, familyCaseNumber, notifiedAt } = reunions;
  const isOfCase = or(eq(unknownCaseNumber, caseNumber), eq(familyCaseNumber, caseNumber));
  const [row] = await db
    .select()
    .from(reunions)
    .where(and(isOfCase, isNotNull(notifiedAt)))
    .orderBy(desc(notifiedAt))
    .limit(1);
  return row ?? null;
}

/** Newest first. */
export function listOfCandidate(db: Database, candidateId: string): Promise<ReunionRow[]> {
  return db
    .select()
    .from(reunions)
    .where(eq(reunions.candidateId, candidateId))
    .orderBy(desc(reunions.startedAt));
}

export type ReunionFilter = {
  /** All where none is named. */
  readonly states: readonly ReunionState[];
  /** The last one of the page before. */
  readonly after: string | null;
  readonly limit: number;
};

export type ListedReunion = Awaited<ReturnType<typeof listReunions>>[number];

/** Reunions with the codes of both sides, as long as nobody has withdrawn; the newest first. */
export function listReunions(db: Database, { states, after, limit }: ReunionFilter) {
  const { id, state, version, startedAt, candidateId } = reunions;
  const { unknownCaseNumber, familyCaseNumber } = reunions;
  const last = sql`(select ${reunionSteps.at} from ${reunionSteps}
    where ${reunionSteps.reunionId} = ${id} order by ${reunionSteps.id} desc limit 1)`;
  return db
    .select({
      ...{ id, state, version, startedAt, candidateId, unknownCaseNumber, familyCaseNumber },
      unknown: samples.code,
      family: families.code,
      since: last.mapWith(reunionSteps.at),
    })
    .from(reunions)
    .leftJoin(candidateMatches, eq(candidateMatches.id, candidateId))
    .leftJoin(samples, eq(samples.id, candidateMatches.unknownSampleId))
    .leftJoin(families, eq(families.id, candidateMatches.familyId))
    .where(
      and(
        states.length > 0 ? inArray(state, [...states]) : undefined,
        after === null
          ? undefined
          : sql`(${startedAt}, ${id}) < (select started_at, id from reunions where id = ${after})`,
      ),
    )
    .orderBy(desc(startedAt), desc(id))
    .limit(limit);
}

export async function moveReunion(
  tx: Database,
  { id, version, notifiedAt }: ReunionRow,
  step: Omit<typeof reunionSteps.$inferInsert, 'reunionId'>,
): Promise<void> {
  const isNotified = step.state === 'notified';
  await refusingConflicts(
    tx
      .update(reunions)
      .set({
        state: step.state,
        version: version + 1,
        notifiedAt: isNotified ? new Date() : notifiedAt,
      })
      .where(eq(reunions.id, id)),
  );
  await insertStep(tx, id, step);
}

export async function insertStep(
  tx: Database,
  reunionId: string,
  step: Omit<typeof reunionSteps.$inferInsert, 'reunionId'>,
): Promise<void> {
  await tx.insert(reunionSteps).values({ reunionId, ...step });
}

/** In the order in which they were taken. */
export function listSteps(db: Database, reunionId: string): Promise<StepRow[]> {
  return db
    .select()
    .from(reunionSteps)
    .where(eq(reunionSteps.reunionId, reunionId))
    .orderBy(asc(reunionSteps.id));
}

/** As police may see them: what was said stays with the laboratory. */
export function listTimeline(
  db: Database,
  reunionId: string,
): Promise<Pick<StepRow, 'state' | 'at'>[]> {
  return db
    .select({ state: reunionSteps.state, at: reunionSteps.at })
    .from(reunionSteps)
    .where(eq(reunionSteps.reunionId, reunionId))
    .orderBy(asc(reunionSteps.id));
}

/** What a withdrawal leaves of reunions: that they were, and who did what. */
export async function forgetCandidates(
  tx: Database,
  candidateIds: readonly string[],
): Promise<void> {
  const theirs = tx
    .select({ id: reunions.id })
    .from(reunions)
    .where(isAnyOf(reunions.candidateId, candidateIds, 'uuid'));
  await tx
    .update(reunionSteps)
    .set({ evidence: null })
    .where(sql`${reunionSteps.reunionId} in ${theirs}`);
  await tx
    .update(reunions)
    .set({ candidateId: null })
    .where(isAnyOf(reunions.candidateId, candidateIds, 'uuid'));
}

/** One person would come home twice: what unique indexes forbid. */
async function refusingConflicts<Result>(statement: PromiseLike<Result>): Promise<Result> {
  try {
    return await statement;
  } catch (error) {
    if (isUniqueViolation(error)) throw new HomewardError('REUNION_CONFLICT');
    throw error;
  }
}

const UNIQUE_VIOLATION = '23505';

function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return code === UNIQUE_VIOLATION || isUniqueViolation(error.cause);
}
