import { and, asc, eq } from 'drizzle-orm';
import type { KeyPlace } from '../../platform/crypto/record-keys.ts';
import { type Database, isAnyOf } from '../../platform/database.ts';
import { samples } from '../../platform/tables.ts';
import { identities } from '../../platform/vault-tables.ts';
import type { SealedIdentity } from './sealed-identity.ts';

export type IdentityRow = typeof identities.$inferSelect;

/** Somebody of a case; sealed columns are null where no identity was sent. */
export type PersonRow = {
  readonly sampleId: string;
  readonly relation: (typeof samples.$inferSelect)['relation'];
  readonly sealed: (SealedIdentity & KeyPlace) | null;
};

/** Locks samples of a collection point, so that nobody removes them meanwhile; ids by their codes. */
export async function lockSamples(
  tx: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx
    .select({ id: samples.id, code: samples.code })
    .from(samples)
    .where(
      and(eq(samples.collectionPointId, collectionPointId), isAnyOf(samples.code, codes, 'text')),
    )
    .orderBy(asc(samples.id))
    .for('no key update');
  return new Map(rows.map(({ id, code }) => [code, id]));
}

export async function findIdentity(
  db: Database,
  collectionPointId: string,
  code: string,
): Promise<IdentityRow | null> {
  const [row] = await db
    .select({ identity: identities })
    .from(identities)
    .innerJoin(samples, eq(samples.id, identities.sampleId))
    .where(and(eq(samples.collectionPointId, collectionPointId), eq(samples.code, code)));
  return row?.identity ?? null;
}

/** The numbers of identity cards, sealed, of those of a collection point's samples that have one. */
export async function findNationalIds(
  db: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<(KeyPlace & { code: string; sampleId: string; nationalId: Uint8Array })[]> {
  if (codes.length === 0) return [];
  const { sampleId, nationalId, keyPageId, keySlot } = identities;
  const rows = await db
    .select({ code: samples.code, sampleId, nationalId, keyPageId, keySlot })
    .from(identities)
    .innerJoin(samples, eq(samples.id, identities.sampleId))
    .where(
      and(eq(samples.collectionPointId, collectionPointId), isAnyOf(samples.code, codes, 'text')),
    );
  return rows.flatMap((row) => (row.nationalId ? [{ ...row, nationalId: row.nationalId }] : []));
}

/** Everybody of a case whose sample is kept; without photos. */
export async function findPeople(db: Database, caseId: string): Promise<PersonRow[]> {
  const { name, nationalId, phone, address, keyPageId, keySlot } = identities;
  const rows = await db
    .select({
      sampleId: samples.id,
      relation: samples.relation,
      sealed: { name, nationalId, phone, address, keyPageId, keySlot },
    })
    .from(samples)
    .leftJoin(identities, eq(identities.sampleId, samples.id))
    .where(eq(samples.caseId, caseId))
    .orderBy(asc(samples.relation), asc(samples.id));
  return rows.map(({ sealed, ...person }) => ({ ...person, sealed: sealed?.name ? sealed : null }));
}

/** Where the keys of these samples' identities stand. */
export async function findKeyPlaces(
  tx: Database,
  sampleIds: readonly string[],
): Promise<KeyPlace[]> {
  return tx
    .select({ keyPageId: identities.keyPageId, keySlot: identities.keySlot })
    .from(identities)
    .where(isAnyOf(identities.sampleId, sampleIds, 'uuid'));
}

export async function insertIdentities(
  tx: Database,
  rows: readonly (typeof identities.$inferInsert)[],
): Promise<void> {
  await tx.insert(identities).values([...rows]);
}

export async function deleteIdentities(tx: Database, sampleIds: readonly string[]): Promise<void> {
  await tx.delete(identities).where(isAnyOf(identities.sampleId, sampleIds, 'uuid'));
}
