import postgres from 'postgres';
import t, { type Test } from 'tap';
import { openDatabases } from '../../src/platform/databases.ts';
import { upgradeDatabase } from '../../src/platform/database-upgrade.ts';
import { openLog } from '../../src/platform/log.ts';
import { openQueueBackend } from '../../src/platform/queue.ts';
import { asPolice } from '../../src/platform/scope.ts';
import { startServer } from '../servers.ts';

const server = await startServer(t);
const superuser = postgres(server.url, { max: 1, onnotice: () => undefined });
t.teardown(() => superuser.end());
await superuser`create role an_owner login createrole password 'o'`;

/** A database of an owner who is no superuser, and a login that owns nothing. */
async function makeDatabase(name: string): Promise<{ ownerUrl: string; databaseUrl: string }> {
  await superuser.unsafe(`create database ${name} owner an_owner`);
  await superuser.unsafe(`create role ${name}_login login noinherit password 'l'`);
  const urlOf = (login: string, password: string): string => {
    const url = new URL(server.url);
    return Object.assign(url, { username: login, password, pathname: `/${name}` }).href;
  };
  return { ownerUrl: urlOf('an_owner', 'o'), databaseUrl: urlOf(`${name}_login`, 'l') };
}

async function upgrade(databaseUrl: string, ownerUrl?: string): Promise<string[]> {
  const lines: string[] = [];
  const log = openLog('debug', { write: (line: string) => lines.push(line) });
  await upgradeDatabase({ databaseUrl, ownerUrl }, { withQueue: true, log });
  return lines;
}

/** That each part can read what it needs, and offer a job. */
async function checkService(t: Test, url: string): Promise<void> {
  const databases = openDatabases(url, 1);
  const errors: Error[] = [];
  const queues = await openQueueBackend({ databaseUrl: url, onError: (e) => errors.push(e) });
  try {
    const { engine, laboratory, gate, auditor, scoped } = databases;
    await engine.execute('select from profiles');
    await laboratory.execute('select from candidate_matches');
    await gate.execute('select from api_keys');
    await auditor.execute('select from audit_entries');
    await asPolice(scoped, '51', (tx) => tx.execute('select from cases'));
    await queues.openQueue<{ id: number }>('work').add('work', { id: 1 });
    t.same(errors, []);
  } finally {
    await queues.close();
    await databases.close();
  }
}

t.test('an owner who is no superuser prepares the database for a login', async (t) => {
  const { ownerUrl, databaseUrl } = await makeDatabase('first');
  await t.rejects(upgrade(databaseUrl), {
    code: 'DATABASE_UNAVAILABLE',
    message: 'DATABASE_OWNER_URL',
  });
  t.same(await upgrade(databaseUrl, ownerUrl), [], 'no warning');
  t.same(await upgrade(databaseUrl), [], 'afterwards the login does without the owner');
  await checkService(t, databaseUrl);
  t.same(await upgrade(databaseUrl, ownerUrl), [], 'and again, with what the queue has made');

  const owner = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  await owner`set row_security = on`;
  await owner`insert into collection_points (code, name, division) values ('P', 'P', '510100')`.then(
    () => t.fail('the owner wrote past the fence'),
    (error: unknown) => t.match(error, { code: '42501' }),
  );
  await owner.end();

  const other = await makeDatabase('second');
  t.same(await upgrade(other.databaseUrl, other.ownerUrl), [], 'another database of the cluster');
  await checkService(t, other.databaseUrl);
});

t.test('an older database asks for its owner', async (t) => {
  const { ownerUrl, databaseUrl } = await makeDatabase('older');
  await upgrade(databaseUrl, ownerUrl);
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  await owner`delete from drizzle.__drizzle_migrations
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`;
  await owner.end();
  await t.rejects(upgrade(databaseUrl), {
    code: 'DATABASE_UNAVAILABLE',
    message: 'run `homeward migrate` with DATABASE_OWNER_URL',
  });
});

t.test('a login that owns the tables works under the roles, and is warned of', async (t) => {
  const { ownerUrl } = await makeDatabase('owned');
  for (const start of ['first', 'second']) {
    t.match(await upgrade(ownerUrl), [/logs in as the owner/], `${start} start`);
  }
  await checkService(t, ownerUrl);
  t.match(await upgrade(server.url), [/or as a superuser/]);
  await checkService(t, server.url);
});
