import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMigrations } from 'bullmq';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import pg from 'pg';
import postgres from 'postgres';
import t from 'tap';
import { readConfig } from '../../src/platform/config.ts';
import { migrateDatabase } from '../../src/platform/database.ts';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { openInfrastructure } from '../../src/platform/infrastructure.ts';
import { openLog } from '../../src/platform/log.ts';
import { asCollectionPoint } from '../../src/platform/scope.ts';
import { sealClearProfiles } from '../../src/casework/profiles/clear-profiles.ts';
import { makeProfilesService } from '../../src/casework/profiles/profiles.service.ts';
import { packProfile } from '../../src/formats/packed-profile.ts';
import { findLocus, makeGenotype, parseAllele } from '../../src/kinship/index.ts';
import { openKeyRing } from '../../src/platform/crypto/key-ring.ts';
import { makeRecordKeys } from '../../src/platform/crypto/record-keys.ts';
import { ROOT } from '../package.ts';
import { makeFolder, startDatabase, TEST_KEY_RING } from '../servers.ts';

/** Brings a database to where a release left it. */
async function migrateAsOf(
  client: postgres.Sql,
  folder: string,
  migrations: number,
): Promise<void> {
  await cp(join(ROOT, 'migrations'), folder, { recursive: true });
  const journal = JSON.parse(await readFile(`${folder}/meta/_journal.json`, 'utf8'));
  journal.entries.length = migrations;
  await writeFile(`${folder}/meta/_journal.json`, JSON.stringify(journal));
  await migrate(drizzle(client), { migrationsFolder: folder });
}

const PROFILE = new Map([[findLocus('TH01')!, makeGenotype([parseAllele('9.3')!])]]);
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

t.test('candidates of release 0.2.0 keep their relatives', async (t) => {
  const url = await startDatabase(t);
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  t.teardown(() => client.end());
  const folder = await makeFolder(t);
  await migrateAsOf(client, folder, 1);

  const [known] = await client`
    with point as (insert into collection_points (code, name, division)
                   values ('P', 'P', '510100') returning id),
    batch as (insert into batches (collection_point_id, side, idempotency_key, content_hash, receipt)
              select id, 'relatives', 'k', 'h', '{}' from point returning id),
    c as (insert into cases (number, kind, division)
          values ('HW-1', 'missing-child', '510100') returning id),
    f as (insert into families (collection_point_id, code, case_id)
          select point.id, 'F1', c.id from point, c returning id),
    t as (insert into frequency_tables (name, content_hash, csv) values ('t', 't', '') returning id),
    p as (insert into policies (name, content_hash, frequency_table_id, document)
          select n::text, 'p', t.id, '{}' from t, generate_series(1, 3) n returning id)
    select point.id as point, batch.id as batch, c.id as case, f.id as family,
      (select array_agg(id) from p) as policies
    from point, batch, c, f`;
  const addSample = async (code: string, relation: string | null): Promise<[string, string]> => {
    const [row] = await client`
      with s as (insert into samples (collection_point_id, code, sex, case_id, family_id, relation, batch_id)
        values (${known!.point}, ${code}, 'unknown', ${known!.case},
                ${relation && known!.family}, ${relation}, ${known!.batch}) returning id),
      p as (insert into profiles (sample_id, genotypes) select id, '' from s returning id)
      select s.id as sample, p.id as profile from s, p`;
    return [row!.sample, row!.profile];
  };
  const [person, child] = await addSample('U1', null);
  const [, father] = await addSample('F1f', 'father');
  const [, mother] = await addSample('F1m', 'mother');
  const kinds = ['both-parents', 'father', 'mother'];
  for (const [place, relationship] of kinds.entries()) {
    await client`
      insert into candidate_matches (unknown_sample_id, family_id, policy_id, relationship, log10_lr,
        loci_compared, loci_inconsistent, chance_probability, result, child_profile_id,
        father_profile_id, mother_profile_id, engine_version)
      values (${person}, ${known!.family}, ${known!.policies[place]}, ${relationship}, 5, 8, 0, 0,
        '{}', ${child}, ${relationship === 'mother' ? null : father}, ${mother}, 'homeward 0.2.0')`;
  }

  await migrateDatabase(url);
  const rows = await client`
    select relationship, family_profile_ids as family, relative_profile_ids as relatives
    from candidate_matches order by relationship`;
  t.same(
    [...rows],
    [
      { relationship: 'both-parents', family: [father, mother], relatives: [father, mother] },
      { relationship: 'father', family: [father, mother], relatives: [father] },
      { relationship: 'mother', family: [mother], relatives: [mother] },
    ],
  );
  await migrateDatabase(url);
});

t.test(
  'a data folder of release 0.4.0 gets its login, its roles and its fences, and is sealed',
  async (t) => {
    const dataDir = await makeFolder(t);
    const embedded = { dataDir: join(dataDir, 'database'), durable: false };
    const before = await startEmbeddedPostgres(embedded);
    const client = postgres(before.url, { max: 1, onnotice: () => undefined });
    try {
      await migrateAsOf(client, await makeFolder(t), 5);
      await client`
      with point as (insert into collection_points (code, name, division)
                     values ('P', 'P', '510100') returning id),
      batch as (insert into batches (collection_point_id, side, idempotency_key, content_hash, receipt)
                select id, 'relatives', 'k', 'h', '{}' from point returning id),
      c as (insert into cases (number, kind, division) values
            ('HW-F', 'missing-child', '510100'), ('HW-U', 'unknown-origin', '510100') returning id, kind),
      f as (insert into families (collection_point_id, code, case_id)
            select point.id, 'F', c.id from point, c where kind = 'missing-child'),
      s as (insert into samples (collection_point_id, code, sex, case_id, batch_id)
      select point.id, 'U', 'unknown', c.id, batch.id from point, batch, c where kind = 'unknown-origin'
      returning id)
      insert into profiles (sample_id, genotypes) select id, ${packProfile(PROFILE)} from s`;
      // The owner made the queue's tables, and the sequence of a queue when it was first used.
      const queue = new pg.Client({ connectionString: before.url });
      await queue.connect();
      await runMigrations(queue);
      await queue.query(`set search_path = bullmq; select next_job_id('search')`);
      await queue.end();
      await client`drop role homeward_service`;
    } finally {
      await client.end();
      await before.stop();
    }

    const environment = { HOMEWARD_FSYNC: 'off', LOG_LEVEL: 'silent' };
    const config = { ...readConfig(environment), dataDir };
    const infrastructure = await openInfrastructure(config, openLog('silent'));
    try {
      const { databases, queues } = infrastructure;
      const [point] = await databases.gate.execute<{ id: string }>(
        'select id from collection_points',
      );
      const mine = await asCollectionPoint(databases.scoped, point!.id, (tx) =>
        tx.execute('select number from cases order by number'),
      );
      t.same([...mine], [{ number: 'HW-F' }, { number: 'HW-U' }], 'cases know who opened them');
      const [login] = await databases.scoped.execute('select session_user as name');
      t.same({ ...login }, { name: 'homeward_service' });
      const job = await queues.openQueue<{ ids: number[] }>('search').add('work', { ids: [1] });
      t.equal(job.id, '2', 'the queue goes on where it was');

      const ring = await openKeyRing({ kind: 'text', text: TEST_KEY_RING });
      const recordKeys = makeRecordKeys({ ring });
      const profiles = makeProfilesService({ recordKeys });
      const read = () => profiles.findUnknownsBetween(databases.engine, FIRST_ID, null);
      t.same(await read(), [], 'nobody is read from what is not sealed');
      await Promise.all([1, 2].map(() => sealClearProfiles({ db: databases.keeper, recordKeys })));
      t.match(await read(), [{ profile: PROFILE }]);
      const [stored] = await databases.engine.execute<{ genotypes: Buffer }>(
        'select genotypes from profiles',
      );
      t.notOk(stored!.genotypes.includes(Buffer.from(packProfile(PROFILE))));
    } finally {
      await infrastructure.close();
    }
  },
);
