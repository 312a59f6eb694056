import { asc, eq, sql } from 'drizzle-orm';
import { type Database, onlyRow } from '../../platform/database.ts';
import { policies } from '../../platform/tables.ts';

export type PolicyRow = typeof policies.$inferSelect;

/** Policies are put in force one after the other. */
export async function lockPolicies(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('homeward-policies'))`);
}

export async function insertPolicy(
  db: Database,
  policy: { name: string; contentHash: string; frequencyTableId: string; document: unknown },
): Promise<PolicyRow> {
  return onlyRow(await db.insert(policies).values(policy).returning());
}

export async function activatePolicy(db: Database, id: string): Promise<void> {
  await db.update(policies).set({ active: false }).where(eq(policies.active, true));
  await db.update(policies).set({ active: true }).where(eq(policies.id, id));
}

export async function findActivePolicy(db: Database): Promise<PolicyRow | null> {
  const [row] = await db.select().from(policies).where(eq(policies.active, true));
  return row ?? null;
}

export async function findPolicyById(db: Database, id: string): Promise<PolicyRow | null> {
  const [row] = await db.select().from(policies).where(eq(policies.id, id));
  return row ?? null;
}

export function listPolicies(db: Database): Promise<PolicyRow[]> {
  return db.select().from(policies).orderBy(asc(policies.createdAt));
}
