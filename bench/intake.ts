import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { makeProfilesService } from '../src/casework/profiles/profiles.service.ts';
import { makeIntakeService } from '../src/casework/intake/intake.service.ts';
import { migrateDatabase, onlyRow, openDatabase } from '../src/platform/database.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { machine } from './measure.ts';
import { recordKeys } from './record-keys.ts';

/**
 * What row-level security costs a batch of 10,000 rows: taken in with the fences and without, in turns,
 * by the same role; then sent again under another key, so that every row is compared with what is stored.
 * Beside the time, the processor time of the database's process, which other work on the machine moves
 * less.
 */
const ROWS = 10_000;
const ROUNDS = 4;
/** At most this many times as dear in the database as without. */
const DEAREST = 2;
const LOCI = ['D3S1358', 'vWA', 'FGA', 'TH01', 'TPOX', 'D18S51', 'D21S11', 'D5S818'];

const relative = (place: number): string =>
  `${place % 2 ? 'mother' : 'father'},${place % 2 ? 'female' : 'male'}`;

function writeCsv(side: 'unknowns' | 'relatives', round: number): string {
  const cells = LOCI.map((_, locus) => `"1${locus},1${(locus + 3) % 10}"`).join(',');
  const rows = Array.from({ length: ROWS }, (_, place) =>
    side === 'unknowns'
      ? `U${round}-${place},${cells}`
      : `R${round}-${place},F${round}-${place >> 1},${relative(place)},${cells}`,
  );
  const columns = side === 'unknowns' ? ['sample_id'] : ['sample_id', 'family', 'relation', 'sex'];
  return [[...columns, ...LOCI].join(','), ...rows].join('\n');
}

/** Of the one process that serves the only connection. */
function readCpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  const TICKS_A_SECOND = 100;
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_A_SECOND;
}

const dataDir = await mkdtemp(join(tmpdir(), 'homeward-bench-'));
await chmod(dataDir, 0o711);
const server = await startEmbeddedPostgres({ dataDir, durable: false });
const owner = postgres(server.url, { max: 1, onnotice: () => undefined });
const connection = openDatabase(server.loginUrl, { connections: 1 });
try {
  console.log(machine());
  await migrateDatabase(server.url, 'homeward_service');
  const tables = await owner<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
  const point = onlyRow(
    await owner<{ id: string }[]>`
      insert into collection_points (code, name, division) values ('P', 'P', '510100') returning id`,
  );
  const { pid } = onlyRow(
    await connection.db.execute<{ pid: number }>('select pg_backend_pid() as pid'),
  );
  const intake = makeIntakeService({
    db: connection.db,
    profiles: makeProfilesService({ recordKeys }),
    rules: { minimumLoci: 8 },
    onCommitted: () => undefined,
  });
  const spent = new Map<string, { ms: number; cpuMs: number }>();

  const measure = async (what: string, receive: () => Promise<number>): Promise<void> => {
    const [begin, beginCpu] = [performance.now(), readCpuMs(pid)];
    assert.equal(await receive(), ROWS);
    const before = spent.get(what) ?? { ms: 0, cpuMs: 0 };
    spent.set(what, {
      ms: before.ms + performance.now() - begin,
      cpuMs: before.cpuMs + readCpuMs(pid) - beginCpu,
    });
  };
  for (let round = 0; round < 2 * ROUNDS; round++) {
    const fences = round % 2 === 0 ? 'enable' : 'disable';
    for (const { name } of tables) {
      await owner.unsafe(`alter table ${name} ${fences} row level security`);
    }
    for (const side of ['unknowns', 'relatives'] as const) {
      const csv = Buffer.from(writeCsv(side, round));
      const send = async (key?: string) =>
        (await intake.receive(point.id, { side, content: csv, idempotencyKey: key })).receipt;
      await measure(`${side} ${fences}`, async () => (await send()).accepted);
      await measure(`${side} again ${fences}`, async () => (await send('again')).unchanged);
      await owner`update batches set idempotency_key = id::text where idempotency_key = 'again'`;
    }
  }
  for (const what of ['unknowns', 'relatives', 'unknowns again', 'relatives again']) {
    const [fenced, open] = ['enable', 'disable'].map((fences) => spent.get(`${what} ${fences}`)!);
    const ratio = fenced!.cpuMs / open!.cpuMs;
    console.log(
      `${what.padEnd(16)} ${ROWS} rows: ${(fenced!.ms / ROUNDS).toFixed(0)} ms fenced, ` +
        `${(open!.ms / ROUNDS).toFixed(0)} ms open, ratio ${(fenced!.ms / open!.ms).toFixed(2)}; ` +
        `database ${(fenced!.cpuMs / ROUNDS).toFixed(0)} and ${(open!.cpuMs / ROUNDS).toFixed(0)} ms, ` +
        `ratio ${ratio.toFixed(2)}`,
    );
    if (!what.includes('again')) assert.ok(ratio < DEAREST, `${what}: ${ratio}`);
  }
} finally {
  await connection.close();
  await owner.end();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
