import { and, eq, sql } from 'drizzle-orm';
import type { Relation } from '../../formats/relation.ts';
import { type Database, isAnyOf, onlyRow } from '../../platform/database.ts';
import {
  batches,
  cases,
  collectionPoints,
  families,
  profiles,
  samples,
  searchRequests,
} from '../../platform/tables.ts';
import { openCases } from '../cases/cases.service.ts';
import type { BatchPlan, KnownFamily, KnownSample } from './batch-plan.ts';
import type { Receipt, Side } from './batch.schema.ts';

export type BatchRow = typeof batches.$inferSelect;

/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const ROWS_A_STATEMENT = 2_000;

/** Batches of one collection point go one after the other, so that none trips over another. */
export async function lockCollectionPoint(db: Database, collectionPointId: string): Promise<void> {
  await db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`intake ${collectionPointId}`}, 0))`,
  );
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

export async function findDivision(db: Database, collectionPointId: string): Promise<string> {
  const rows = await db
    .select({ division: collectionPoints.division })
    .from(collectionPoints)
    .where(eq(collectionPoints.id, collectionPointId));
  return onlyRow(rows).division;
}

export async function findKnownSamples(
  db: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<KnownSample[]> {
  if (codes.length === 0) return [];
  return db
    .select({
      code: samples.code,
      sex: samples.sex,
      family: families.code,
      relation: samples.relation,
      genotypes: profiles.genotypes,
      caseNumber: cases.number,
    })
    .from(samples)
    .innerJoin(profiles, eq(profiles.sampleId, samples.id))
    .innerJoin(cases, eq(cases.id, samples.caseId))
    .leftJoin(families, eq(families.id, samples.familyId))
    .where(
      and(eq(samples.collectionPointId, collectionPointId), isAnyOf(samples.code, codes, 'text')),
    );
}

/** Locks the families against being judged while a relative is added. */
export async function lockKnownFamilies(
  db: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<KnownFamily[]> {
  if (codes.length === 0) return [];
  const rows = await db
    .select({
      id: families.id,
      code: families.code,
      caseId: families.caseId,
      caseNumber: cases.number,
    })
    .from(families)
    .innerJoin(cases, eq(cases.id, families.caseId))
    .where(
      and(eq(families.collectionPointId, collectionPointId), isAnyOf(families.code, codes, 'text')),
    )
    .orderBy(families.id)
    .for('no key update', { of: families });
  const members = await findRelations(db, rows.map(({ id }) => id)); // prettier-ignore
  return rows.map((family) => ({ ...family, relations: members.get(family.id) ?? [] }));
}

async function findRelations(
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

/** Writes a whole batch: its people, their profiles, and for each the request to be searched. */
export async function insertBatch(
  db: Database,
  batch: { collectionPointId: string; side: Side; idempotencyKey: string; contentHash: string },
  makeReceipt: (id: string, receivedAt: Date) => Receipt,
  plan: BatchPlan,
): Promise<BatchRow> {
  const inserted = onlyRow(
    await db
      .insert(batches)
      .values({ ...batch, receipt: {} })
      .returning(),
  );
  const { id: batchId, receivedAt } = inserted;
  const { collectionPointId } = batch;
  for (const some of chunks(plan.cases)) await openCases(db, some);
  for (const some of chunks(plan.families)) {
    await db.insert(families).values(some.map((family) => ({ ...family, collectionPointId })));
  }
  for (const some of chunks(plan.samples)) {
    await db
      .insert(samples)
      .values(some.map((sample) => ({ ...sample, collectionPointId, batchId })));
    await db
      .insert(profiles)
      .values(
        some.map(({ id, profileId, genotypes }) => ({ id: profileId, sampleId: id, genotypes })),
      );
    await db.insert(searchRequests).values(some.map(({ profileId }) => ({ profileId })));
  }
  const receipt = makeReceipt(batchId, receivedAt);
  await db.update(batches).set({ receipt }).where(eq(batches.id, batchId));
  return { ...inserted, receipt };
}

function* chunks<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let at = 0; at < items.length; at += ROWS_A_STATEMENT) {
    yield items.slice(at, at + ROWS_A_STATEMENT);
  }
}
