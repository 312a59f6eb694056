import { fileURLToPath } from 'node:url';
import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { findPackageRoot } from './data-dir.ts';
import { type DatabaseRole, grantRoles, makeRoles, readLogin } from './database-roles.ts';
import { HomewardError } from './errors.ts';
import { prepareStatements } from './prepared-statements.ts';

/** The database, or a transaction in it: whatever a repository can run its SQL on. */
export type Database = PostgresJsDatabase;

/** The database itself, which can stream rows too. */
export type ConnectedDatabase = Database & { readonly $client: postgres.Sql };

/** `column = any(values)`: one parameter for any number of values. */
export function isAnyOf(
  column: PgColumn | SQL,
  values: readonly string[],
  type: 'text' | 'uuid',
): SQL {
  return sql`${column} = any(${sql.param([...values])}::${sql.raw(type)}[])`;
}

/**
 * A column of any number of rows as one parameter, for `insert … select … from unnest(…)`: a parameter for
 * every value costs the process and PostgreSQL more than all else that is done with a row.
 * @param type of an element; the driver writes no other right in an array: send them as text
 */
export function asArray(
  values: readonly (string | number | null)[],
  type: 'smallint' | 'text' | 'uuid',
): SQL {
  return sql`${sql.param([...values])}::${sql.raw(type)}[]`;
}

export type DatabaseConnection = { readonly db: ConnectedDatabase; close(): Promise<void> };

/** Waits until nobody else holds the lock of this name, and holds it until the transaction ends. */
export async function lockByName(tx: Database, name: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/** @returns false when somebody else holds the lock of this name; true until the transaction ends */
export async function tryLockByName(tx: Database, name: string): Promise<boolean> {
  const rows = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as locked`,
  );
  return onlyRow(rows).locked;
}

/**
 * What all of the parts of one transaction come to, which go side by side. Where one fails the others are
 * waited for: what they would write after the end of the transaction would stand outside of it.
 */
export async function allOf<const Parts extends readonly Promise<unknown>[]>(
  parts: Parts,
): Promise<{ -readonly [Part in keyof Parts]: Awaited<Parts[Part]> }> {
  try {
    return await Promise.all(parts);
  } finally {
    await Promise.allSettled(parts);
  }
}

/**
 * Has PostgreSQL find rows by index, until the transaction ends, for those who write many. Each session keeps
 * its plans of foreign keys and policies: one that was made while a table was small reads it whole for every
 * row that refers to it, until the statistics are taken anew. Where there is no index it reads the table still.
 */
export async function findByIndex(tx: Database): Promise<void> {
  await tx.execute(sql`set local enable_seqscan = off`);
}

/** The row of a statement that always returns one. */
export function onlyRow<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new Error('a statement returned no row');
  return row;
}

/**
 * Opens a pool; the first query connects. Values of dates come back as Date, in UTC.
 * @param role taken by every connection; without one it has the rights of its login
 */
export function openDatabase(
  url: string,
  { connections = 10, role }: { connections?: number; role?: DatabaseRole } = {},
): DatabaseConnection {
  const client = postgres(url, {
    max: connections,
    connection: { application_name: 'homeward', TimeZone: 'UTC', ...(role && { role }) },
    onnotice: () => undefined,
  });
  return {
    db: drizzle(prepareStatements(client), { casing: 'snake_case' }),
    close: () => client.end({ timeout: 5 }),
  };
}

/**
 * Brings the schema up to date. Several processes may do so at once: one works, the others wait.
 * @param ownerUrl its login owns the tables, or may make them, and may make roles
 * @param login may take the roles afterwards; the owner where none is given
 */
export async function migrateDatabase(ownerUrl: string, login?: string): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await owner`select pg_advisory_lock(hashtext('homeward-migrations'))`;
    await makeRoles(owner);
    // Row-level security holds for the owner too: a migration that it would mislead fails instead.
    await owner`set row_security = off`;
    await migrate(drizzle(owner), { migrationsFolder: migrationsFolder() });
    await grantRoles(owner, login ?? (await readLogin(owner)).name);
  } catch (error) {
    throw describeFailure(error);
  } finally {
    await owner.end({ timeout: 5 });
  }
}

/** What went wrong with a database, as the service says it. */
export function describeFailure(error: unknown): HomewardError {
  if (error instanceof HomewardError) return error;
  // A failed statement is wrapped with its text; the reason is what it was caused by.
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const isForbidden = reason instanceof postgres.PostgresError && reason.code === '42501';
  return new HomewardError(
    'DATABASE_UNAVAILABLE',
    `The database cannot be brought up to date: ${String(reason)}.` +
      (isForbidden ? ' DATABASE_OWNER_URL names a login that may (docs/operations.md).' : ''),
  );
}

export function migrationsFolder(): string {
  return fileURLToPath(new URL('migrations/', `file://${findPackageRoot()}/`));
}
