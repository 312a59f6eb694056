import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { migrateDatabase, onlyRow } from '../src/platform/database.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { machine } from './measure.ts';
import { peakMegabytes, processorSeconds } from './process-cost.ts';
import {
  ADMIN_KEY,
  type ServiceProcess,
  speaker,
  startProgram,
  startServiceProcess,
} from './service-process.ts';

/**
 * A file of people, their consents first, into the real service on an embedded database that waits for its
 * disk: `homeward consents` and `homeward intake` as they are, in slices, nobody searching. Between the slices
 * and during them an analyst asks for candidates: how long that takes with and without. A few people come first,
 * and the statistics of the tables are taken then: plans that were made for small tables must not be kept. Beside
 * the time on the clock, the processor time of each part, which other work on the machine moves less. Asserts that
 * everybody was written once.
 */
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '40000' },
    slices: { type: 'string', default: '4' },
    side: { type: 'string', default: 'unknowns' },
  },
});
const ROWS = Number(options.rows);
const SLICES = Number(options.slices);
const SIDE = options.side;
/** Batches of one, before the statistics are taken and after. */
const FIRST = 16;
const LOCI = ['D3S1358', 'vWA', 'FGA', 'TH01', 'TPOX', 'D18S51', 'D21S11', 'D5S818', 'D13S317', 'D7S820', 'D16S539', 'CSF1PO', 'D1S1656', 'D2S441', 'D2S1338', 'D8S1179', 'D10S1248', 'D12S391', 'D19S433', 'D22S1045', 'SE33']; // prettier-ignore
const QUIET_MS = 3_000;
const BETWEEN_REQUESTS_MS = 20;

function* writePeople(from: number, to: number): Generator<string> {
  const isUnknown = SIDE === 'unknowns';
  yield `sample_id${isUnknown ? '' : ',family,relation,sex'},${LOCI.join()}\n`;
  for (let row = from; row < to; row++) {
    const cells = LOCI.map(
      (_, locus) => `"${10 + ((row + locus) % 9)},${11 + ((row * 7 + locus) % 9)}"`,
    );
    const kin = isUnknown ? '' : `,F${row >> 1},${row % 2 ? 'mother,female' : 'father,male'}`;
    yield `P${row}${kin},${cells.join()}\n`;
  }
}

function* writeConsents(): Generator<string> {
  yield 'sample_id,version,purpose,signer,signed_on,age_years\n';
  for (let row = 0; row < ROWS + FIRST; row++)
    yield `P${row},1,family-search,guardian,2026-01-01,5\n`;
}

type Sent = { readonly said: string; readonly megabytes: number; readonly seconds: number };

/** Runs a command on a file while `meanwhile` is done over and over. */
async function send(
  args: readonly string[],
  key: string,
  meanwhile: () => Promise<void>,
): Promise<Sent> {
  const begun = performance.now();
  const client = startProgram(args, { HOMEWARD_API_KEY: key });
  const ended = once(client, 'exit');
  let said = '';
  client.stdout!.on('data', (chunk) => (said += String(chunk)));
  let megabytes = 0;
  while (client.exitCode === null) {
    megabytes = peakMegabytes(client.pid!) || megabytes;
    await meanwhile();
  }
  await ended;
  assert.equal(client.exitCode, 0, said);
  return { said: said.trim(), megabytes, seconds: (performance.now() - begun) / 1_000 };
}

function asker(service: ServiceProcess, key: string) {
  return async (times: number[]): Promise<void> => {
    const begun = performance.now();
    const answer = await fetch(new URL('/v1/candidates?limit=20', service.url), {
      headers: { authorization: `Bearer ${key}` },
    });
    await answer.arrayBuffer();
    assert.equal(answer.status, 200);
    times.push(performance.now() - begun);
    await sleep(BETWEEN_REQUESTS_MS);
  };
}

function describe(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.ceil(share * sorted.length) - 1] ?? NaN).toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms of ${times.length}`;
}

const load = (): string => `load ${loadavg()[0]!.toFixed(1)}`;

async function measure(
  service: ServiceProcess,
  database: { readonly pid: number; readonly folder: string; analyze(): Promise<void> },
): Promise<void> {
  const admin = speaker(service.url, ADMIN_KEY);
  const point = await admin('/v1/collection-points', {
    code: 'POINT-1',
    name: 'one',
    division: '510100',
  });
  const keyFor = async (role: string, more: object = {}): Promise<string> =>
    String((await admin('/v1/api-keys', { role, name: role, ...more })).body.key);
  const key = await keyFor('collection-point', { collectionPointId: point.body.id });
  const ask = asker(service, await keyFor('analyst'));
  const { folder } = database;
  const times = { quiet: [] as number[], busy: [] as number[] };

  const forms = join(folder, 'consents.csv');
  await pipeline(Readable.from(writeConsents()), createWriteStream(forms));
  const consents = await send(['consents', forms, '--url', service.url], key, () => sleep(100));
  assert.match(consents.said, new RegExp(`${ROWS + FIRST} recorded, 0 unchanged, 0 refused`));
  console.log(`${consents.said}; ${consents.megabytes.toFixed(0)} MB of the command`);

  for (let first = 0; first < FIRST; first++) {
    if (first === FIRST / 2) await database.analyze();
    const csv = [...writePeople(ROWS + first, ROWS + first + 1)].join('');
    assert.equal((await speaker(service.url, key)(`/v1/batches?side=${SIDE}`, csv)).status, 201);
  }
  let seconds = 0;
  let file = '';
  for (let slice = 0; slice < SLICES; slice++) {
    file = join(folder, 'people.csv');
    const [from, to] = [slice, slice + 1].map((place) => Math.round((ROWS * place) / SLICES));
    await pipeline(Readable.from(writePeople(from!, to!)), createWriteStream(file));
    const quietEnd = performance.now() + QUIET_MS;
    while (performance.now() < quietEnd) await ask(times.quiet);
    const cost = (): number[] => [service.pid, database.pid].map(processorSeconds);
    const before = cost();
    const args = ['intake', file, '--url', service.url, '--side', SIDE];
    const sent = await send(args, key, () => ask(times.busy));
    seconds += sent.seconds;
    const [ofService, ofDatabase] = cost().map((after, place) => after - before[place]!);
    const rows = (to! - from!) / 1_000;
    console.log(
      `${sent.said}; processor ms a row: service ${(ofService! / rows).toFixed(3)}, database ${(ofDatabase! / rows).toFixed(3)}; ` +
        `${sent.megabytes.toFixed(0)} MB of the command; ${load()}`,
    );
  }
  const again = await send(['intake', file, '--url', service.url, '--side', SIDE], key, () => sleep(100)); // prettier-ignore
  console.log(`the last slice again: ${again.seconds.toFixed(1)} s`);
  console.log(`${Math.round(ROWS / seconds)} rows a second, starts of the command included`);
  console.log(`service: ${peakMegabytes(service.pid).toFixed(0)} MB at most`);
  console.log(`candidates, nobody sending: ${describe(times.quiet)}`);
  console.log(`candidates, meanwhile:      ${describe(times.busy)}`);
}

const folder = await mkdtemp(join(tmpdir(), 'homeward-bench-'));
await chmod(folder, 0o711);
console.log(`${machine()}, ${load()}`);
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'db'), durable: true });
const owner = postgres(server.url, { max: 1, onnotice: () => undefined });
try {
  await migrateDatabase(server.url, 'homeward_service');
  const [pid = ''] = (await readFile(join(folder, 'db/postgres/postmaster.pid'), 'utf8')).split('\n'); // prettier-ignore
  const service = await startServiceProcess(server.loginUrl, {
    args: ['--no-search'],
    more: { DATABASE_OWNER_URL: server.url },
  });
  try {
    await measure(service, {
      ...{ pid: Number(pid), folder },
      analyze: async () => {
        await owner`vacuum analyze`;
      },
    });
  } finally {
    await service.stop();
  }
  const written = onlyRow(
    await owner`select (select count(*) from samples)::int as samples, (select count(*) from profiles)::int as profiles,
      (select count(*) from search_requests where state = 'pending')::int as requests,
      (select sum(people) from genotype_pages)::int as people`,
  );
  const all = ROWS + FIRST;
  assert.deepEqual({ ...written }, { samples: all, profiles: all, requests: all, people: all });
  console.log(`${all} samples, profiles and requests to search, each once`);
} finally {
  await owner.end();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
