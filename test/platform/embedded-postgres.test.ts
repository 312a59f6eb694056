import { spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import t, { type Test } from 'tap';
import { defaultDataDir } from '../../src/platform/data-dir.ts';
import { ROOT, spawnNode } from '../package.ts';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/platform/embedded-postgres.ts';

const OWNER = fileURLToPath(new URL('fixtures/database-owner.js', import.meta.url));
/** An account without rights, on every Linux. */
const NOBODY = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;
const onlyRoot = isRoot ? false : 'needs root, who must hand the database to another account';

type OwnerOptions = {
  durable?: boolean;
  file?: string;
  cwd?: string;
  flags?: string[];
  uid?: number;
  gid?: number;
};
type Answer = { url: string } | { error: string };

// The subtests mostly wait for processes, each in a folder of its own.
t.jobs = 3;

void t.test('the lives of one folder', async (t) => {
  const dataDir = await makeDataDir(t);

  await t.test('first start, stop and restart', async (t) => {
    const first = await start(t, dataDir);
    const settings = await query(
      first.url,
      `SELECT current_database() AS db, current_setting('server_encoding') AS encoding,
         current_setting('TimeZone') AS zone, current_setting('listen_addresses') AS host,
         current_setting('unix_socket_directories') AS sockets,
         (SELECT datlocale FROM pg_database WHERE datname = current_database()) AS locale`,
    );
    t.same(settings, [
      {
        db: 'homeward',
        encoding: 'UTF8',
        zone: 'UTC',
        host: '127.0.0.1',
        sockets: '',
        locale: 'C.UTF-8',
      },
    ]);
    const wrongPassword = new URL(first.url);
    wrongPassword.password = 'wrong';
    await t.rejects(query(wrongPassword.href, 'SELECT 1'), { code: '28P01' });
    const { mode } = await stat(join(dataDir, 'postgres.password'));
    t.equal(mode & 0o777, 0o600);

    await query(first.url, 'CREATE TABLE kept (life text PRIMARY KEY)');
    await keep(first.url, 'first');
    await Promise.all([first.stop(), first.stop()]);
    await first.stop();
    await t.rejects(query(first.url, 'SELECT 1'), { code: 'ECONNREFUSED' });
    const again = await start(t, dataDir);
    t.ok(await isKept(again.url, 'first'));
  });

  await t.test('a failed statement leaves nothing of its values in the log', async (t) => {
    const { url } = await start(t, dataDir);
    await keep(url, 'Secret');
    await t.rejects(keep(url, 'Secret'), { code: '23505' });
    await t.rejects(query(url, "SELECT 'Secret'::int"), { code: '22P02' });
    t.notMatch(await readFile(join(dataDir, 'postgres.log'), 'utf8'), 'Secret');
  });

  await t.test('the server of a killed service is adopted, with its data', async (t) => {
    const { service, url } = await startOwner(t, dataDir);
    await keep(url, 'adopted');
    const pid = await readServerPid(dataDir);
    await kill(service);

    const lines: string[] = [];
    const adopted = await start(t, dataDir, { onLog: (line) => lines.push(line) });
    t.match(lines.join('\n'), `adopted PostgreSQL on port ${new URL(url).port}`);
    t.equal(adopted.url, url, 'the same port and password');
    t.equal(await readServerPid(dataDir), pid, 'the same process');
    t.ok(await isKept(adopted.url, 'adopted'));
    await adopted.stop();
    t.notOk(isServer(pid), 'and it is stopped like any other');
  });

  await t.test('a server without fsync is not adopted for real data', async (t) => {
    const { service, url } = await startOwner(t, dataDir);
    await keep(url, 'without fsync');
    await kill(service);
    const { url: durable } = await start(t, dataDir, { durable: true });
    t.same(await query(durable, 'SHOW fsync'), [{ fsync: 'on' }]);
    t.ok(await isKept(durable, 'without fsync'));
  });

  await t.test('a killed server recovers', async (t) => {
    const { service, url } = await startOwner(t, dataDir, { durable: true });
    await keep(url, 'recovered');
    const pid = await readServerPid(dataDir);
    process.kill(pid, 'SIGKILL');
    await kill(service);

    // The first to start is killed as soon as its server is under way. Whatever state that leaves,
    // the next one waits for it or starts over.
    const halfway = spawnOwner(t, dataDir, { durable: true });
    await until(async () => (await readServerPid(dataDir).catch(() => pid)) !== pid);
    await kill(halfway);
    const database = await start(t, dataDir);
    t.ok(await isKept(database.url, 'recovered'));
  });

  await t.test('a second service is refused', async (t) => {
    const { service, url } = await startOwner(t, dataDir);
    await t.rejects(start(t, dataDir), { message: `Another Homeward service uses ${dataDir}.` });
    t.ok(await isKept(url, 'first'), 'the first service is not disturbed');

    service.send('stop');
    const next = await start(t, dataDir);
    t.ok(await isKept(next.url, 'first'), 'and the folder is free when it stops');
  });

  await t.test('a folder whose owning connection was lost is owned again', async (t) => {
    const { url } = await start(t, dataDir);
    const findOwner = async (): Promise<unknown> => {
      const [owner] = await query(
        url,
        `SELECT a.pid FROM pg_stat_activity a JOIN pg_locks l USING (pid)
         WHERE a.application_name = 'homeward owner' AND l.locktype = 'advisory' AND l.granted`,
      );
      return owner?.pid;
    };
    const lost = await findOwner();
    await query(url, `SELECT pg_terminate_backend(${String(lost)}, 10000)`);
    await until(async () => (await findOwner()) !== undefined);
    t.not(await findOwner(), lost);
  });

  await t.test('a process number that belongs to another program by now', async (t) => {
    const cluster = join(dataDir, 'postgres');
    // As it is left behind in a container that was killed and started again.
    const stale = [process.pid, cluster, 1700000000, 5432, '', '127.0.0.1', '', 'ready'];
    await writeFile(join(cluster, 'postmaster.pid'), stale.join('\n'));
    const database = await start(t, dataDir);
    t.ok(await isKept(database.url, 'first'));
  });

  await t.test('a server that cannot start says why', async (t) => {
    const file = join(dataDir, 'postgres', 'PG_VERSION');
    const version = await readFile(file, 'utf8');
    await writeFile(file, '9.6\n');
    await t.rejects(start(t, dataDir), {
      message: 'database files are incompatible with server',
    });
    await writeFile(file, version);
  });

  await t.test('a password that is missing or not the cluster’s', async (t) => {
    const file = join(dataDir, 'postgres.password');
    await writeFile(file, 'wrong');
    await t.rejects(start(t, dataDir), { code: '28P01' });
    await unlink(file);
    await t.rejects(start(t, dataDir), { message: `its password is missing from ${file}` });
  });
});

void t.test('a first start that was killed leaves nothing half made', async (t) => {
  const dataDir = await makeDataDir(t);
  const service = spawnOwner(t, dataDir);
  await until(async () =>
    (await readdir(dataDir)).some((name) => name.startsWith('postgres.new-')),
  );
  await kill(service);
  const database = await start(t, dataDir);
  t.same(await query(database.url, 'SELECT 1 AS n'), [{ n: 1 }]);
  t.same((await readdir(dataDir)).sort(), ['postgres', 'postgres.log', 'postgres.password']);
});

void t.test('a leftover that a slower start still fills does not stop the owner', async (t) => {
  const dataDir = await makeDataDir(t);
  const staging = join(dataDir, 'postgres.new-slower');
  const filling = new AbortController();
  const slower = (async () => {
    while (!filling.signal.aborted) await mkdir(join(staging, randomUUID()), { recursive: true });
  })();
  try {
    const database = await start(t, dataDir);
    t.same(await query(database.url, 'SELECT 1 AS n'), [{ n: 1 }]);
  } finally {
    filling.abort();
    await slower;
  }
});

void t.test('of two first starts at the same time one owns the folder', async (t) => {
  const dataDir = await makeDataDir(t);
  const services = [spawnOwner(t, dataDir), spawnOwner(t, dataDir)];
  const answers = await Promise.all(services.map(answerOf));
  const [winner] = answers.filter((answer) => 'url' in answer);
  const [loser] = answers.filter((answer) => 'error' in answer);
  t.match(loser, { error: 'Another Homeward service uses' });
  t.same(await query(winner?.url ?? '', 'SELECT 1 AS n'), [{ n: 1 }]);
});

void t.test(
  'root: a folder that the database’s account cannot enter',
  { skip: onlyRoot },
  async (t) => {
    const closed = join(await makeDataDir(t), 'closed');
    await mkdir(closed, { mode: 0o700 });
    const dataDir = join(closed, 'data');
    await t.rejects(start(t, dataDir), {
      message: `who cannot enter ${closed}, so it cannot keep its data in ${dataDir}. Set HOMEWARD_DATA_DIR`,
    });
  },
);

void t.test(
  'root: a package below a folder that is closed to the account',
  { skip: onlyRoot },
  async (t) => {
    const dataDir = await makeDataDir(t);
    const home = await mkdtemp(join(tmpdir(), 'homeward-home-'));
    t.teardown(() => rm(home, { recursive: true }));
    for (const name of ['node_modules', 'package.json', 'dist-test']) {
      await symlink(join(ROOT, name), join(home, name));
    }
    const service = spawnOwner(t, dataDir, {
      file: join(home, relative(ROOT, OWNER)),
      cwd: home,
      flags: ['--preserve-symlinks', '--preserve-symlinks-main'],
    });
    const answer = await answerOf(service);
    t.match(answer, { url: /^postgres:/ });
    const copies = (await readdir(dataDir)).filter((name) => name.startsWith('native-'));
    t.equal(copies.length, 1, 'the binaries were copied to where the account can run them');
    service.send('stop');
    await once(service, 'exit');
  },
);

void t.test('an ordinary user', { skip: whyNotAsNobody() }, async (t) => {
  const dataDir = await makeDataDir(t);
  await chown(dataDir, NOBODY.uid, NOBODY.gid);
  const service = spawnOwner(t, dataDir, NOBODY);
  t.match(await answerOf(service), { url: /^postgres:/ });
  service.send('stop');
  await once(service, 'exit');
});

void t.test('the default folder', { skip: process.env.HOMEWARD_DATA_DIR ?? false }, (t) => {
  t.teardown(() => delete process.env.HOMEWARD_DATA_DIR);
  const folder = defaultDataDir();
  if (isRoot) t.match(folder, /^\/var\/lib\/homeward\/[0-9a-f]{12}$/);
  else t.equal(folder, join(ROOT, '.homeward'));
  process.env.HOMEWARD_DATA_DIR = '/srv/homeward';
  t.equal(defaultDataDir(), '/srv/homeward');
  process.env.HOMEWARD_DATA_DIR = 'data';
  t.equal(defaultDataDir(), resolve('data'));
  t.end();
});

/** A folder that any account may pass through, removed with its server when the test ends. */
async function makeDataDir(t: Test): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'homeward-database-'));
  await chmod(dataDir, 0o711);
  t.teardown(async () => {
    const pid = await readServerPid(dataDir).catch(() => undefined);
    if (pid !== undefined && isServer(pid)) {
      process.kill(pid, 'SIGQUIT');
      await until(() => !isServer(pid));
    }
    await rm(dataDir, { recursive: true, maxRetries: 5 });
  });
  return dataDir;
}

async function start(
  t: Test,
  dataDir: string,
  options: { durable?: boolean; onLog?: (line: string) => void } = {},
): Promise<EmbeddedPostgres> {
  const database = await startEmbeddedPostgres({ dataDir, durable: false, ...options });
  t.teardown(() => database.stop());
  return database;
}

function spawnOwner(t: Test, dataDir: string, options: OwnerOptions = {}): ChildProcess {
  const { durable = false, file = OWNER, flags = [], ...others } = options;
  const args = [file, dataDir, ...(durable ? ['durable'] : [])];
  const service = spawnNode([...flags, ...args], {
    ...others,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  t.teardown(() => kill(service));
  return service;
}

async function startOwner(
  t: Test,
  dataDir: string,
  options: OwnerOptions = {},
): Promise<{ service: ChildProcess; url: string }> {
  const service = spawnOwner(t, dataDir, options);
  const answer = await answerOf(service);
  if ('error' in answer) throw new Error(answer.error);
  return { service, url: answer.url };
}

async function answerOf(service: ChildProcess): Promise<Answer> {
  const [answer] = (await Promise.race([
    once(service, 'message'),
    once(service, 'exit').then(([code]) => [{ error: `exit ${String(code)}` }]),
  ])) as [Answer];
  return answer;
}

async function kill(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null || service.signalCode !== null) return;
  service.kill('SIGKILL');
  await once(service, 'exit');
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function keep(url: string, life: string): Promise<void> {
  await query(url, `INSERT INTO kept VALUES ('${life}')`);
}

async function isKept(url: string, life: string): Promise<boolean> {
  return (await query(url, `SELECT FROM kept WHERE life = '${life}'`)).length === 1;
}

async function readServerPid(dataDir: string): Promise<number> {
  const file = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
  return Number.parseInt(file, 10);
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10);
}

function isServer(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)]);
  return stdout.toString().includes('bin/postgres -D');
}

/** Why the test with another account is skipped, or false. */
function whyNotAsNobody(): string | false {
  if (!isRoot) return 'all other tests here run as an ordinary user already';
  const canRead = [process.execPath, OWNER].every(
    (file) => existsSync(file) && spawnSync('test', ['-r', file], NOBODY).status === 0,
  );
  return canRead ? false : 'the checkout or Node is closed to other accounts';
}
