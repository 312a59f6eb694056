import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { startService } from '../src/main.ts';
import { migrateDatabase } from '../src/platform/database.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { openLog } from '../src/platform/log.ts';
import { machine } from './measure.ts';
import { RING } from './record-keys.ts';

/**
 * `homeward intake` with a CSV of 21 loci: a long one to a stand-in that accepts everything, for the speed
 * and the memory of the command alone; a shorter one into a service on an embedded database, then again.
 * Asserts that every row arrived once, and that the memory of the command stays bounded.
 */
const LONG = 1_000_000;
const ROWS = 20_000;
const LOCI = ['D3S1358', 'vWA', 'FGA', 'TH01', 'TPOX', 'D18S51', 'D21S11', 'D5S818', 'D13S317', 'D7S820', 'D16S539', 'CSF1PO', 'D1S1656', 'D2S441', 'D2S1338', 'D8S1179', 'D10S1248', 'D12S391', 'D19S433', 'D22S1045', 'SE33']; // prettier-ignore
const MOST_MEGABYTES = 300;
const LOOK_EVERY_MS = 200;
const LF = 0x0a;

function* writeRows(rows: number): Generator<string> {
  yield `sample_id,${LOCI.join()}\n`;
  for (let row = 0; row < rows; row++) {
    const cells = LOCI.map(
      (_, locus) => `"${10 + ((row + locus) % 9)},${11 + ((row * 7 + locus) % 9)}"`,
    );
    yield `U${row},${cells.join()}\n`;
  }
}

const peakMegabytes = (pid: number | 'self'): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

async function send(
  file: string,
  url: URL,
  key: string,
): Promise<{ said: string; megabytes: number; seconds: number }> {
  // prettier-ignore
  const program = fileURLToPath(new URL('../bin/homeward', import.meta.url));
  const begun = performance.now();
  const args = [program, 'intake', file, '--url', url.href, '--side', 'unknowns'];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, HOMEWARD_API_KEY: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let megabytes = 0;
  const watch = setInterval(() => {
    if (child.pid !== undefined && child.exitCode === null) megabytes = peakMegabytes(child.pid);
  }, LOOK_EVERY_MS);
  let said = '';
  for await (const chunk of child.stdout) said += String(chunk);
  clearInterval(watch);
  return { said: said.trim(), megabytes, seconds: (performance.now() - begun) / 1_000 };
}

/** Accepts every row of a batch; what it answers is as long as what the service answers. */
const standIn = createServer((request, response) => {
  let rows = -1;
  request.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === LF) rows++;
  });
  request.on('end', () => {
    const report = { sampleId: 'U1234567', outcome: 'accepted', caseId: 'HW-0000000000', faults: [], notes: [] }; // prettier-ignore
    const receipt = {
      batchId: randomUUID(),
      side: 'unknowns',
      receivedAt: new Date().toISOString(),
      contentHash: '',
      accepted: rows,
      extended: 0,
      unchanged: 0,
      refused: 0,
      rows: Array.from({ length: rows }, (_, place) => ({ row: place + 2, ...report })),
    };
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(receipt));
  });
});

const folder = await mkdtemp(join(tmpdir(), 'homeward-bench-'));
await chmod(folder, 0o711);
console.log(machine());
const long = join(folder, 'long.csv');
await pipeline(Readable.from(writeRows(LONG)), createWriteStream(long));
await new Promise<void>((resolve) => standIn.listen(0, '127.0.0.1', resolve));
const { port } = standIn.address() as AddressInfo;
const alone = await send(long, new URL(`http://127.0.0.1:${port}`), 'no-key');
standIn.close();
await rm(long);
console.log(`to a stand-in: ${alone.said}; ${alone.megabytes.toFixed(0)} MB of the command`);
assert.match(alone.said, new RegExp(`^${LONG} rows in \\d+ batches: ${LONG} accepted`));
assert.ok(alone.megabytes < MOST_MEGABYTES, `${alone.megabytes} MB`);

const server = await startEmbeddedPostgres({ dataDir: join(folder, 'db'), durable: false });
const owner = postgres(server.url, { max: 1, onnotice: () => undefined });
await migrateDatabase(server.url, 'homeward_service');
const adminKey = 'an-administrators-key-for-benches-only-0';
const service = await startService(
  {
    host: '127.0.0.1',
    port: 0,
    logLevel: 'error',
    databaseUrl: server.loginUrl,
    databaseOwnerUrl: server.url,
    redisUrl: undefined,
    adminApiKey: adminKey,
    keyRing: RING,
    signIn: undefined,
    searchThreads: 1,
    minimumLoci: 8,
    calculationThreads: 1,
    requestSeconds: 300,
    requestsPerMinute: 1_000_000,
    trustedProxies: [],
    dataDir: folder,
    durable: false,
  },
  openLog('error'),
  { search: false },
);
try {
  const post = async (path: string, body: object): Promise<Record<string, string>> => {
    const answer = await fetch(new URL(path, service.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 201, await answer.clone().text());
    return (await answer.json()) as Record<string, string>;
  };
  const point = await post('/v1/collection-points', {
    code: 'POINT-1',
    name: 'one',
    division: '510100',
  });
  const { key = '' } = await post('/v1/api-keys', { role: 'collection-point', name: 'one', collectionPointId: point.id }); // prettier-ignore
  await owner`
    insert into consents (collection_point_id, sample_code, version, purpose, signer, signed_on, age_years, deceased, retain_until)
    select ${point.id!}, 'U' || n, '1', 'family-search', 'guardian', '2026-01-01', 5, false, '2099-01-01'
    from generate_series(0, ${ROWS - 1}) n`;
  const file = join(folder, 'people.csv');
  await pipeline(Readable.from(writeRows(ROWS)), createWriteStream(file));

  const first = await send(file, new URL(service.url), key);
  console.log(`to a service: ${first.said}; ${first.megabytes.toFixed(0)} MB of the command`);
  assert.match(first.said, new RegExp(`^${ROWS} rows in \\d+ batches: ${ROWS} accepted, 0 extended, 0 unchanged, 0 refused`)); // prettier-ignore
  assert.ok(first.megabytes < MOST_MEGABYTES, `${first.megabytes} MB`);
  const again = await send(file, new URL(service.url), key);
  console.log(`again: ${again.seconds.toFixed(1)} s; ${again.megabytes.toFixed(0)} MB`);
  const written = await owner`select from samples`;
  assert.equal(written.length, ROWS);
  console.log(
    `service and all else of this process: ${peakMegabytes('self').toFixed(0)} MB at most`,
  );
} finally {
  await service.close();
  await owner.end();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
