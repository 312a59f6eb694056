import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { sealClearProfiles } from '../src/casework/profiles/clear-profiles.ts';
import { makeProfileSource } from '../src/casework/profiles/profile-source.ts';
import { makeIndexLoader } from '../src/casework/searches/index-loader.ts';
import { readFrequencyCsv } from '../src/formats/frequency-csv.ts';
import type { Profile } from '../src/kinship/index.ts';
import { migrateDatabase, openDatabase } from '../src/platform/database.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { recordKeys, RING } from './record-keys.ts';
import { ADMIN_KEY, speaker, startServiceProcess } from './service-process.ts';
import {
  FamilyPopulation,
  readParents,
  storeParents,
  type StoredParents,
} from './stored-families.ts';

/**
 * The service with a large database: how long its index takes, and how long a new child waits from
 * the answer 201 until its candidate is stored. Everything as in production, but the disk is not
 * waited for (`durable: false`).
 */
const { values: options } = parseArgs({
  options: {
    people: { type: 'string', default: '1000000' },
    uploads: { type: 'string', default: '60' },
    loci: { type: 'string', default: '24' },
    /** A folder to keep the database in, and to find it again. */
    keep: { type: 'string' },
  },
});
const PEOPLE = Number(options.people);
const UPLOADS = Number(options.uploads);
const PAUSE_MS = 150;
const SETTLING_MS = 15_000;
const fixture = (file: string): string =>
  readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8');
const FREQUENCIES = fixture('frequencies/nist1036_all.csv');
const population = new FamilyPopulation(
  readFrequencyCsv(FREQUENCIES),
  Number(options.loci),
  20_260_401,
);

/** A policy in force, and a collection point. */
async function prepare(url: string): Promise<ReturnType<typeof speaker>> {
  const admin = speaker(url, ADMIN_KEY);
  const table = await admin('/v1/frequency-tables?name=nist', FREQUENCIES);
  const policy = {
    name: 'bench',
    frequencyTableId: table.body.id,
    document: JSON.parse(fixture('demo/policy.json')) as object,
  };
  assert.ok((await admin('/v1/policies', policy)).status <= 201);
  const name = `BENCH-${Date.now()}`;
  const point = await admin('/v1/collection-points', { code: name, name, division: '510100' });
  const key = await admin('/v1/api-keys', {
    role: 'collection-point',
    name,
    collectionPointId: point.body.id,
  });
  return speaker(url, String(key.body.key));
}

/** A child of each family: somebody unknown is the other parent where only one is stored. */
function drawChild({ parents }: StoredParents): Profile {
  const of = (relation: string): Profile => parents.get(relation) ?? population.person();
  return population.child(of('father'), of('mother'));
}

function writeCsv(sample: string, child: Profile): string {
  const cells = [...child.values()].map((genotype) => `"${genotype.join()}"`);
  return `sample_id,${[...child.keys()].join()}\n${sample},${cells.join()}\n`;
}

/** Hears of every candidate when it is stored, as `sample family`. */
async function watchCandidates(client: postgres.Sql, onStored: (pair: string) => void) {
  await client.unsafe(`
    create or replace function tell_candidate() returns trigger language plpgsql as $$
    begin
      perform pg_notify('stored', s.code || ' ' || f.code) from samples s, families f
        where s.id = new.unknown_sample_id and f.id = new.family_id;
      return new;
    end $$;
    create or replace trigger told after insert on candidate_matches
      for each row execute function tell_candidate()`);
  await client.listen('stored', onStored);
}

/** Milliseconds from the answer 201 to the stored candidate, for one child after the other. */
async function timeUploads(
  client: postgres.Sql,
  point: ReturnType<typeof speaker>,
): Promise<number[]> {
  const waiting = new Map<string, () => void>();
  await watchCandidates(client, (pair) => waiting.get(pair)?.());
  const families = await readParents(connection.db, recordKeys, UPLOADS + 1);
  const run = Date.now().toString(36);
  const times: number[] = [];
  for (const [place, family] of families.entries()) {
    const sample = `U${run}-${place}`;
    const stored = new Promise<void>((resolve) =>
      waiting.set(`${sample} ${family.family}`, resolve),
    );
    const csv = writeCsv(sample, drawChild(family));
    const consent = {
      sampleId: sample,
      version: 'bench',
      purpose: 'family-search',
      signer: 'self',
    };
    await point('/v1/consents', {
      consents: [{ ...consent, signedOn: '2026-03-01', ageYears: 20 }],
    });
    const answer = await point('/v1/batches?side=unknowns', csv);
    const accepted = performance.now();
    assert.equal(answer.status, 201);
    assert.equal(answer.body.accepted, 1);
    // The first one may have to wait for the index.
    await Promise.race([stored, sleep(120_000, null, { ref: false }).then(() => assert.fail(`${sample} has no candidate`))]); // prettier-ignore
    if (place > 0) times.push(performance.now() - accepted);
    // What a service that has just started prepares takes some seconds.
    await sleep(place === 0 ? SETTLING_MS : PAUSE_MS);
  }
  return times;
}

async function openFolder(): Promise<{ folder: string; isNew: boolean }> {
  const folder = options.keep ?? (await mkdtemp(join(tmpdir(), 'homeward-bench-')));
  const made = await mkdir(folder, { recursive: true });
  // As root, the database runs under another account.
  await chmod(folder, 0o755);
  return { folder, isNew: options.keep === undefined || made !== undefined };
}

const { folder, isNew } = await openFolder();
const database = await startEmbeddedPostgres({ dataDir: join(folder, 'database'), durable: false });
const client = postgres(database.url, { max: 2, onnotice: () => undefined });
const [processor] = cpus();
console.log(`${cpus().length} × ${processor?.model ?? 'unknown'}, Node ${process.version}, load ${loadavg().map((load) => load.toFixed(1)).join(' ')}`); // prettier-ignore
const connection = openDatabase(database.url);
try {
  await migrateDatabase(database.url);
  if (isNew) {
    const begun = performance.now();
    await storeParents(database.url, population, PEOPLE);
    console.log(`wrote ${PEOPLE} parents in ${seconds(begun)} s`);
  }
  const sealing = performance.now();
  await sealClearProfiles({ db: connection.db, recordKeys });
  await client`vacuum profiles`;
  if (isNew) console.log(`sealed them in ${seconds(sealing)} s`);
  await timeIndex();
  const service = await startServiceProcess(database.url);
  try {
    const point = await prepare(service.url);
    printTimes(await timeUploads(client, point));
  } finally {
    await service.stop();
  }
} finally {
  await client.end();
  await connection.close();
  await database.stop();
  if (options.keep === undefined) await rm(folder, { recursive: true, force: true });
}

async function timeIndex(): Promise<void> {
  const begun = performance.now();
  const before = process.cpuUsage();
  const { url: databaseUrl } = database;
  const profiles = makeProfileSource({ db: connection.db, databaseUrl, recordKeys, ring: RING });
  const loader = makeIndexLoader({ profiles });
  const index = await loader.refresh();
  const { user, system } = process.cpuUsage(before);
  const [{ people } = { people: 0 }] = await client<{ people: number }[]>`
    select count(*)::int as people from profiles`;
  const [{ families } = { families: 0 }] = await client<{ families: number }[]>`
    select count(*)::int as families from families`;
  assert.equal(index.familyCount, families);
  console.log(
    `index of ${people} profiles from PostgreSQL: ${seconds(begun)} s ` +
      `(${((user + system) / 1e6).toFixed(1)} s of processor), ` +
      `${(index.bytes / people).toFixed(0)} bytes each`,
  );
}

function printTimes(times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.ceil(share * sorted.length) - 1] ?? NaN).toFixed(0);
  console.log(
    `${times.length} new children, each with a candidate in the true family: ` +
      `p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms from 201 to stored`,
  );
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
