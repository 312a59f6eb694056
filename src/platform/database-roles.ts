import type postgres from 'postgres';

/**
 * What a connection may be to the database: see docs/adr/0011-database-roles.md. What each may see and
 * write stands in the migrations.
 */
const DATABASE_ROLES = [
  'homeward_engine',
  'homeward_laboratory',
  'homeward_collection_point',
  'homeward_registrar',
  'homeward_police',
  'homeward_gate',
  'homeward_auditor',
  'homeward_keeper',
  'homeward_break_glass',
  'homeward_queue',
] as const;
export type DatabaseRole = (typeof DATABASE_ROLES)[number];

/**
 * Makes the roles that are missing. They belong to the cluster, not to a database: another database of
 * it may have made them, and a restored one finds none.
 */
export async function makeRoles(owner: postgres.Sql): Promise<void> {
  await owner.unsafe(`
    do $$
    declare wanted text;
    begin
      foreach wanted in array array['${DATABASE_ROLES.join("', '")}'] loop
        begin
          if to_regrole(wanted) is null then
            execute format('create role %I nologin', wanted);
          end if;
        exception when duplicate_object or unique_violation then null;
        end;
      end loop;
    end $$`);
}

/** Lets a login take the roles that it may not take yet; it has nothing of them until it does. */
export async function grantRoles(owner: postgres.Sql, login: string): Promise<void> {
  const [server] = await owner<{ version: number }[]>`
    select current_setting('server_version_num')::int as version`;
  // Whoever makes a role is a member of it since PostgreSQL 16, but may not take it.
  const tellsApart = (server?.version ?? 0) >= 160_000;
  const missing = await owner<{ role: DatabaseRole }[]>`
    select role from unnest(${owner.array([...DATABASE_ROLES])}::text[]) as role
    where not pg_has_role(${login}, role, ${tellsApart ? 'SET' : 'MEMBER'})`;
  for (const { role } of missing) {
    await owner`grant ${owner(role)} to ${owner(login)}
      ${tellsApart ? owner`with inherit false, set true` : owner``}`;
  }
}

/** Who a URL logs in as. */
export type Login = {
  readonly name: string;
  /** Whose the tables are; none where there are none yet. */
  readonly tables: 'own' | 'foreign' | 'none';
  /** Row-level security does not hold for it until it takes a role. */
  readonly isUnfenced: boolean;
};

export async function readLogin(client: postgres.Sql): Promise<Login> {
  const [login] = await client<Login[]>`
    select session_user as name, rolsuper or rolbypassrls as "isUnfenced",
      (select case bool_and(pg_has_role(session_user, relowner, 'USAGE'))
          when true then 'own' when false then 'foreign' else 'none' end
        from pg_class where relnamespace = to_regnamespace('public') and relkind = 'r') as tables
    from pg_roles where rolname = session_user`;
  if (!login) throw new Error('the login of the database has no role');
  return login;
}
