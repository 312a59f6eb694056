import { asc, eq } from 'drizzle-orm';
import { type Database, isAnyOf } from '../../platform/database.ts';
import { staffProfiles } from '../../platform/tables.ts';

export type StaffProfileRow = typeof staffProfiles.$inferSelect;

/** @returns false when the code is taken */
export async function insertStaffProfile(
  tx: Database,
  profile: typeof staffProfiles.$inferInsert,
): Promise<boolean> {
  const added = await tx
    .insert(staffProfiles)
    .values(profile)
    .onConflictDoNothing({ target: staffProfiles.code })
    .returning({ id: staffProfiles.id });
  return added.length > 0;
}

export async function findByCode(db: Database, code: string): Promise<StaffProfileRow | null> {
  const [row] = await db.select().from(staffProfiles).where(eq(staffProfiles.code, code));
  return row ?? null;
}

export async function listStaffProfiles(db: Database): Promise<StaffProfileRow[]> {
  return db.select().from(staffProfiles).orderBy(asc(staffProfiles.code));
}

export async function findStaffProfiles(
  db: Database,
  ids: readonly string[],
): Promise<StaffProfileRow[]> {
  if (ids.length === 0) return [];
  return db
    .select()
    .from(staffProfiles)
    .where(isAnyOf(staffProfiles.id, ids, 'uuid'));
}

/** Locks profiles against being removed until the transaction ends; those that were are left out. */
export async function lockStaffProfiles(
  tx: Database,
  ids: readonly string[],
): Promise<StaffProfileRow[]> {
  if (ids.length === 0) return [];
  return tx
    .select()
    .from(staffProfiles)
    .where(isAnyOf(staffProfiles.id, ids, 'uuid'))
    .orderBy(asc(staffProfiles.id))
    .for('share');
}

/** Locks a profile that is to be removed; null when there is none. */
export async function lockByCode(tx: Database, code: string): Promise<StaffProfileRow | null> {
  const [row] = await tx
    .select()
    .from(staffProfiles)
    .where(eq(staffProfiles.code, code))
    .for('update');
  return row ?? null;
}

export async function deleteStaffProfile(tx: Database, id: string): Promise<void> {
  await tx.delete(staffProfiles).where(eq(staffProfiles.id, id));
}
