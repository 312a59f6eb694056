import postgres from 'postgres';
import t from 'tap';
import { findCase } from '../../src/casework/cases/cases.repository.ts';
import { findBatch } from '../../src/casework/intake/batches.repository.ts';
import type { Database } from '../../src/platform/database.ts';
import { asCollectionPoint, asPolice } from '../../src/platform/scope.ts';
import {
  countRows,
  databases,
  FORBIDDEN,
  foreign,
  login,
  LOGIN,
  NAME,
  OURS,
  own,
  OWN_ROWS,
  owner,
  POINT,
  POLICE,
  readAll,
  readOwn,
  server,
  tables,
  takeScope,
  tryOut,
} from './fenced-database.ts';

/** What a withdrawal removes, what sign-in has no more use for, and open findings that more loci refute. */
const MAY_DELETE = [
  { role: 'homeward_collection_point', tables: ['vault.case_descriptions', 'vault.identities'] },
  { role: 'homeward_engine', tables: ['identity_findings'] },
  { role: 'homeward_gate', tables: ['request_nonces', 'sessions', 'sign_ins'] },
  {
    role: 'homeward_keeper',
    tables: [
      'canaries',
      'candidate_matches',
      'case_features',
      'families',
      'genotype_pages',
      'identity_findings',
      'profiles',
      'review_claims',
      'review_decisions',
      'review_notes',
      'samples',
      'search_requests',
      'staff_profiles',
      'sweep_candidates',
      'vault.case_descriptions',
      'vault.identities',
    ],
  },
  { role: 'homeward_laboratory', tables: ['canaries', 'review_claims'] },
];

async function listUnfenced(sql: postgres.ISql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select ${sql.unsafe(NAME)} as name from pg_class c
    where ${sql.unsafe(OURS)} and not (relrowsecurity and relforcerowsecurity
        and exists (select from pg_policy where polrelid = c.oid))`;
  return rows.map(({ name }) => name);
}

t.test('every table has row-level security, held by the owner too, and a policy', async (t) => {
  t.ok(tables.length >= 15, `${tables.length} tables`);
  t.same(await listUnfenced(owner), []);
  const forgotten = await tryOut(async (tx) => {
    await tx`create table forgotten (a int)`;
    await tx`create table without_policy (a int)`;
    await tx`alter table without_policy enable row level security, force row level security`;
    await tx`alter table cases no force row level security`;
    return listUnfenced(tx);
  });
  t.same(forgotten.sort(), ['cases', 'forgotten', 'without_policy'], 'and would be missed');
});

for (const scope of [POINT, POLICE]) {
  const { role } = scope;
  t.test(`${role} is shown its own rows and no other, whatever it asks`, async (t) => {
    for (const table of tables) {
      const shown = await login.begin(async (tx) => {
        await takeScope(tx, scope);
        return readAll(t, tx, table);
      });
      const condition = OWN_ROWS[role]![table];
      if (condition === undefined) {
        t.equal(shown, null, `${table} is closed`);
        t.ok((await countRows(table)) > 0, `${table} has something to hide`);
        continue;
      }
      const expected = await readOwn(role, table, condition);
      t.ok(expected.length > 0 && expected.length < (await countRows(table)));
      t.same(shown, expected, table);
    }
  });

  t.test(`${role} is shown nothing without a scope, or with an empty one`, async (t) => {
    for (const table of Object.keys(OWN_ROWS[role]!)) {
      const unset = await login.begin(async (tx) => {
        await tx`select set_config('role', ${role}, true)`;
        return readAll(t, tx, table);
      });
      const empty = await login.begin(async (tx) => {
        await takeScope(tx, { ...scope, value: '' });
        return readAll(t, tx, table);
      });
      t.same([unset, empty], [[], []], table);
    }
  });

  t.test(`${role}: each policy is what hides the foreign rows of its table`, async (t) => {
    for (const [table, condition] of Object.entries(OWN_ROWS[role]!)) {
      const shown = await tryOut(async (tx) => {
        await tx`alter table ${tx(table)} disable row level security`;
        await takeScope(tx, scope);
        return readAll(t, tx, table);
      });
      const expected = await readOwn(role, table, condition);
      t.ok(shown!.length > expected.length, `${table} without its policy`);
    }
  });
}

t.test('the number of a case shows its family, and nobody in it', async (t) => {
  const shown = (table: string, setting: string | null) =>
    login.begin(async (tx) => {
      await takeScope(tx, POINT);
      if (setting !== null) await tx`select set_config('homeward.case_numbers', ${setting}, true)`;
      return readAll(t, tx, table);
    });
  const [family] = await owner<{ number: string }[]>`
    select number from cases join families on case_id = cases.id where code = 'FOREIGN'`;
  const numbers = `${family!.number},HW-0000000000`;
  let closed = 0;
  for (const table of Object.keys(OWN_ROWS.homeward_collection_point!)) {
    const [before, after] = [await shown(table, null), await shown(table, numbers)];
    const isShown = table === 'cases' || table === 'families';
    t.equal(after!.length - before!.length, isShown ? 1 : 0, table);
    if (!isShown) closed++;
    t.same(await shown(table, ''), before, `${table}: no number`);
  }
  t.ok(closed >= 12, `${closed} tables show nothing more`);
});

t.test('a scope ends with its transaction', async (t) => {
  const single = postgres(server.loginUrl, { max: 1, onnotice: () => undefined });
  t.teardown(() => single.end());
  await single.begin((tx) => takeScope(tx, POINT));
  const [left] = await single`
    select current_user as role, current_setting(${POINT.setting}, true) as value`;
  t.same({ ...left }, { role: LOGIN, value: '' });
});

t.test('the login reads nothing until it takes a role', async (t) => {
  const everywhere = await owner<{ name: string }[]>`
    select format('%I.%I', nspname, relname) as name
    from pg_class c join pg_namespace n on n.oid = relnamespace
    where nspname in ('public', 'vault', 'bullmq', 'drizzle') and relkind in ('r', 'p')`;
  t.ok(everywhere.length > tables.length, 'the queue and the list of migrations as well');
  for (const { name } of everywhere) {
    await t.rejects(login.unsafe(`select * from ${name}`), FORBIDDEN, name);
    await t.rejects(login.unsafe(`delete from ${name}`), FORBIDDEN, name);
  }
  const [rights] = await owner`
    select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolinherit as any,
      exists (select from pg_class where relowner = r.oid) as owns
    from pg_roles r where rolname = ${LOGIN}`;
  t.same({ ...rights }, { any: false, owns: false });
});

t.test('no role logs in or passes by a policy, and few remove anything', async (t) => {
  const roles = await owner<{ name: string }[]>`
    select rolname as name from pg_roles where rolname like 'homeward\\_%' and rolname <> ${LOGIN}`;
  t.equal(roles.length, 10);
  const powers = await owner`
    select rolname from pg_roles
    where rolname in ${owner(roles.map(({ name }) => name))}
      and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole)`;
  t.same([...powers], []);
  const removing = await owner`
    select rolname, relname from pg_class c, pg_roles
    where ${owner.unsafe(OURS)} and not rolsuper and rolname not like 'pg\\_%'
      and has_table_privilege(pg_roles.oid, c.oid, 'TRUNCATE, TRIGGER, REFERENCES')`;
  t.same([...removing], []);
  const deleting = await owner<{ role: string; tables: string[] }[]>`
    select rolname as role, array_agg(${owner.unsafe(NAME)} order by ${owner.unsafe(NAME)}) as tables
    from pg_class c, pg_roles
    where ${owner.unsafe(OURS)} and not rolsuper and rolname not like 'pg\\_%'
      and has_table_privilege(pg_roles.oid, c.oid, 'DELETE')
    group by rolname order by rolname`;
  t.same([...deleting], MAY_DELETE);
});

t.test('what was done is added to and read by the auditor, and changed by nobody', async (t) => {
  const roles = await owner<{ name: string }[]>`
    select rolname as name from pg_roles where rolname like 'homeward\\_%'`;
  for (const { name } of roles) {
    const as = (statement: string) =>
      login.begin(async (tx) => {
        if (name !== LOGIN) await tx`select set_config('role', ${name}, true)`;
        return tx.unsafe(statement);
      });
    for (const change of [
      `update audit_entries set status = 0`,
      `delete from audit_entries`,
      `truncate audit_entries`,
    ]) {
      await t.rejects(as(change), FORBIDDEN, `${name}: ${change}`);
    }
    const seen = as('select * from audit_entries').then((rows) => rows.length);
    if (name === 'homeward_auditor') t.equal(await seen, 1);
    else await t.rejects(seen, FORBIDDEN, name);
  }
  const changing = await owner`
    select rolname from pg_roles
    where not rolsuper and rolname not like 'pg\\_%'
      and has_any_column_privilege(oid, 'audit_entries', 'UPDATE')`;
  t.same([...changing], []);
  const [others] = await owner`
    select count(*)::int as count from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'audit_entries'
      and has_any_column_privilege('homeward_auditor', oid, 'SELECT, INSERT, UPDATE')`;
  t.equal(others!.count, 0, 'and the auditor has nothing else');
});

t.test('what was scanned is changed and removed by nobody', async (t) => {
  const changing = await owner`
    select rolname from pg_roles
    where not rolsuper and rolname not like 'pg\\_%'
      and (has_any_column_privilege(oid, 'custody_scans', 'UPDATE')
        or has_table_privilege(oid, 'custody_scans', 'DELETE, TRUNCATE'))`;
  t.same([...changing], []);
  for (const change of [
    `update custody_scans set at = now()`,
    `delete from custody_scans`,
    `truncate custody_scans`,
  ]) {
    await t.rejects(owner.unsafe(change), FORBIDDEN, `the owner: ${change}`);
  }
});

t.test('names open for the cases that somebody opened, while they are open', async (t) => {
  const shown = () =>
    login.begin(async (tx) => {
      await tx`select set_config('role', 'homeward_break_glass', true)`;
      await t.rejects(
        tx.savepoint((sp) => sp`select photo from vault.identities`),
        FORBIDDEN,
      );
      const rows = await tx<{ id: string }[]>`select sample_id as id from vault.identities`;
      return rows.map(({ id }) => id);
    });
  const opened = await owner<{ id: string }[]>`select id from samples where code = 'OWN-u'`;
  t.same(
    await shown(),
    opened.map(({ id }) => id),
  );
  await owner`update break_glass_grants set expires_at = now() - interval '1 second'`;
  t.same(await shown(), []);
});

t.test(
  'no role sees both names and genotypes, but who took the sample and who removes it',
  async (t) => {
    const both = await owner<{ role: string }[]>`
    select rolname as role from pg_roles
    where rolname like 'homeward\\_%' and has_column_privilege(oid, 'vault.identities', 'name', 'SELECT')
      and has_column_privilege(oid, 'profiles', 'genotypes', 'SELECT') order by rolname`;
    t.same(
      both.map(({ role }) => role),
      ['homeward_collection_point', 'homeward_keeper'],
    );
  },
);

t.test('a repository that forgets its condition finds nothing foreign', async (t) => {
  const batch = (db: Database) => findBatch(db, foreign.batchId, foreign.id);
  const file = (db: Database) => findCase(db, foreign.caseNumber, '33');
  const asOwn = <Row>(query: (db: Database) => Promise<Row>, forget: boolean) =>
    asCollectionPoint(databases.scoped, own.id, (tx) => query(forget ? forgetful(tx) : tx));
  const asUnit = <Row>(jurisdiction: string, query: (db: Database) => Promise<Row>) =>
    asPolice(databases.scoped, jurisdiction, (tx) => query(forgetful(tx)));

  t.equal(await asOwn(batch, false), null, 'asked for by its id');
  t.equal((await asOwn(batch, true))?.collectionPointId, own.id);
  t.equal(
    await asCollectionPoint(databases.scoped, '00000000-0000-4000-8000-000000000000', (tx) =>
      batch(forgetful(tx)),
    ),
    null,
  );
  const events = await owner`select from cases where division = '510100'`;
  const shown = await asUnit('51', file);
  t.equal(shown?.history.length, events.length, 'the events of its own cases');
  t.equal(await asUnit('44', file), null);
  t.equal((await asUnit('33', file))?.history.length, 2);
  await t.rejects(batch(databases.scoped), { cause: FORBIDDEN }, 'and none outside a scope');

  const open = await tryOut(async (tx) => {
    await tx`alter table batches disable row level security`;
    await takeScope(tx, POINT);
    return tx`select collection_point_id as id from batches`;
  });
  t.equal(open[0]?.id, foreign.id, 'without the fence the first found is foreign');
});

/** The same database, whose queries have lost their conditions. */
function forgetful(db: Database): Database {
  return new Proxy(db, {
    get(target, name) {
      if (name !== 'select') return Reflect.get(target, name) as unknown;
      return (...fields: []) => ({
        from(table: Parameters<ReturnType<Database['select']>['from']>[0]) {
          const query = target.select(...fields).from(table);
          return Object.assign(query, { where: () => query });
        },
      });
    },
  });
}
