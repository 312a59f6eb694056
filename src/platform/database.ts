import { fileURLToPath } from 'node:url';
import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { findPackageRoot } from './data-dir.ts';
import { HomewardError } from './errors.ts';
import { prepareStatements } from './prepared-statements.ts';

/** The database, or a transaction in it: whatever a repository can run its SQL on. */
export type Database = PostgresJsDatabase;

/** The database itself, which can stream rows too. */
export type ConnectedDatabase = Database & { readonly $client: postgres.Sql };

/** `column = any(values)`: one parameter for any number of values. */
export function isAnyOf(column: PgColumn, values: readonly string[], type: 'text' | 'uuid'): SQL {
  return sql`${column} = any(${sql.param([...values])}::${sql.raw(type)}[])`;
}

export type DatabaseConnection = { readonly db: ConnectedDatabase; close(): Promise<void> };

/** The row of a statement that always returns one. */
export function onlyRow<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new Error('a statement returned no row');
  return row;
}

/** Opens a pool; the first query connects. Values of dates come back as Date, in UTC. */
export function openDatabase(url: string, connections = 10): DatabaseConnection {
  const client = postgres(url, {
    max: connections,
    connection: { application_name: 'homeward', TimeZone: 'UTC' },
    onnotice: () => undefined,
  });
  return {
    db: drizzle(prepareStatements(client), { casing: 'snake_case' }),
    close: () => client.end({ timeout: 5 }),
  };
}

/**
 * Brings the schema up to date. Several processes may do so at once: one works, the others wait.
 * @throws HomewardError DATABASE_UNAVAILABLE
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await client`select pg_advisory_lock(hashtext('homeward-migrations'))`;
    await migrate(drizzle(client), { migrationsFolder: fileURLToPath(migrationsFolder()) });
  } catch (error) {
    // A failed statement is wrapped with its text; the reason is what it was caused by.
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new HomewardError(
      'DATABASE_UNAVAILABLE',
      `The database cannot be brought up to date: ${String(reason)}.`,
    );
  } finally {
    await client.end({ timeout: 5 });
  }
}

function migrationsFolder(): URL {
  return new URL('migrations/', `file://${findPackageRoot()}/`);
}
