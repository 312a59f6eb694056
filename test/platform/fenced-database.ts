import postgres from 'postgres';
import t, { type Test } from 'tap';
import { makeProfilesService } from '../../src/casework/profiles/profiles.service.ts';
import { makeConsentsService } from '../../src/casework/consents/consents.service.ts';
import { makeIntakeService } from '../../src/casework/intake/intake.service.ts';
import { openKeyRing } from '../../src/platform/crypto/key-ring.ts';
import { makeRecordKeys } from '../../src/platform/crypto/record-keys.ts';
import { migrateDatabase, onlyRow } from '../../src/platform/database.ts';
import type { DatabaseRole } from '../../src/platform/database-roles.ts';
import { openDatabases } from '../../src/platform/databases.ts';
import { migrateQueue } from '../../src/platform/queue.ts';
import { formFor } from '../http/consent-forms.ts';
import { FATHER, MOTHER, relativesCsv, STRANGER, unknownsCsv } from '../http/service.ts';
import { startServer, TEST_KEY_RING } from '../servers.ts';

/** Our tables, and what they are called: those of the vault with their schema. */
export const OURS = `relnamespace in ('public'::regnamespace, 'vault'::regnamespace) and relkind in ('r', 'p')`;
export const NAME = `c.oid::regclass::text`;

export const FORBIDDEN = { code: '42501' };
export const LOGIN = 'homeward_service';

export const server = await startServer(t);
await migrateDatabase(server.url, LOGIN);
await migrateQueue(server.url);
export const owner = postgres(server.url, { max: 2, onnotice: () => undefined });
export const login = postgres(server.loginUrl, { max: 2, onnotice: () => undefined });
export const databases = openDatabases(server.loginUrl, 1);
const ring = await openKeyRing({ kind: 'text', text: TEST_KEY_RING });
const profiles = makeProfilesService({ recordKeys: makeRecordKeys({ ring }) });
t.teardown(async () => {
  await Promise.all([owner.end(), login.end(), databases.close()]);
});

// The foreign point comes first, so that a query without its condition finds it first.
export const [foreign, own] = [
  await addPoint('FOREIGN', '330100'),
  await addPoint('OWN', '510100'),
];
await fillOtherTables();
export const tables = await listTables();

export type Point = { readonly id: string; readonly batchId: string; readonly caseNumber: string };

async function addPoint(code: string, division: string): Promise<Point> {
  const { id } = onlyRow(
    await owner<{ id: string }[]>`
      insert into collection_points (code, name, division) values (${code}, ${code}, ${division})
      returning id`,
  );
  const intake = makeIntakeService({
    db: databases.scoped,
    profiles,
    rules: { minimumLoci: 8 },
    onCommitted: () => undefined,
  });
  const codes = ['f', 'm', 'u'].map((end) => `${code}-${end}`);
  await makeConsentsService({
    db: databases.scoped,
    findBirthDays: () => Promise.resolve(new Map()),
  }).record(
    id,
    codes.map((one) => formFor(one)),
  );
  const relatives = relativesCsv([
    [`${code}-f`, code, 'father', FATHER],
    [`${code}-m`, code, 'mother', MOTHER],
  ]);
  const send = (side: 'relatives' | 'unknowns', csv: string) =>
    intake.receive(id, { side, content: Buffer.from(csv) });
  await send('relatives', relatives);
  const { receipt } = await send('unknowns', unknownsCsv([[`${code}-u`, STRANGER]]));
  return { id, batchId: receipt.batchId!, caseNumber: receipt.rows[0]!.caseId! };
}

/** A row in every table that intake does not write: an empty one would hide nothing. */
async function fillOtherTables(): Promise<void> {
  // The page of an identity has the id of its sample here.
  await owner`insert into data_key_pages (id, ring_key, keys) select id, 'k', '' from samples`;
  await owner`
    insert into vault.identities (sample_id, name, key_page_id, key_slot)
    select id, 'sealed', id, 0 from samples`;
  // The page of a description has the id of its case.
  await owner`insert into data_key_pages (id, ring_key, keys) select id, 'k', '' from cases`;
  await owner`insert into case_features (case_id, sex) select id, 'unknown' from cases`;
  await owner`
    insert into vault.case_descriptions (case_id, description, key_page_id, key_slot)
    select id, 'sealed', id, 0 from cases`;
  await owner`
    with point as (select id from collection_points where code = 'FOREIGN'),
    child as (select s.id, p.id as profile from samples s join profiles p on p.sample_id = s.id
              where s.code = 'FOREIGN-u'),
    k as (insert into api_keys (id, secret_hash, role, name) values ('k', 'k', 'analyst', 'k') returning id),
    f as (insert into frequency_tables (name, content_hash, csv) values ('f', 'f', '') returning id),
    p as (insert into policies (name, content_hash, frequency_table_id, document)
          select 'p', 'p', id, '{}' from f returning id),
    m as (insert into candidate_matches (unknown_sample_id, family_id, policy_id, relationship, log10_lr,
            loci_compared, loci_inconsistent, chance_probability, result, child_profile_id,
            family_profile_ids, relative_profile_ids, engine_version)
          select child.id, families.id, p.id, 'father', 5, 8, 0, 0, '{}', child.profile, '{}', '{}', 'x'
          from child, families, p where families.code = 'FOREIGN' returning id, unknown_sample_id, family_id),
    s as (insert into sweeps (policy_id, reason, engine_version) select id, 'policy', 'x' from p returning id),
    b as (insert into sweep_blocks (sweep_id, from_sample_id, family_shard) select s.id, child.id, 0 from s, child),
    c as (insert into sweep_candidates (sweep_id, unknown_sample_id, family_id, candidate_id)
          select s.id, m.unknown_sample_id, m.family_id, m.id from s, m),
    t as (insert into tombstones (sample_id, collection_point_id, code, case_id, cause, candidates)
          select gen_random_uuid(), collection_point_id, 'GONE-' || number, id,
            'consent-withdrawn', 0 from cases),
    n as (insert into request_nonces (key_id, nonce, expires_at) select id, 'n', now() from k),
    u as (insert into users (id, issuer, subject, role, name) values ('u', 'i', 's', 'analyst', 'u') returning id),
    e as (insert into sessions (token_hash, user_id) select 't', id from u),
    l as (insert into legal_holds (case_id, reason, until, placed_by)
          select id, '', current_date, 'k' from cases limit 1),
    g as (insert into break_glass_grants (case_id, reason, opened_by, expires_at)
          select case_id, '', 'k', now() + interval '1 hour' from samples where code = 'OWN-u'),
    bb as (insert into barcode_blocks (collection_point_id, kit, lot, expires_on, issued_by)
           select id, 'k', 'l', '2099-01-01', 'k' from collection_points returning id, collection_point_id),
    bc as (insert into barcodes (barcode, serial, block_id, collection_point_id)
           select 'HW-' || collection_point_id, row_number() over (), id, collection_point_id from bb
           returning barcode, collection_point_id),
    cs as (insert into custody_scans (barcode, collection_point_id, event, at, scanner, actor, content_hash)
           select barcode, collection_point_id, 'drawn', now(), 's', 'k', barcode from bc),
    ca as (insert into custody_alarms (code, barcode, collection_point_id, at, content_hash)
           select 'c', barcode, collection_point_id, now(), barcode from bc),
    i as (insert into sign_ins (token_hash, state, nonce, code_verifier) values ('t', 's', 'n', 'c'))
    insert into audit_entries (seq, at, action, object, origin, request_id, status, previous_hash, hash)
    values (1, now(), 'GET /', '{}', '127.0.0.1', 'r', 200, '', '')`;
  // A trigger looks at the candidate, which must be there before.
  await owner`
    insert into review_decisions (candidate_id, round, ordinal, revision, log10_lr, verdict, reason, decided_by)
    select id, 1, 1, 1, 5, 'supported', '', 'k' from candidate_matches`;
  await owner`
    insert into review_claims (candidate_id, analyst_id, claimed_by, expires_at)
    select id, 'k', 'k', now() from candidate_matches`;
  await owner`
    insert into review_notes (candidate_id, round, kind, text, written_by)
    select id, 1, 'comment', '', 'k' from candidate_matches`;
  await owner`
    insert into canaries (unknown_sample_id, family_id, planted_by)
    select unknown_sample_id, family_id, 'k' from candidate_matches`;
  await owner`
    insert into staff_profiles (code, genotypes, key_page_id, key_slot, consent_version, consent_signed_on, uploaded_by)
    select 'T', '', id, 0, 'v', current_date, 'k' from data_key_pages limit 1`;
  await owner`
    insert into identity_findings (sample_id, staff_profile_id, loci_compared, loci_differing)
    select samples.id, staff_profiles.id, 8, 0 from samples, staff_profiles`;
  await owner`
    with w as (insert into webhooks (jurisdiction, url, secret, key_page_id, key_slot)
               select '51', 'https://police.example', '', id, 0 from data_key_pages limit 1 returning id)
    insert into webhook_deliveries (webhook_id, case_number, status)
    select w.id, number, cases.status from w, cases`;
  // Of each point one of which police know, and one of which they do not yet.
  await owner`
    with r as (
      insert into reunions (unknown_case_id, family_case_id, unknown_case_number, family_case_number, state, notified_at)
      select u.id, f.id, u.number, f.number, state, at
      from cases u join cases f using (collection_point_id),
        (values ('notified', now()), ('re-sampled', null)) known(state, at)
      where u.kind = 'unknown-origin' and f.kind = 'missing-child' returning id)
    insert into reunion_steps (reunion_id, state, actor, role, remark, evidence)
    select id, 're-sampled', 'k', 'analyst', '', '{}' from r`;
}

async function listTables(): Promise<string[]> {
  const rows = await owner<{ name: string }[]>`
    select ${owner.unsafe(NAME)} as name from pg_class c where ${owner.unsafe(OURS)} order by name`;
  return rows.map(({ name }) => name);
}

export type Scope = {
  readonly role: DatabaseRole;
  readonly setting: string;
  readonly value: string;
};

export const POINT: Scope = {
  role: 'homeward_collection_point',
  setting: 'homeward.collection_point_id',
  value: own.id,
};
export const POLICE: Scope = {
  role: 'homeward_police',
  setting: 'homeward.jurisdiction',
  value: '51',
};

const OWN_REUNIONS = `notified_at is not null
  and unknown_case_id in (select id from cases where division = '510100')`;

/** Which rows are whose, by the tables that a scope may read; all others it may not. */
export const OWN_ROWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  homeward_collection_point: {
    barcode_blocks: `collection_point_id = '${own.id}'`,
    barcodes: `collection_point_id = '${own.id}'`,
    batches: `collection_point_id = '${own.id}'`,
    custody_alarms: `collection_point_id = '${own.id}'`,
    custody_scans: `collection_point_id = '${own.id}'`,
    cases: `collection_point_id = '${own.id}'`,
    collection_points: `id = '${own.id}'`,
    consents: `sample_code like 'OWN-%'`,
    data_key_pages: `id in (select key_page_id from profiles p join samples s on s.id = sample_id
      where code like 'OWN-%' union select id from samples where code like 'OWN-%'
      union select id from cases where collection_point_id = '${own.id}')`,
    case_features: `case_id in (select id from cases where collection_point_id = '${own.id}')`,
    'vault.case_descriptions': `case_id in (select id from cases where collection_point_id = '${own.id}')`,
    'vault.identities': `sample_id in (select id from samples where code like 'OWN-%')`,
    families: `code = 'OWN'`,
    profiles: `sample_id in (select id from samples where code like 'OWN-%')`,
    samples: `code like 'OWN-%'`,
    tombstones: `collection_point_id = '${own.id}'`,
  },
  homeward_police: {
    cases: `division = '510100'`,
    case_events: `case_id in (select id from cases where division = '510100')`,
    case_features: `case_id in (select id from cases where division = '510100')`,
    data_key_pages: `id in (select id from samples where code like 'OWN-%'
      union select id from cases where division = '510100')`,
    reunions: OWN_REUNIONS,
    reunion_steps: `reunion_id in (select id from reunions where ${OWN_REUNIONS})`,
    samples: `code like 'OWN-%'`,
    'vault.case_descriptions': `case_id in (select id from cases where division = '510100')`,
    'vault.identities': `sample_id in (select id from samples where code like 'OWN-%')`,
  },
};

export async function takeScope(
  tx: postgres.TransactionSql,
  { role, setting, value }: Scope,
): Promise<void> {
  await tx`select set_config('role', ${role}, true), set_config(${setting}, ${value}, true)`;
}

/** Everything that a scope is shown by `select` without a condition, as JSON; null: it may not ask. */
export async function readAll(
  t: Test,
  tx: postgres.TransactionSql,
  table: string,
): Promise<string[] | null> {
  const columns = await tx<{ name: string }[]>`
    select attname as name from pg_attribute where attrelid = ${table}::regclass
      and attnum > 0 and not attisdropped and has_column_privilege(attrelid, attnum, 'SELECT')`;
  if (columns.length === 0) {
    await t.rejects(
      tx.savepoint((sp) => sp`select * from ${sp(table)}`),
      FORBIDDEN,
      table,
    );
    return null;
  }
  const rows = await tx`select ${tx(columns.map(({ name }) => name))} from ${tx(table)}`;
  return rows.map((row) => JSON.stringify(row)).sort();
}

/** What the owner finds by the condition, in the columns that the scope may read. */
export async function readOwn(role: string, table: string, condition: string): Promise<string[]> {
  const columns = await owner<{ name: string }[]>`
    select attname as name from pg_attribute where attrelid = ${table}::regclass
      and attnum > 0 and not attisdropped and has_column_privilege(${role}, attrelid, attnum, 'SELECT')`;
  const rows = await owner`
    select ${owner(columns.map(({ name }) => name))} from ${owner(table)} where ${owner.unsafe(condition)}`;
  return rows.map((row) => JSON.stringify(row)).sort();
}

export async function countRows(table: string): Promise<number> {
  const rows = await owner<{ count: number }[]>`
    select count(*)::int as count from ${owner(table)}`;
  return onlyRow(rows).count;
}

/** Runs as the owner what is taken back afterwards. */
export async function tryOut<Result>(
  run: (tx: postgres.TransactionSql) => Promise<Result>,
): Promise<Result> {
  let result: Result | undefined;
  const undo = new Error('undone');
  await owner
    .begin(async (tx) => {
      result = await run(tx);
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return result!;
}
