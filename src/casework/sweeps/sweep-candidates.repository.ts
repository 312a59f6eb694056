import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { type Database, isAnyOf, onlyRow } from '../../platform/database.ts';
import type { RankedPlace } from '../../platform/page-cursor.ts';
import { sweepCandidates } from '../../platform/sweep-tables.ts';
import { candidateMatches, families, samples } from '../../platform/tables.ts';

/** How a pair came out of a sweep. */
export const DIFFERENCES = ['appeared', 'gone', 'changed'] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** A log10 LR that moved by no more is the same: the order of a sum may move the last digits. */
const SAME_LOG10 = 1e-6;

/** Notes the candidates that stand under a policy as those before the sweep. */
export async function insertBefore(tx: Database, sweepId: string, policyId: string): Promise<void> {
  await tx.execute(sql`
    insert into ${sweepCandidates} (sweep_id, unknown_sample_id, family_id, candidate_id,
      log10_lr_before, relationship_before)
    select ${sweepId}::uuid, unknown_sample_id, family_id, id, log10_lr, relationship
    from ${candidateMatches} where policy_id = ${policyId} and lapsed_at is null`);
}

/**
 * Notes the candidates that stand under the sweep's policy as those after it. Who came while it
 * ran is no finding of the sweep: a pair counts when all its profiles had committed when the sweep
 * was planned, or when it was a candidate before.
 */
export async function writeAfter(
  tx: Database,
  sweep: { id: string; policyId: string; snapshot: string | null },
): Promise<void> {
  await tx.execute(sql`
    insert into ${sweepCandidates} as pair (sweep_id, unknown_sample_id, family_id, candidate_id,
      log10_lr_after, relationship_after)
    select ${sweep.id}::uuid, m.unknown_sample_id, m.family_id, m.id, m.log10_lr, m.relationship
    from candidate_matches m
    where m.policy_id = ${sweep.policyId} and m.lapsed_at is null
      and (exists (select 1 from sweep_candidates b where b.sweep_id = ${sweep.id}
                   and b.unknown_sample_id = m.unknown_sample_id and b.family_id = m.family_id)
        or not exists (select 1 from profiles p
                   where p.id = any(m.family_profile_ids || m.child_profile_id)
                   and not pg_visible_in_snapshot(p.written_in, ${sweep.snapshot}::pg_snapshot)))
    on conflict (sweep_id, unknown_sample_id, family_id) do update
      set log10_lr_after = excluded.log10_lr_after,
        relationship_after = excluded.relationship_after,
        candidate_id = excluded.candidate_id`);
}

const { log10LrBefore, log10LrAfter, relationshipBefore, relationshipAfter } = sweepCandidates;

const IS: Readonly<Record<Difference, SQL>> = {
  appeared: sql`${log10LrBefore} is null`,
  gone: sql`${log10LrAfter} is null`,
  changed: sql`(${relationshipBefore} <> ${relationshipAfter}
    or abs(${log10LrBefore} - ${log10LrAfter}) > ${SAME_LOG10})`,
};

export type DifferenceCounts = Record<Difference | 'unchanged', number>;

export async function countDifferences(db: Database, sweepId: string): Promise<DifferenceCounts> {
  const counted = onlyRow(
    await db.execute<Record<Difference | 'all', number>>(sql`
      select count(*) filter (where ${IS.appeared})::int as appeared,
        count(*) filter (where ${IS.gone})::int as gone,
        count(*) filter (where ${IS.changed})::int as changed,
        count(*)::int as all
      from ${sweepCandidates} where ${eq(sweepCandidates.sweepId, sweepId)}`),
  );
  const { appeared, gone, changed, all } = counted;
  return { appeared, gone, changed, unchanged: all - appeared - gone - changed };
}

export type SweptPair = Awaited<ReturnType<typeof listDifferences>>[number];

/** Pairs that came out of a sweep in this way, the largest LR, after it or before, first. */
export async function listDifferences(
  db: Database,
  sweepId: string,
  {
    difference,
    after,
    limit,
  }: { difference: Difference; after: RankedPlace | null; limit: number },
) {
  const rank = sql<number>`coalesce(${log10LrAfter}, ${log10LrBefore})`;
  const { id, candidateId } = sweepCandidates;
  return db
    .select({
      ...{ id, candidateId, log10LrBefore, log10LrAfter, relationshipBefore, relationshipAfter },
      rank: rank.mapWith(Number),
      unknownCode: samples.code,
      familyCode: families.code,
    })
    .from(sweepCandidates)
    .innerJoin(samples, eq(samples.id, sweepCandidates.unknownSampleId))
    .innerJoin(families, eq(families.id, sweepCandidates.familyId))
    .where(
      and(
        eq(sweepCandidates.sweepId, sweepId),
        IS[difference],
        after ? sql`(${rank}, ${id}) < (${after.log10Lr}::float8, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(rank), desc(id))
    .limit(limit);
}

/** Pairs whose candidates are removed leave the differences of every sweep. */
export async function deletePairs(tx: Database, candidateIds: readonly string[]): Promise<void> {
  await tx
    .delete(sweepCandidates)
    .where(isAnyOf(sweepCandidates.candidateId, candidateIds, 'uuid'));
}
