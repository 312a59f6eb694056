import { sql } from 'drizzle-orm';
import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';
import type { DatabaseRole } from './database-roles.ts';

/** Runs a transaction that sees and writes what belongs to one collection point, and nothing else. */
export function asCollectionPoint<Result>(
  db: Database,
  collectionPointId: string,
  run: (tx: Database) => Promise<Result>,
  config?: PgTransactionConfig,
): Promise<Result> {
  return inScope(
    db,
    'homeward_collection_point',
    { name: 'homeward.collection_point_id', value: collectionPointId },
    run,
    config,
  );
}

/**
 * Runs a transaction that sees the cases of a jurisdiction, and nothing else.
 * @param jurisdiction leading digits of the division codes
 */
export function asPolice<Result>(
  db: Database,
  jurisdiction: string,
  run: (tx: Database) => Promise<Result>,
  config?: PgTransactionConfig,
): Promise<Result> {
  return inScope(
    db,
    'homeward_police',
    { name: 'homeward.jurisdiction', value: jurisdiction },
    run,
    config,
  );
}

/**
 * Within a transaction of a collection point, shows it the cases of these numbers and their families, though another
 * opened them; nobody in them.
 */
export async function presentCases(tx: Database, numbers: readonly string[]): Promise<void> {
  await tx.execute(sql`select set_config('homeward.case_numbers', ${numbers.join(',')}, true)`);
}

/**
 * Within a transaction of a collection point, asks what only the registrar sees: whether a case goes on, and who is
 * in its family already. What is asked for is answered to nobody else.
 */
export async function asRegistrar<Result>(
  tx: Database,
  ask: (tx: Database) => Promise<Result>,
): Promise<Result> {
  await takeRole(tx, 'homeward_registrar');
  const answer = await ask(tx);
  await takeRole(tx, 'homeward_collection_point');
  return answer;
}

async function takeRole(tx: Database, role: DatabaseRole): Promise<void> {
  await tx.execute(sql`select set_config('role', ${role}, true)`);
}

/** Role and setting end with the transaction: the next one of the connection has neither. */
function inScope<Result>(
  db: Database,
  role: DatabaseRole,
  { name, value }: { name: string; value: string },
  run: (tx: Database) => Promise<Result>,
  config?: PgTransactionConfig,
): Promise<Result> {
  return db.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('role', ${role}, true), set_config(${name}, ${value}, true)`,
    );
    return run(tx);
  }, config);
}
