import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import t, { type Test } from 'tap';
import type { ProfileSource } from '../../src/casework/profiles/profile-source.ts';
import { makeIndexLoader } from '../../src/casework/searches/index-loader.ts';
import { streamProfilesSince } from '../../src/casework/profiles/profile-stream.ts';
import { sealPacked } from '../../src/casework/profiles/sealed-genotypes.ts';
import { packProfile } from '../../src/formats/packed-profile.ts';
import { LOCI, makeGenotype, parseAllele } from '../../src/kinship/index.ts';
import { openKeyRing } from '../../src/platform/crypto/key-ring.ts';
import { makeRecordKeys } from '../../src/platform/crypto/record-keys.ts';
import { migrateDatabase, openDatabase } from '../../src/platform/database.ts';
import { startDatabase, TEST_KEY_RING } from '../servers.ts';

/** Typed at so many loci. */
const typedAt = (loci: number): Uint8Array =>
  packProfile(
    new Map(LOCI.slice(0, loci).map((locus) => [locus, makeGenotype([parseAllele('6')!])])),
  );

async function open(t: Test) {
  const url = await startDatabase(t);
  await migrateDatabase(url);
  const client = postgres(url, { max: 8, onnotice: () => undefined });
  const connection = openDatabase(url);
  const { db } = connection;
  t.teardown(async () => {
    await client.end();
    await connection.close();
  });
  const ring = await openKeyRing({ kind: 'text', text: TEST_KEY_RING });
  const recordKeys = makeRecordKeys({ ring });
  const [key] = await recordKeys.make(db, 1);
  const [point] = await client`
    insert into collection_points (code, name, division) values ('P', 'P', '510100') returning id`;
  const [batch] = await client`
    insert into batches (collection_point_id, side, idempotency_key, content_hash, receipt)
    values (${point!.id}, 'unknowns', 'k', 'h', '{}') returning id`;
  const insertUnknown = async (
    sql: postgres.TransactionSql | postgres.Sql,
    sampleId: string = randomUUID(),
  ): Promise<void> => {
    const code = randomUUID();
    const { genotypes, keyPageId, keySlot } = sealPacked(sampleId, typedAt(1), key!);
    await sql`
      with c as (insert into cases (collection_point_id, number, kind, division)
                 values (${point!.id}, ${code}, 'unknown-origin', '510100') returning id),
      s as (insert into samples (id, collection_point_id, code, sex, case_id, batch_id)
            select ${sampleId}, ${point!.id}, ${code}, 'unknown', c.id, ${batch!.id} from c returning id)
      insert into profiles (sample_id, genotypes, key_page_id, key_slot)
        select s.id, ${genotypes}, ${keyPageId}, ${keySlot} from s`;
  };
  const extend = async (
    sql: postgres.TransactionSql,
    sampleId: string,
    loci: number,
  ): Promise<void> => {
    const id = randomUUID();
    const { genotypes, keyPageId, keySlot } = sealPacked(sampleId, typedAt(loci), key!);
    await sql`
      update profiles set superseded_by = ${id} where sample_id = ${sampleId} and superseded_by is null`;
    await sql`
      insert into profiles (id, sample_id, genotypes, key_page_id, key_slot)
      values (${id}, ${sampleId}, ${genotypes}, ${keyPageId}, ${keySlot})`;
  };
  const streamSince: ProfileSource['streamSince'] = (since, listener) =>
    streamProfilesSince({ db, recordKeys }, since, listener);
  const loader = makeIndexLoader({ profiles: { streamSince } });
  return { client, loader, streamSince, insertUnknown, extend };
}

t.test('a transaction that began first and commits last is not passed over', async (t) => {
  const { client, loader, insertUnknown } = await open(t);
  const slow = await client.reserve();
  await slow`begin`;
  await insertUnknown(slow);
  await insertUnknown(client);
  t.equal(
    (await loader.refresh()).unknownCount,
    1,
    'the fast one is seen while the slow one is open',
  );
  await insertUnknown(client);
  t.equal((await loader.refresh()).unknownCount, 2);
  await slow`commit`;
  slow.release();
  t.equal((await loader.refresh()).unknownCount, 3, 'the slow one is seen once it has committed');
  t.equal((await loader.refresh()).unknownCount, 3, 'and nobody twice');
});

const ROWS = 240;

t.test('whoever has committed is in the index of a refresh that begins afterwards', async (t) => {
  const { client, loader, insertUnknown } = await open(t);
  let committed = 0;
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    for (let row = 0; row < ROWS / 6; row++) {
      await client.begin(async (sql) => {
        await insertUnknown(sql);
        // Commits come in another order than inserts.
        await sql`select pg_sleep(${((writer * 7 + row * 3) % 5) / 1000})`;
      });
      committed++;
    }
  });
  let late = 0;
  let refreshes = 0;
  const all = Promise.all(writers);
  while (committed < ROWS) {
    const before = committed;
    const index = await loader.refresh();
    refreshes++;
    if (index.unknownCount < before) late++;
  }
  await all;
  t.ok(refreshes > 5, `${refreshes} refreshes while ${ROWS} rows were written`);
  t.equal(late, 0, 'no refresh lacked somebody who had committed before it');
  t.equal((await loader.refresh()).unknownCount, ROWS);
});

const MOST_LOCI = 12;

t.test(
  'whoever gets more loci comes with those that had committed, and never with fewer',
  async (t) => {
    const { client, streamSince, insertUnknown, extend } = await open(t);
    const committed = new Map<string, number>();
    for (let number = 0; number < 12; number++) committed.set(randomUUID(), 1);
    const samples = [...committed.keys()];
    for (const sampleId of samples) await insertUnknown(client, sampleId);
    const writers = samples.map(async (sampleId, writer) => {
      for (let loci = 2; loci <= MOST_LOCI; loci++) {
        await client.begin(async (sql) => {
          await extend(sql, sampleId, loci);
          await sql`select pg_sleep(${((writer * 7 + loci * 3) % 5) / 1000})`;
        });
        committed.set(sampleId, loci);
      }
    });
    const seen = new Map<string, number>();
    const faults: string[] = [];
    let snapshot: string | null = null;
    let refreshes = 0;
    const all = Promise.all(writers);
    do {
      const before = new Map(committed);
      const coming = new Set<string>();
      snapshot = await streamSince(snapshot, {
        onSample({ sampleId }, alleles) {
          const loci = alleles.filter((allele) => allele !== 0).length / 2;
          if (coming.has(sampleId)) faults.push('somebody came twice');
          if (loci < (seen.get(sampleId) ?? 0)) faults.push('somebody lost loci');
          coming.add(sampleId);
          seen.set(sampleId, loci);
        },
        onWithdrawn: () => faults.push('somebody was withdrawn'),
      });
      for (const [id, loci] of before) if (seen.get(id)! < loci) faults.push('somebody came late');
      refreshes++;
    } while ([...committed.values()].some((loci) => loci < MOST_LOCI));
    await all;
    t.same(faults, []);
    t.ok(refreshes > 5, `${refreshes} refreshes while ${samples.length} people got more loci`);
    await streamSince(snapshot, {
      onSample: ({ sampleId }, alleles) => seen.set(sampleId, alleles.filter((allele) => allele !== 0).length / 2), // prettier-ignore
      onWithdrawn: () => undefined,
    });
    t.same([...seen.values()], Array(12).fill(MOST_LOCI));
    await t.rejects(
      client`insert into profiles (sample_id, genotypes) values (${samples[0]!}, '')`,
      /profiles_one_current/,
      'one profile of a sample is current',
    );
  },
);

t.test('a rolled back upload is never seen', async (t) => {
  const { client, loader, insertUnknown } = await open(t);
  await client
    .begin(async (sql) => {
      await insertUnknown(sql);
      throw new Error('rolled back');
    })
    .catch(() => undefined);
  await insertUnknown(client);
  t.equal((await loader.refresh()).unknownCount, 1);
});
