import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Relation } from '../../formats/relation.ts';
import { asArray, type Database, isAnyOf, lockByName, onlyRow } from '../../platform/database.ts';
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
import type { BatchPlan, KnownFamily, KnownSample, NewFamily, NewSample } from './batch-plan.ts';
import type { Receipt, Side } from './batch.schema.ts';

/** A known sample before its profile is opened. */
type SealedSample = Omit<KnownSample, 'profile'> & SealedGenotypes;

/** The genotypes of a sample that the same transaction writes, sealed. */
type SealedProfile = SealedGenotypes & { readonly profileId: string };

export type BatchRow = typeof batches.$inferSelect;

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

/** Opens a batch; its receipt comes last, by {@link closeBatch}. */
export async function openBatch(
  db: Database,
  batch: { collectionPointId: string; side: Side; idempotencyKey: string; contentHash: string },
): Promise<BatchRow> {
  return onlyRow(
    await db
      .insert(batches)
      .values({ ...batch, receipt: {} })
      .returning(),
  );
}

export async function closeBatch(
  db: Database,
  opened: BatchRow,
  receipt: Receipt,
): Promise<BatchRow> {
  await db.update(batches).set({ receipt }).where(eq(batches.id, opened.id));
  return { ...opened, receipt };
}

/** Writes the people of a batch, with the cases and families that it opens, and ends profiles that it supersedes. */
export async function insertPeople(
  db: Database,
  batch: BatchRow,
  plan: Pick<BatchPlan, 'cases' | 'families' | 'samples' | 'extended'>,
): Promise<void> {
  const { collectionPointId } = batch;
  for (const some of chunks(plan.cases)) {
    await openCases(db, some.map((opened) => ({ ...opened, collectionPointId }))); // prettier-ignore
  }
  for (const some of chunks(plan.families)) await insertFamilies(db, collectionPointId, some);
  for (const some of chunks(plan.samples)) await insertSamples(db, batch, some);
  await endProfiles(db, plan.extended);
}

/** Before the profiles that take their place: of a sample one at a time is current. */
async function endProfiles(db: Database, extended: BatchPlan['extended']): Promise<void> {
  if (extended.length === 0) return;
  await db.execute(sql`
    update ${profiles} set superseded_by = e.profile_id
    from unnest(
      ${asArray(
        extended.map(({ supersedes }) => supersedes),
        'uuid',
      )},
      ${asArray(
        extended.map(({ profileId }) => profileId),
        'uuid',
      )}
    ) as e (supersedes, profile_id)
    where ${profiles.id} = e.supersedes`);
}

/** Writes the profiles of people who were inserted before, each with the request to be searched. */
export async function insertProfiles(
  db: Database,
  sealed: readonly SealedProfile[],
): Promise<void> {
  for (const some of chunks(sealed)) await insertSomeProfiles(db, some);
}

/** While one statement is written out, nobody else of this process is served. */
const ROWS_A_STATEMENT = 2_500;

function* chunks<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let at = 0; at < items.length; at += ROWS_A_STATEMENT) {
    yield items.slice(at, at + ROWS_A_STATEMENT);
  }
}

async function insertFamilies(
  db: Database,
  collectionPointId: string,
  opened: readonly NewFamily[],
): Promise<void> {
  await db.execute(sql`
    insert into ${families} (id, collection_point_id, code, case_id)
    select id, ${collectionPointId}::uuid, code, case_id from unnest(
      ${asArray(opened.map(({ id }) => id), 'uuid')},
      ${asArray(opened.map(({ code }) => code), 'text')},
      ${asArray(opened.map(({ caseId }) => caseId), 'uuid')}) as f (id, code, case_id)`); // prettier-ignore
}

async function insertSamples(
  db: Database,
  { collectionPointId, id: batchId }: BatchRow,
  taken: readonly NewSample[],
): Promise<void> {
  await db.execute(sql`
    insert into ${samples} (id, collection_point_id, code, sex, case_id, family_id, relation, batch_id)
    select id, ${collectionPointId}::uuid, code, sex, case_id, family_id, relation, ${batchId}::uuid from unnest(
      ${asArray(taken.map(({ id }) => id), 'uuid')},
      ${asArray(taken.map(({ code }) => code), 'text')},
      ${asArray(taken.map(({ sex }) => sex), 'text')},
      ${asArray(taken.map(({ caseId }) => caseId), 'uuid')},
      ${asArray(taken.map(({ familyId }) => familyId), 'uuid')},
      ${asArray(taken.map(({ relation }) => relation), 'text')})
      as s (id, code, sex, case_id, family_id, relation)`); // prettier-ignore
}

async function insertSomeProfiles(db: Database, sealed: readonly SealedProfile[]): Promise<void> {
  const ids = asArray(sealed.map(({ profileId }) => profileId), 'uuid'); // prettier-ignore
  await db.execute(sql`
    insert into ${profiles} (id, sample_id, genotypes, key_page_id, key_slot)
    select id, sample_id, decode(genotypes, 'hex'), key_page_id, key_slot from unnest(${ids},
      ${asArray(sealed.map(({ sampleId }) => sampleId), 'uuid')},
      ${asArray(sealed.map(({ genotypes }) => Buffer.from(genotypes).toString('hex')), 'text')},
      ${asArray(sealed.map(({ keyPageId }) => keyPageId), 'uuid')},
      ${asArray(sealed.map(({ keySlot }) => keySlot), 'smallint')})
      as p (id, sample_id, genotypes, key_page_id, key_slot)`); // prettier-ignore
  await db.execute(
    sql`insert into ${searchRequests} (profile_id) select id from unnest(${ids}) id`,
  );
}
