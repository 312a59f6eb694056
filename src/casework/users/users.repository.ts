import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { users } from '../../platform/access-tables.ts';

export type UserRow = typeof users.$inferSelect;
export type NewUser = typeof users.$inferInsert;

/** @returns false when the issuer's subject is registered already and not disabled */
export async function insertUser(db: Database, user: NewUser): Promise<boolean> {
  const added = await db
    .insert(users)
    .values(user)
    .onConflictDoNothing({
      target: [users.issuer, users.subject],
      where: isNull(users.disabledAt),
    })
    .returning({ id: users.id });
  return added.length > 0;
}

export async function findActiveUser(
  db: Database,
  issuer: string,
  subject: string,
): Promise<UserRow | null> {
  const isTheirs = and(eq(users.issuer, issuer), eq(users.subject, subject));
  const [row] = await db
    .select()
    .from(users)
    .where(and(isTheirs, isNull(users.disabledAt)));
  return row ?? null;
}

export function listUsers(db: Database): Promise<UserRow[]> {
  return db.select().from(users).orderBy(asc(users.createdAt), asc(users.id));
}

/** @returns false when there is nobody of that id who was not disabled */
export async function disableUser(db: Database, id: string): Promise<boolean> {
  const disabled = await db
    .update(users)
    .set({ disabledAt: new Date() })
    .where(and(eq(users.id, id), isNull(users.disabledAt)))
    .returning({ id: users.id });
  return disabled.length > 0;
}
