import { and, eq } from 'drizzle-orm';
import { caseFeatures } from '../../platform/case-tables.ts';
import type { KeyPlace } from '../../platform/crypto/record-keys.ts';
import { type Database, isAnyOf, lockByName } from '../../platform/database.ts';
import { cases } from '../../platform/tables.ts';
import { caseDescriptions } from '../../platform/vault-tables.ts';
import type { Features, Span } from './features.ts';

export type FeatureRow = typeof caseFeatures.$inferSelect;
export type DescriptionRow = typeof caseDescriptions.$inferSelect;

/** Features of one case are written, or removed with its last sample, one after the other. */
export async function lockFeatures(tx: Database, caseId: string): Promise<void> {
  await lockByName(tx, `case features ${caseId}`);
}

/** The id of a case that a collection point opened. */
export async function findOwnCase(
  db: Database,
  collectionPointId: string,
  number: string,
): Promise<string | null> {
  const [row] = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.number, number), eq(cases.collectionPointId, collectionPointId)));
  return row?.id ?? null;
}

/** Whether all samples of a case were withdrawn; asked as the registrar. */
export async function isCaseWithdrawn(db: Database, caseId: string): Promise<boolean> {
  const [row] = await db.select({ status: cases.status }).from(cases).where(eq(cases.id, caseId));
  return row?.status === 'withdrawn';
}

export async function findFeatures(db: Database, caseId: string): Promise<FeatureRow | null> {
  const [row] = await db.select().from(caseFeatures).where(eq(caseFeatures.caseId, caseId));
  return row ?? null;
}

/** What the laboratory may see of these cases, by their ids. */
export async function findPlainFeatures(
  db: Database,
  caseIds: readonly string[],
): Promise<Map<string, Features>> {
  const { caseId, sex, bornEarliest, bornLatest, happenedEarliest, happenedLatest, division } = caseFeatures; // prettier-ignore
  const rows = await db
    .select({ caseId, sex, bornEarliest, bornLatest, happenedEarliest, happenedLatest, division })
    .from(caseFeatures)
    .where(isAnyOf(caseId, caseIds, 'uuid'));
  return new Map(rows.map((row) => [row.caseId, toFeatures(row)]));
}

/** What the laboratory may read of a row. */
type PlainRow = Omit<FeatureRow, 'caseId' | 'latitude' | 'longitude' | 'version' | 'writtenAt'>;

export function toFeatures(row: PlainRow): Features {
  const { sex, division, bornEarliest, bornLatest, happenedEarliest, happenedLatest } = row;
  return {
    ...{ sex, division },
    born: toSpan(bornEarliest, bornLatest),
    happened: toSpan(happenedEarliest, happenedLatest),
  };
}

function toSpan(earliest: string | null, latest: string | null): Span | null {
  return earliest === null || latest === null ? null : { earliest, latest };
}

/** Writes the features of a case whole. */
export async function upsertFeatures(
  tx: Database,
  { caseId, ...written }: Omit<FeatureRow, 'writtenAt'>,
): Promise<void> {
  const values = { ...written, writtenAt: new Date() };
  await tx
    .insert(caseFeatures)
    .values({ caseId, ...values })
    .onConflictDoUpdate({ target: caseFeatures.caseId, set: values });
}

export async function findDescription(
  db: Database,
  caseId: string,
): Promise<DescriptionRow | null> {
  const [row] = await db.select().from(caseDescriptions).where(eq(caseDescriptions.caseId, caseId));
  return row ?? null;
}

/** Where the key of a case's description stands. */
export function findDescriptionKey(db: Database, caseId: string): Promise<KeyPlace[]> {
  return db
    .select({ keyPageId: caseDescriptions.keyPageId, keySlot: caseDescriptions.keySlot })
    .from(caseDescriptions)
    .where(eq(caseDescriptions.caseId, caseId));
}

export async function insertDescription(tx: Database, row: DescriptionRow): Promise<void> {
  await tx.insert(caseDescriptions).values(row);
}

export async function deleteDescription(tx: Database, caseId: string): Promise<void> {
  await tx.delete(caseDescriptions).where(eq(caseDescriptions.caseId, caseId));
}

export async function deleteFeatures(tx: Database, caseId: string): Promise<void> {
  await tx.delete(caseFeatures).where(eq(caseFeatures.caseId, caseId));
}
