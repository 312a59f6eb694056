import { readMigrationFiles } from 'drizzle-orm/migrator';
import postgres from 'postgres';
import type { Logger } from 'pino';
import { describeFailure, migrateDatabase, migrationsFolder } from './database.ts';
import { type DatabaseRole, readLogin } from './database-roles.ts';
import { HomewardError } from './errors.ts';
import { migrateQueue } from './queue.ts';

type Urls = {
  /** Of the login that the service works with. */
  readonly databaseUrl: string;
  /** Of the login that owns the tables; absent: the service's own, if that may. */
  readonly ownerUrl: string | undefined;
};

/**
 * Brings tables, roles and the queue's tables up to date, where a login is at hand that may; else checks
 * that they are.
 * @throws HomewardError DATABASE_UNAVAILABLE
 */
export async function upgradeDatabase(
  { databaseUrl, ownerUrl }: Urls,
  { withQueue, log }: { withQueue: boolean; log: Logger },
): Promise<void> {
  const login = await withClient(databaseUrl, undefined, readLogin);
  if (ownerUrl === undefined && login.tables === 'foreign') {
    await checkMigrated(databaseUrl);
    return;
  }
  const owner = ownerUrl ?? databaseUrl;
  await migrateDatabase(owner, login.name);
  if (withQueue) await migrateQueue(owner);
  if (ownerUrl === undefined || login.isUnfenced || login.tables === 'own') {
    log.warn(
      'DATABASE_URL logs in as the owner of the tables or as a superuser: the service acts under its ' +
        'roles, but this login is not held by them; see "Database roles" in docs/operations.md',
    );
  }
}

/** What a login sees that was granted nothing, of a database that was prepared for nobody. */
const UNPREPARED = new Set(['42501', '22023', '42P01', '3F000']);

async function checkMigrated(databaseUrl: string): Promise<void> {
  const wanted = readMigrationFiles({ migrationsFolder: migrationsFolder() }).at(-1);
  const last = await withClient(databaseUrl, 'homeward_engine', async (client) => {
    const [row] = await client<{ at: string | null }[]>`
      select max(created_at) as at from drizzle.__drizzle_migrations`;
    return Number(row?.at ?? 0);
  }).catch((error: unknown) => {
    if (error instanceof postgres.PostgresError && UNPREPARED.has(error.code)) return 0;
    throw error;
  });
  if (last >= (wanted?.folderMillis ?? 0)) return;
  throw new HomewardError(
    'DATABASE_UNAVAILABLE',
    'The database is not prepared for this release, and the login of DATABASE_URL may not do it: run ' +
      '`homeward migrate` with DATABASE_OWNER_URL.',
  );
}

async function withClient<Result>(
  url: string,
  role: DatabaseRole | undefined,
  use: (client: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const connection = { application_name: 'homeward', ...(role && { role }) };
  const client = postgres(url, { max: 1, connection, onnotice: () => undefined });
  try {
    return await use(client);
  } catch (error) {
    throw error instanceof postgres.PostgresError ? error : describeFailure(error);
  } finally {
    await client.end({ timeout: 5 });
  }
}
