import { and, asc, eq, gte, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { type Database, isAnyOf, onlyRow } from '../../platform/database.ts';
import { families, profiles, samples } from '../../platform/tables.ts';
import type { SealedGenotypes } from './sealed-genotypes.ts';
import type { StoredProfile } from './stored-profile.ts';

/** A stored profile as it lies in its table. */
export type SealedProfile = Omit<StoredProfile, 'profile'> & SealedGenotypes;

const COLUMNS = {
  profileId: profiles.id,
  sampleId: profiles.sampleId,
  caseId: samples.caseId,
  familyId: samples.familyId,
  relation: samples.relation,
  genotypes: profiles.genotypes,
  keyPageId: profiles.keyPageId,
  keySlot: profiles.keySlot,
};

/** Profiles by their ids, superseded ones too: results name what they were computed of. */
export async function findProfiles(
  db: Database,
  profileIds: readonly string[],
): Promise<SealedProfile[]> {
  if (profileIds.length === 0) return [];
  return selectProfiles(db, isAnyOf(profiles.id, profileIds, 'uuid'));
}

/**
 * People of unknown origin in a range of sample ids.
 * @param to the first id behind the range; null: to the end
 */
export async function findUnknownsBetween(
  db: Database,
  from: string,
  to: string | null,
): Promise<SealedProfile[]> {
  return selectCurrent(
    db,
    isNull(samples.familyId),
    gte(samples.id, from),
    to === null ? undefined : lt(samples.id, to),
  );
}

/**
 * The profiles of whole families. The families are locked against new members and more loci until the
 * transaction ends, so that what is judged is what the family consists of.
 */
export async function lockFamilyProfiles(
  tx: Database,
  familyIds: readonly string[],
): Promise<SealedProfile[]> {
  if (familyIds.length === 0) return [];
  await tx
    .select({ id: families.id })
    .from(families)
    .where(isAnyOf(families.id, familyIds, 'uuid'))
    .orderBy(asc(families.id))
    .for('share');
  return findFamilyProfiles(tx, familyIds);
}

/**
 * Locks people against being withdrawn, and against more loci, until the transaction ends; those who were
 * withdrawn are left out.
 */
export async function lockProfilesOfSamples(
  tx: Database,
  sampleIds: readonly string[],
): Promise<SealedProfile[]> {
  if (sampleIds.length === 0) return [];
  await tx
    .select({ id: samples.id })
    .from(samples)
    .where(isAnyOf(samples.id, sampleIds, 'uuid'))
    .orderBy(asc(samples.id))
    .for('share');
  return selectCurrent(tx, isAnyOf(profiles.sampleId, sampleIds, 'uuid'));
}

/** The ids of a sample's profiles, those superseded included. */
export async function findProfileIds(db: Database, sampleId: string): Promise<string[]> {
  const rows = await db
    .select({ id: profiles.id })
    .from(profiles)
    .where(eq(profiles.sampleId, sampleId));
  return rows.map(({ id }) => id);
}

/** Removes a sample's profiles, those superseded included. */
export async function deleteProfiles(tx: Database, sampleId: string): Promise<SealedGenotypes[]> {
  const { genotypes, keyPageId, keySlot } = profiles;
  return tx
    .delete(profiles)
    .where(eq(profiles.sampleId, sampleId))
    .returning({ sampleId: profiles.sampleId, genotypes, keyPageId, keySlot });
}

/** The profiles of whole families as they stand now. */
export async function findFamilyProfiles(
  db: Database,
  familyIds: readonly string[],
): Promise<SealedProfile[]> {
  if (familyIds.length === 0) return [];
  return selectCurrent(db, isAnyOf(samples.familyId, familyIds, 'uuid'));
}

function selectCurrent(db: Database, ...conditions: (SQL | undefined)[]): Promise<SealedProfile[]> {
  return selectProfiles(db, and(isNull(profiles.supersededBy), ...conditions));
}

function selectProfiles(db: Database, condition: SQL | undefined): Promise<SealedProfile[]> {
  return db
    .select(COLUMNS)
    .from(profiles)
    .innerJoin(samples, eq(samples.id, profiles.sampleId))
    .where(condition);
}

/** How many people of unknown origin and how many families there are: asked often, and cheap. */
export async function countSides(db: Database): Promise<{ unknowns: number; families: number }> {
  const rows = await db.execute<{ unknowns: number; families: number }>(sql`
    select (select count(*)::int from ${samples} where family_id is null) as unknowns,
      (select count(*)::int from ${families}) as families`);
  return onlyRow(rows);
}

/** How many people and families there are to be compared. */
export async function countDatabase(db: Database): Promise<DatabaseSize> {
  const rows = await db.execute<DatabaseSize>(sql`
    select count(*) filter (where family_id is null)::int as unknowns,
      count(family_id)::int as relatives,
      (select count(*)::int from ${families}) as families,
      count(*) filter (where relation = 'father')::int as fathers,
      count(*) filter (where relation = 'mother')::int as mothers,
      (count(*) filter (where relation in ('father', 'mother'))
        - count(distinct family_id) filter (where relation in ('father', 'mother')))::int as couples,
      (count(distinct family_id) filter (where relation not in ('father', 'mother')))::int
        as "widerFamilies"
    from ${samples}`);
  return onlyRow(rows);
}

export type DatabaseSize = {
  unknowns: number;
  relatives: number;
  families: number;
  fathers: number;
  mothers: number;
  /** Families with father and mother. */
  couples: number;
  /** Families with somebody who is no parent. */
  widerFamilies: number;
};
