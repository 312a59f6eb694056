import { and, eq, gt, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '../../platform/database.ts';
import { sessions, signIns, users } from '../../platform/access-tables.ts';
import { IDLE_SECONDS, SESSION_SECONDS, SIGN_IN_SECONDS } from './lifetimes.ts';

export type SignInRow = typeof signIns.$inferSelect;
export type SessionRow = {
  readonly user: typeof users.$inferSelect;
  readonly endsAt: Date;
};

/** All ages are by the database's clock: several processes share the rows. */
const since = (seconds: number): SQL => sql`now() - make_interval(secs => ${seconds})`;
const isOlder = (moment: PgColumn, seconds: number): SQL => lt(moment, since(seconds));

export async function insertSignIn(
  db: Database,
  signIn: Omit<SignInRow, 'createdAt'>,
): Promise<void> {
  await db.insert(signIns).values(signIn);
}

/** Takes a sign-in away, so that it is finished once. @returns null when there is none, or none any more */
export async function takeSignIn(
  db: Database,
  { tokenHash, state }: { tokenHash: string; state: string },
): Promise<SignInRow | null> {
  const isIt = and(eq(signIns.tokenHash, tokenHash), eq(signIns.state, state));
  const [row] = await db
    .delete(signIns)
    .where(and(isIt, gt(signIns.createdAt, since(SIGN_IN_SECONDS))))
    .returning();
  return row ?? null;
}

export async function insertSession(
  db: Database,
  session: { tokenHash: string; userId: string },
): Promise<void> {
  await db.insert(sessions).values(session);
}

/** A session that is neither idle nor over, of somebody who is not disabled. */
export async function findSession(db: Database, tokenHash: string): Promise<SessionRow | null> {
  const [row] = await db
    .select({ user: users, createdAt: sessions.createdAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.tokenHash, tokenHash),
        gt(sessions.lastSeenAt, since(IDLE_SECONDS)),
        gt(sessions.createdAt, since(SESSION_SECONDS)),
        isNull(users.disabledAt),
      ),
    );
  if (!row) return null;
  return { user: row.user, endsAt: new Date(row.createdAt.getTime() + SESSION_SECONDS * 1_000) };
}

export async function touchSession(db: Database, tokenHash: string): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(eq(sessions.tokenHash, tokenHash));
}

export async function deleteSession(db: Database, tokenHash: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash));
}

/** Removes what is over: sessions, and sign-ins that nobody finished. */
export async function deleteOver(db: Database): Promise<void> {
  await db.delete(signIns).where(isOlder(signIns.createdAt, SIGN_IN_SECONDS));
  await db
    .delete(sessions)
    .where(
      or(isOlder(sessions.lastSeenAt, IDLE_SECONDS), isOlder(sessions.createdAt, SESSION_SECONDS)),
    );
}
