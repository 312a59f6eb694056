import { and, eq, sql } from 'drizzle-orm';
import { canaries } from '../../platform/canary-tables.ts';
import { type Database, onlyRow } from '../../platform/database.ts';
import { collectionPoints, families, samples } from '../../platform/tables.ts';

/** A canary as people name it: the codes of a collection point. */
export type CanaryName = {
  readonly point: string;
  readonly unknown: string;
  readonly family: string;
};

/** A canary, and whether the search has found it; null: not searched yet. */
export type CanaryStanding = CanaryName & {
  readonly id: string;
  readonly plantedAt: Date;
  readonly found: boolean | null;
};

/** @returns null where the point has no such person of unknown origin, or no such family */
export async function insertCanary(
  tx: Database,
  { point, unknown, family }: CanaryName,
  plantedBy: string,
): Promise<string | null> {
  const [pair] = await tx
    .select({ unknownSampleId: samples.id, familyId: families.id })
    .from(collectionPoints)
    .innerJoin(
      samples,
      and(eq(samples.collectionPointId, collectionPoints.id), eq(samples.code, unknown)),
    ) // prettier-ignore
    .innerJoin(
      families,
      and(eq(families.collectionPointId, collectionPoints.id), eq(families.code, family)),
    ) // prettier-ignore
    .where(and(eq(collectionPoints.code, point), sql`${samples.familyId} is null`));
  if (!pair) return null;
  const rows = await tx
    .insert(canaries)
    .values({ ...pair, plantedBy })
    .onConflictDoUpdate({
      target: [canaries.unknownSampleId, canaries.familyId],
      set: { plantedBy: sql`${canaries.plantedBy}` },
    })
    .returning({ id: canaries.id });
  return onlyRow(rows).id;
}

/** Every canary under the policy in force. */
export async function listCanaries(db: Database): Promise<CanaryStanding[]> {
  const rows = await db.execute<Omit<CanaryStanding, 'plantedAt'> & { plantedAt: string }>(sql`
    with policy as (select id from policies where active)
    select c.id, p.code as point, s.code as unknown, f.code as family, c.planted_at as "plantedAt",
      case
        when exists (select from candidate_matches m where m.unknown_sample_id = s.id and m.family_id = f.id
          and m.policy_id = (select id from policy) and m.lapsed_at is null) then true
        when exists (select from search_requests r join profiles x on x.id = r.profile_id
          where (x.sample_id = s.id or x.sample_id in (select id from samples where family_id = f.id))
            and r.state <> 'done')
          or exists (select from sweeps where state = 'running' and policy_id = (select id from policy))
          or not exists (select from policy) then null
        else false
      end as found
    from canaries c
    join samples s on s.id = c.unknown_sample_id
    join families f on f.id = c.family_id
    join collection_points p on p.id = s.collection_point_id
    order by c.planted_at, c.id`);
  return rows.map(({ plantedAt, ...row }) => ({ ...row, plantedAt: new Date(plantedAt) }));
}

/** @returns whether there was one */
export async function deleteCanary(tx: Database, id: string): Promise<boolean> {
  const deleted = await tx
    .delete(canaries)
    .where(eq(canaries.id, id))
    .returning({ id: canaries.id });
  return deleted.length > 0;
}

/** A canary that is withdrawn is none any more. */
export async function deleteCanariesOf(
  tx: Database,
  { sampleId, familyId }: { sampleId: string; familyId: string | null },
): Promise<void> {
  const isTheirs = familyId === null ? eq(canaries.unknownSampleId, sampleId) : eq(canaries.familyId, familyId); // prettier-ignore
  await tx.delete(canaries).where(isTheirs);
}
