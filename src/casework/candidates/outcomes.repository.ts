import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { asArray, type Database, isAnyOf } from '../../platform/database.ts';
import { candidateMatches } from '../../platform/tables.ts';
import type { CandidateResult } from './candidate-result.ts';

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

/** A person of unknown origin and a family that were judged. */
type JudgedPairIds = { readonly sampleId: string; readonly familyId: string };

/**
 * Keeps what came of judging pairs: those that reached the threshold become candidates or new revisions,
 * and those that were candidates and no longer are lapse.
 * @param pairs all who were judged
 */
export async function replaceCandidates(
  tx: Database,
  policyId: string,
  pairs: readonly JudgedPairIds[],
  candidates: readonly NewCandidate[],
): Promise<void> {
  await lockWriters(tx, pairs);
  const kept = new Set(candidates.map(orderKey));
  const standing = await lockStanding(tx, policyId, pairs);
  const lapsed = standing.filter(({ sampleId, familyId }) => !kept.has(`${sampleId} ${familyId}`));
  await lapseCandidates(
    tx,
    lapsed.map(({ id }) => id),
  );
  await upsertCandidates(tx, candidates);
}

/**
 * Lets nobody else write candidates of these families until the transaction ends. Those that stand are
 * locked before those that are new: two searches that met the same pairs would else wait for each other.
 * Families share locks, so that a block of a sweep needs few; which share one is chance.
 */
async function lockWriters(tx: Database, pairs: readonly JudgedPairIds[]): Promise<void> {
  const locks = new Set(
    pairs.map(({ familyId }) => parseInt(familyId.slice(-2), 16) % WRITER_LOCKS),
  );
  const inOrder = asArray([...locks].sort((a, b) => a - b), 'smallint'); // prettier-ignore
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtext('homeward-candidates'), lock) from unnest(${inOrder}) as lock`);
}

const WRITER_LOCKS = 128;

/**
 * Writes candidates, one for a person, a family and a policy. Computed again with the same outcome
 * it stays untouched; with another it becomes a new revision, and another round of review begins. More loci
 * of the same people that nobody can be compared at are a new revision, and settle or open nothing.
 */
async function upsertCandidates(tx: Database, candidates: readonly NewCandidate[]): Promise<void> {
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

/** Those of the pairs that stand as candidates, locked in the order in which they are written. */
async function lockStanding(
  tx: Database,
  policyId: string,
  pairs: readonly JudgedPairIds[],
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
async function lapseCandidates(tx: Database, ids: readonly string[]): Promise<void> {
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
