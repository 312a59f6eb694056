import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Database, onlyRow } from '../../platform/database.ts';
import { cases, families, profiles, samples, tombstones } from '../../platform/tables.ts';

export type Tombstone = typeof tombstones.$inferSelect & { readonly caseNumber: string };

/** A sample that is there. */
export type PresentSample = {
  readonly sampleId: string;
  readonly collectionPointId: string;
  readonly code: string;
  readonly caseId: string;
  readonly familyId: string | null;
};

/** A sample by its id, or by the code that a collection point gave it. */
export type SampleName =
  { readonly sampleId: string } | { readonly collectionPointId: string; readonly code: string };

export async function findSample(db: Database, name: SampleName): Promise<PresentSample | null> {
  const isIt =
    'sampleId' in name
      ? eq(samples.id, name.sampleId)
      : and(eq(samples.collectionPointId, name.collectionPointId), eq(samples.code, name.code));
  const { id: sampleId, collectionPointId, code, caseId, familyId } = samples;
  const [row] = await db
    .select({ sampleId, collectionPointId, code, caseId, familyId })
    .from(samples)
    .where(isIt);
  return row ?? null;
}

/**
 * Locks a sample, and its family first, as everybody does: until the transaction ends nobody judges
 * them, no relative is added, and no loci.
 * @returns false when the sample is gone
 */
export async function lockSample(tx: Database, sample: PresentSample): Promise<boolean> {
  const { sampleId, familyId } = sample;
  if (familyId !== null) {
    await tx.select({ id: families.id }).from(families).where(eq(families.id, familyId)).for('update'); // prettier-ignore
  }
  const locked = await tx
    .select({ id: samples.id })
    .from(samples)
    .where(eq(samples.id, sampleId))
    .for('update');
  return locked.length > 0;
}

/** Removes the sample, and its family when nobody is left of it. */
export async function deleteSample(
  tx: Database,
  { sampleId, familyId }: PresentSample,
): Promise<void> {
  await tx.delete(samples).where(eq(samples.id, sampleId));
  if (familyId === null) return;
  await tx
    .delete(families)
    .where(
      and(
        eq(families.id, familyId),
        sql`not exists (select 1 from ${samples} where ${samples.familyId} = ${familyId})`,
      ),
    );
}

/** Whether a sample is left of a case. */
export async function hasSamples(tx: Database, caseId: string): Promise<boolean> {
  const left = await tx.select({ id: samples.id }).from(samples).where(eq(samples.caseId, caseId)).limit(1); // prettier-ignore
  return left.length > 0;
}

/** The profile of somebody who is left of a family. */
export async function findRemaining(tx: Database, familyId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: profiles.id })
    .from(profiles)
    .innerJoin(samples, eq(samples.id, profiles.sampleId))
    .where(and(eq(samples.familyId, familyId), isNull(profiles.supersededBy)))
    .limit(1);
  return rows.map(({ id }) => id);
}

export async function insertTombstone(
  tx: Database,
  tombstone: typeof tombstones.$inferInsert,
): Promise<void> {
  await tx.insert(tombstones).values(tombstone);
}

export async function findTombstone(
  db: Database,
  { collectionPointId, code }: { collectionPointId: string; code: string },
): Promise<Tombstone | null> {
  const rows = await db
    .select({ tombstone: tombstones, caseNumber: cases.number })
    .from(tombstones)
    .innerJoin(cases, eq(cases.id, tombstones.caseId))
    .where(and(eq(tombstones.collectionPointId, collectionPointId), eq(tombstones.code, code)));
  if (rows.length === 0) return null;
  const { tombstone, caseNumber } = onlyRow(rows);
  return { ...tombstone, caseNumber };
}
