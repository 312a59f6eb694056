import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import t from 'tap';
import { migrateDatabase } from '../../src/platform/database.ts';
import { ROOT } from '../package.ts';
import { makeFolder, startDatabase } from '../servers.ts';

t.test('candidates of release 0.2.0 keep their relatives', async (t) => {
  const url = await startDatabase(t);
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  t.teardown(() => client.end());
  const folder = await makeFolder(t);
  await cp(join(ROOT, 'migrations'), folder, { recursive: true });
  const journal = JSON.parse(await readFile(`${folder}/meta/_journal.json`, 'utf8'));
  journal.entries.length = 1;
  await writeFile(`${folder}/meta/_journal.json`, JSON.stringify(journal));
  await migrate(drizzle(client), { migrationsFolder: folder });

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
