import { and, asc, eq, gte, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { unpackAlleles, unpackProfile } from '../../formats/packed-profile.ts';
import type { Relation } from '../../formats/relation.ts';
import { LOCI } from '../../kinship/index.ts';
import { copyRows } from '../../platform/copy-rows.ts';
import {
  type ConnectedDatabase,
  type Database,
  isAnyOf,
  onlyRow,
} from '../../platform/database.ts';
import { families, profiles, samples } from '../../platform/tables.ts';
import type { AlleleRow } from '../../search/index.ts';
import type { StoredProfile } from './stored-profile.ts';

/** What had committed when it was taken; written as PostgreSQL writes it, such as `740:742:740`. */
export type CommitSnapshot = string;

const COLUMNS = {
  profileId: profiles.id,
  sampleId: profiles.sampleId,
  caseId: samples.caseId,
  familyId: samples.familyId,
  relation: samples.relation,
  genotypes: profiles.genotypes,
};

/** Somebody who can be compared, as the index takes them in. */
export type ComparedSample = {
  readonly sampleId: string;
  readonly familyId: string | null;
  readonly relation: Relation | null;
  /** Overwritten with the next person. */
  readonly alleles: AlleleRow;
};

/**
 * Streams the people whose profiles had committed by now and had not by `since`, in no order, and
 * returns the snapshot to ask from next. Exact whatever the order of commits: a row counts as new
 * when the transaction that wrote it was not visible in the earlier snapshot. Without `since`,
 * everybody. Who cannot be read is left out, as everywhere.
 */
export async function streamProfilesSince(
  db: ConnectedDatabase,
  since: CommitSnapshot | null,
  onSample: (sample: ComparedSample) => void,
): Promise<CommitSnapshot> {
  const alleles = new Uint16Array(2 * LOCI.length);
  return db.$client.begin('isolation level repeatable read read only', async (tx) => {
    // Joined in memory, everybody comes in the order of storage, and families together.
    if (since === null) await tx`set local work_mem = '256MB'`;
    const { snapshot } = onlyRow(
      await tx<{ snapshot: string }[]>`select pg_current_snapshot()::text as snapshot`,
    );
    const query = `
      select p.sample_id::text, s.family_id::text, s.relation, p.genotypes
      from profiles p join samples s on s.id = p.sample_id where ${notVisibleIn(since)}`;
    await copyRows(tx, query, 4, (row) => {
      if (!isReadable(row.bytes(3), alleles)) return;
      onSample({
        sampleId: row.text(0),
        familyId: row.isNull(1) ? null : row.text(1),
        relation: row.isNull(2) ? null : (row.text(2) as Relation),
        alleles,
      });
    });
    return snapshot;
  });
}

/** The first condition is implied by the second; it lets the index skip what is long known. */
function notVisibleIn(since: CommitSnapshot | null): string {
  if (since === null) return 'true';
  if (!/^\d+:\d+:[\d,]*$/.test(since)) throw new Error(`${since} is no snapshot`);
  return `p.written_in >= pg_snapshot_xmin('${since}'::pg_snapshot)
    and not pg_visible_in_snapshot(p.written_in, '${since}'::pg_snapshot)`;
}

function isReadable(genotypes: Uint8Array, alleles: AlleleRow): boolean {
  try {
    unpackAlleles(genotypes, alleles);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export async function findProfiles(
  db: Database,
  profileIds: readonly string[],
): Promise<StoredProfile[]> {
  if (profileIds.length === 0) return [];
  return selectProfiles(db, isAnyOf(profiles.id, profileIds, 'uuid'));
}

export async function findProfilesOfSamples(
  db: Database,
  sampleIds: readonly string[],
): Promise<StoredProfile[]> {
  if (sampleIds.length === 0) return [];
  return selectProfiles(db, isAnyOf(profiles.sampleId, sampleIds, 'uuid'));
}

/**
 * People of unknown origin in a range of sample ids.
 * @param to the first id behind the range; null: to the end
 */
export async function findUnknownsBetween(
  db: Database,
  from: string,
  to: string | null,
): Promise<StoredProfile[]> {
  const condition = and(
    isNull(samples.familyId),
    gte(samples.id, from),
    to === null ? undefined : lt(samples.id, to),
  );
  return condition ? selectProfiles(db, condition) : [];
}

/**
 * The profiles of whole families. The families are locked against new members until the
 * transaction ends, so that what is judged is what the family consists of.
 */
export async function lockFamilyProfiles(
  tx: Database,
  familyIds: readonly string[],
): Promise<StoredProfile[]> {
  if (familyIds.length === 0) return [];
  await tx
    .select({ id: families.id })
    .from(families)
    .where(isAnyOf(families.id, familyIds, 'uuid'))
    .orderBy(asc(families.id))
    .for('share');
  return findFamilyProfiles(tx, familyIds);
}

/** The profiles of whole families as they stand now. */
export async function findFamilyProfiles(
  db: Database,
  familyIds: readonly string[],
): Promise<StoredProfile[]> {
  if (familyIds.length === 0) return [];
  return selectProfiles(db, isAnyOf(samples.familyId, familyIds, 'uuid'));
}

async function selectProfiles(db: Database, condition: SQL): Promise<StoredProfile[]> {
  const rows = await db
    .select(COLUMNS)
    .from(profiles)
    .innerJoin(samples, eq(samples.id, profiles.sampleId))
    .where(condition);
  return rows.flatMap(toStored);
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

/**
 * A row whose bytes cannot be read is left out, so that it hinders nobody else's search; the
 * request to search it fails and is seen.
 */
function toStored({
  genotypes,
  ...row
}: Omit<StoredProfile, 'profile'> & { genotypes: Uint8Array }): StoredProfile[] {
  try {
    return [{ ...row, profile: unpackProfile(genotypes) }];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
