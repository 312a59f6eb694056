import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Relation } from '../../formats/relation.ts';
import { type Database, isAnyOf, lockByName, onlyRow } from '../../platform/database.ts';
import {
  batches,
  cases,
  families,
  profiles,
  samples,
  searchRequests,
  tombstones,
} from '../../platform/tables.ts';
import { openCases } from '../cases/cases.service.ts';
import type { SealedGenotypes } from '../profiles/sealed-genotypes.ts';
import type { BatchPlan, KnownFamily, KnownSample } from './batch-plan.ts';
import type { Receipt, Side } from './batch.schema.ts';

/** A known sample before its profile is opened. */
type SealedSample = Omit<KnownSample, 'profile'> & SealedGenotypes;

export type BatchRow = typeof batches.$inferSelect;

/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const ROWS_A_STATEMENT = 2_000;

/** Batches of one collection point go one after the other, so that none trips over another. */
export async function lockCollectionPoint(db: Database, collectionPointId: string): Promise<void> {
  await lockByName(db, `intake ${collectionPointId}`);
}

export async function findBatchByKey(
  db: Database,
  collectionPointId: string,
  idempotencyKey: string,
): Promise<BatchRow | null> {
  const [row] = await db
    .select()
    .from(batches)
    .where(
      and(
        eq(batches.collectionPointId, collectionPointId),
        eq(batches.idempotencyKey, idempotencyKey),
      ),
    );
  return row ?? null;
}

export async function findBatch(
  db: Database,
  id: string,
  collectionPointId: string,
): Promise<BatchRow | null> {
  const [row] = await db
    .select()
    .from(batches)
    .where(and(eq(batches.id, id), eq(batches.collectionPointId, collectionPointId)));
  return row ?? null;
}

/**
 * How many samples a collection point got accepted in the calendar month of this transaction, UTC; those that
 * were withdrawn since count too.
 */
export async function countAcceptedThisMonth(
  db: Database,
  collectionPointId: string,
): Promise<number> {
  const rows = await db
    .select({
      accepted: sql<number>`coalesce(sum((${batches.receipt}->>'accepted')::int), 0)::int`,
    })
    .from(batches)
    .where(
      and(
        eq(batches.collectionPointId, collectionPointId),
        sql`date_trunc('month', ${batches.receivedAt}, 'UTC') = date_trunc('month', now(), 'UTC')`,
      ),
    );
  return onlyRow(rows).accepted;
}

export async function findKnownSamples(
  db: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<SealedSample[]> {
  if (codes.length === 0) return [];
  const ownFamily = sql<
    string | null
  >`case when ${families.collectionPointId} = ${collectionPointId} then ${families.code} end`;
  return (
    db
      .select({
        code: samples.code,
        sex: samples.sex,
        familyId: samples.familyId,
        family: ownFamily,
        relation: samples.relation,
        sampleId: samples.id,
        profileId: profiles.id,
        genotypes: profiles.genotypes,
        keyPageId: profiles.keyPageId,
        keySlot: profiles.keySlot,
        caseNumber: cases.number,
      })
      .from(samples)
      .innerJoin(profiles, eq(profiles.sampleId, samples.id))
      // Of a family that another opened neither is seen, unless the batch names its case.
      .leftJoin(cases, eq(cases.id, samples.caseId))
      .leftJoin(families, eq(families.id, samples.familyId))
      .where(
        and(
          eq(samples.collectionPointId, collectionPointId),
          isAnyOf(samples.code, codes, 'text'),
          isNull(profiles.supersededBy),
        ),
      )
  );
}

/**
 * Locks people of unknown origin against being judged or withdrawn while they may get more loci. Relatives
 * are locked with their families.
 */
export async function lockKnownUnknowns(
  db: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<void> {
  if (codes.length === 0) return;
  await db
    .select({ id: samples.id })
    .from(samples)
    .where(
      and(
        eq(samples.collectionPointId, collectionPointId),
        isAnyOf(samples.code, codes, 'text'),
        isNull(samples.familyId),
      ),
    )
    .orderBy(samples.id)
    .for('no key update');
}

/** Those of the codes whose samples were withdrawn. */
export async function findWithdrawn(
  db: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<string[]> {
  if (codes.length === 0) return [];
  const rows = await db
    .select({ code: tombstones.code })
    .from(tombstones)
    .where(
      and(
        eq(tombstones.collectionPointId, collectionPointId),
        isAnyOf(tombstones.code, codes, 'text'),
      ),
    );
  return rows.map(({ code }) => code);
}

/**
 * Locks families against being judged while a relative is added, or more loci of one: the collection point's own by
 * their codes, and anybody's by the numbers of their cases, which must have been presented.
 */
export async function lockKnownFamilies(
  db: Database,
  collectionPointId: string,
  { codes, caseNumbers }: { codes: readonly string[]; caseNumbers: readonly string[] },
): Promise<Omit<KnownFamily, 'relations'>[]> {
  if (codes.length === 0) return [];
  const isOwn = eq(families.collectionPointId, collectionPointId);
  const rows = await db
    .select({
      id: families.id,
      ownCode: sql<string | null>`case when ${isOwn} then ${families.code} end`,
      caseId: families.caseId,
      caseNumber: cases.number,
    })
    .from(families)
    .innerJoin(cases, eq(cases.id, families.caseId))
    .where(
      or(
        and(isOwn, isAnyOf(families.code, codes, 'text')),
        isAnyOf(cases.number, caseNumbers, 'text'),
      ),
    )
    .orderBy(families.id)
    .for('no key update', { of: families });
  return rows.map(({ ownCode: code, ...family }) => ({ ...family, code }));
}

/** What the members of families are, whoever sent them; asked as the registrar. */
export async function findRelations(
  db: Database,
  familyIds: readonly string[],
): Promise<Map<string, Relation[]>> {
  const found = new Map<string, Relation[]>();
  if (familyIds.length === 0) return found;
  const rows = await db
    .select({ familyId: samples.familyId, relation: samples.relation })
    .from(samples)
    .where(isAnyOf(samples.familyId, familyIds, 'uuid'));
  for (const { familyId, relation } of rows) {
    if (familyId === null || relation === null) continue;
    found.set(familyId, [...(found.get(familyId) ?? []), relation]);
  }
  return found;
}

/**
 * Writes a whole batch: its people, their profiles, and for each the request to be searched.
 * @param sealed the genotypes of the plan's samples, new and extended
 */
export async function insertBatch(
  db: Database,
  batch: { collectionPointId: string; side: Side; idempotencyKey: string; contentHash: string },
  makeReceipt: (id: string, receivedAt: Date) => Receipt,
  plan: BatchPlan,
  sealed: readonly (SealedGenotypes & { profileId: string })[],
): Promise<BatchRow> {
  const inserted = onlyRow(
    await db
      .insert(batches)
      .values({ ...batch, receipt: {} })
      .returning(),
  );
  const { id: batchId, receivedAt } = inserted;
  const { collectionPointId } = batch;
  for (const some of chunks(plan.cases)) {
    await openCases(
      db,
      some.map((opened) => ({ ...opened, collectionPointId })),
    );
  }
  for (const some of chunks(plan.families)) {
    await db.insert(families).values(some.map((family) => ({ ...family, collectionPointId })));
  }
  for (const some of chunks(plan.samples)) {
    await db
      .insert(samples)
      .values(some.map((sample) => ({ ...sample, collectionPointId, batchId })));
  }
  await endProfiles(db, plan.extended);
  for (const some of chunks(sealed)) {
    await db.insert(profiles).values(some.map(({ profileId: id, ...row }) => ({ id, ...row })));
    await db.insert(searchRequests).values(some.map(({ profileId }) => ({ profileId })));
  }
  const receipt = makeReceipt(batchId, receivedAt);
  await db.update(batches).set({ receipt }).where(eq(batches.id, batchId));
  return { ...inserted, receipt };
}

/** Before the profiles that take their place: of a sample one at a time is current. */
async function endProfiles(db: Database, extended: BatchPlan['extended']): Promise<void> {
  if (extended.length === 0) return;
  await db.execute(sql`
    update ${profiles} set superseded_by = e.profile_id
    from unnest(
      ${sql.param(extended.map(({ supersedes }) => supersedes))}::uuid[],
      ${sql.param(extended.map(({ profileId }) => profileId))}::uuid[]
    ) as e (supersedes, profile_id)
    where ${profiles.id} = e.supersedes`);
}

function* chunks<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let at = 0; at < items.length; at += ROWS_A_STATEMENT) {
    yield items.slice(at, at + ROWS_A_STATEMENT);
  }
}
