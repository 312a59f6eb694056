import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { asArray, type Database, isAnyOf, lockByName } from '../../platform/database.ts';
import { samples } from '../../platform/tables.ts';
import { consents } from '../../platform/vault-tables.ts';
import type { Consent } from './consent.ts';

export type ConsentRow = typeof consents.$inferSelect;

/** Consents of one collection point are recorded one list after the other. */
export async function lockConsents(tx: Database, collectionPointId: string): Promise<void> {
  await lockByName(tx, `consents ${collectionPointId}`);
}

/** All that were ever given for these codes, the oldest first. */
export async function findConsents(
  db: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<ConsentRow[]> {
  if (codes.length === 0) return [];
  return db
    .select()
    .from(consents)
    .where(
      and(
        eq(consents.collectionPointId, collectionPointId),
        isAnyOf(consents.sampleCode, codes, 'text'),
      ),
    )
    .orderBy(asc(consents.recordedAt), asc(consents.id));
}

export async function insertConsents(
  tx: Database,
  collectionPointId: string,
  given: readonly Consent[],
): Promise<void> {
  if (given.length === 0) return;
  await tx.execute(sql`
    insert into ${consents} (collection_point_id, sample_code, version, purpose, signer, signed_on, age_years,
      deceased, retain_until)
    select ${collectionPointId}::uuid, code, version, purpose, signer, signed_on::date, age_years,
      deceased::boolean, retain_until::date
    from unnest(
      ${asArray(given.map(({ sampleCode }) => sampleCode), 'text')},
      ${asArray(given.map(({ version }) => version), 'text')},
      ${asArray(given.map(({ purpose }) => purpose), 'text')},
      ${asArray(given.map(({ signer }) => signer), 'text')},
      ${asArray(given.map(({ signedOn }) => signedOn), 'text')},
      ${asArray(given.map(({ ageYears }) => ageYears), 'smallint')},
      ${asArray(given.map(({ deceased }) => String(deceased)), 'text')},
      ${asArray(given.map(({ retainUntil }) => retainUntil), 'text')})
      as c (code, version, purpose, signer, signed_on, age_years, deceased, retain_until)`); // prettier-ignore
}

/**
 * The codes among these for which a consent stands: neither withdrawn nor past its retention. Asked for one by
 * one: by its statistics PostgreSQL may take it for cheaper to read the consents of everybody.
 */
export async function findConsentedCodes(
  db: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<string[]> {
  if (codes.length === 0) return [];
  const rows = await db.execute<{ code: string }>(sql`
    select code from unnest(${asArray(codes, 'text')}) code
    cross join lateral (
      select from ${consents}
      where ${eq(consents.collectionPointId, collectionPointId)} and ${consents.sampleCode} = code
        and ${isNull(consents.withdrawnAt)} and ${consents.retainUntil} >= current_date
      limit 1) standing`);
  return rows.map(({ code }) => code);
}

export async function markWithdrawn(tx: Database, sampleIds: readonly string[]): Promise<void> {
  if (sampleIds.length === 0) return;
  await tx
    .update(consents)
    .set({ withdrawnAt: sql`now()` })
    .from(samples)
    .where(
      and(
        isAnyOf(samples.id, sampleIds, 'uuid'),
        eq(consents.collectionPointId, samples.collectionPointId),
        eq(consents.sampleCode, samples.code),
        isNull(consents.withdrawnAt),
      ),
    );
}
