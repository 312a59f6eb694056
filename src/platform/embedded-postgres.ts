import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import { Socket } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
  type EmbeddedPostgresOptions,
  ENVIRONMENT,
  NAME,
  prepareSite,
  removeLeftovers,
  type Site,
} from './embedded-site.ts';
import { findFreePort } from './free-port.ts';

/** A PostgreSQL server that belongs to this process and to one data folder. */
export type EmbeddedPostgres = {
  /** postgres:// URL of the `homeward` database for its owner, with the password, on 127.0.0.1. */
  readonly url: string;
  /** The same for a login that owns nothing. Its password is made anew at each start. */
  readonly loginUrl: string;
  /** Stops the server (fast shutdown) and waits until it is gone. Idempotent. */
  stop(): Promise<void>;
};

const HOST = '127.0.0.1';
/** Who the service logs in as. */
const LOGIN = 'homeward_service';
/** Key of the session lock by which one service owns a folder: "home" in ASCII. */
const OWNER_LOCK = 0x686f6d65;
/** Bound for a server to come up; a recovery after a crash counts as well. */
const START_PATIENCE_MS = 60_000;
/** A server that ends at once may find its port taken or its predecessor's memory in use. */
const LAUNCHES_AT_MOST = 8;
/** Bound for the lock of a killed owner to be released by its server. */
const OWNER_PATIENCE_MS = 3_000;
const STOP_PATIENCE_MS = 60_000;
const POLL_MS = 25;

const SETTINGS = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // A failed statement is told to the service. The log must not repeat it: it may hold a name.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};
const SETTINGS_WITHOUT_DURABILITY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

type Postmaster = { readonly pid: number; readonly port: number };

/** The session that holds the folder's lock, and the server that granted it. */
type Ownership = { readonly client: pg.Client; readonly socket: Socket; readonly port: number };

/**
 * Runs PostgreSQL from the npm package in `dataDir`: starts it, or adopts the server that a killed
 * service left running there. The server outlives this process unless `stop` is called, so that a
 * crash of the service never costs a recovery; the next start finds it.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const site = await prepareSite(options);
  const ownership = await takeOwnership(site, { mayLaunch: true });
  if (site.durable && !(await isDurable(ownership.client))) {
    site.log('the server on this folder was started for tests, without fsync: starting it again');
    await shutDown(site, ownership);
    return startEmbeddedPostgres(options);
  }
  const loginPassword = await prepareDatabase(ownership.client);
  await removeLeftovers(site);

  let owner = ownership;
  let stopping: Promise<void> | undefined;
  const keep = (): void => {
    // The connection is held for its lock only: it must not hold the process as well.
    owner.socket.unref();
    owner.client.once('end', () => {
      if (stopping === undefined) void reclaim();
    });
  };
  const reclaim = async (): Promise<void> => {
    // PostgreSQL drops every session when one of its processes crashes, and then goes on.
    site.log('the connection that owns the database was lost');
    try {
      owner = await takeOwnership(site, { mayLaunch: false });
      keep();
    } catch (error) {
      site.log(`the database has no owner: ${String(error)}`);
    }
  };
  keep();

  const urlOf = (name: string, password: string): string =>
    `postgres://${name}:${password}@${HOST}:${String(ownership.port)}/${NAME}`;
  return {
    url: urlOf(NAME, site.password),
    loginUrl: urlOf(LOGIN, loginPassword),
    stop: () => (stopping ??= shutDown(site, owner)),
  };
}

/**
 * Connects to the folder's server and takes its lock, whatever state the server is in: absent,
 * starting, recovering, running since an earlier life, or about to stop.
 */
async function takeOwnership(
  site: Site,
  { mayLaunch }: { mayLaunch: boolean },
): Promise<Ownership> {
  const deadline = performance.now() + START_PATIENCE_MS;
  let server: ChildProcess | undefined;
  let launches = 0;
  let cause: unknown;
  while (performance.now() < deadline) {
    const postmaster = await findPostmaster(site.cluster);
    if (postmaster) {
      try {
        const ownership = await connectAsOwner(site, postmaster);
        site.log(
          `${server ? 'started' : 'adopted'} PostgreSQL on port ${String(postmaster.port)}, ` +
            `process ${String(postmaster.pid)}`,
        );
        return ownership;
      } catch (error) {
        if (isFinal(error)) throw error;
        cause = error;
      }
    } else if (server?.exitCode !== null || server.signalCode !== null) {
      // None was launched yet, or the one that was has ended.
      if (!mayLaunch || launches === LAUNCHES_AT_MOST) break;
      await sleep(launches * 2 * POLL_MS);
      server = await launch(site);
      launches += 1;
    }
    await sleep(POLL_MS);
  }
  const log = (await readLines(site.logFile)).slice(-20).join('\n');
  throw new Error(`PostgreSQL did not come up in ${site.cluster}. Its log ends:\n${log}`, {
    cause,
  });
}

/** What no patience cures: another owner, or a password that is not the cluster's (class 28). */
function isFinal(error: unknown): boolean {
  if (error instanceof FolderTaken) return true;
  return error instanceof pg.DatabaseError && error.code?.startsWith('28') === true;
}

class FolderTaken extends Error {}

async function launch(site: Site): Promise<ChildProcess> {
  const settings = { ...SETTINGS, ...(site.durable ? {} : SETTINGS_WITHOUT_DURABILITY) };
  const log = await fs.open(site.logFile, 'a', 0o600);
  try {
    const server = spawn(
      join(site.bin, 'postgres'),
      [
        ...['-D', site.cluster, '-p', String(await findFreePort())],
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      {
        ...site.account,
        cwd: '/',
        env: ENVIRONMENT,
        // A session of its own, so that Ctrl-C in the terminal reaches the service alone, and a
        // file instead of a pipe, which would break under the server when the service is killed.
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    await once(server, 'spawn');
    server.unref();
    return server;
  } finally {
    await log.close();
  }
}

/** Reads postmaster.pid, where PostgreSQL says who serves a cluster and where. */
async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const file = join(cluster, 'postmaster.pid');
  const lines = await readLines(file);
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!(pid > 0 && port > 0)) return undefined;
  if (await isPostgres(pid)) return { pid, port };
  // PostgreSQL removes the file of a dead process, but not when its number belongs to another one
  // by now, as it easily does after a container was started again.
  if (isAlive(pid)) await fs.rm(file, { force: true });
  return undefined;
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return isAlive(pid);
  // Empty for a process that has ended and waits for its parent to notice.
  const commandLine = await fs.readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');
  return basename(commandLine.split('\0')[0] ?? '') === 'postgres';
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function connectAsOwner(site: Site, { port }: Postmaster): Promise<Ownership> {
  const socket = new Socket();
  const client = new pg.Client({
    host: HOST,
    port,
    user: NAME,
    password: site.password,
    database: 'postgres',
    application_name: 'homeward owner',
    connectionTimeoutMillis: OWNER_PATIENCE_MS,
    ssl: false,
    stream: () => socket,
  });
  // Each use and the 'end' event tell of a lost connection; unheard, this event would be a crash.
  client.on('error', () => undefined);
  await client.connect();
  const deadline = performance.now() + OWNER_PATIENCE_MS;
  do {
    const { rows } = await client.query<{ owned: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS owned',
      [OWNER_LOCK],
    );
    if (rows[0]?.owned) return { client, socket, port };
    // The session of an owner that was killed ends as soon as its server notices.
    await sleep(POLL_MS);
  } while (performance.now() < deadline);
  await client.end();
  throw new FolderTaken(
    `Another Homeward service uses ${dirname(site.cluster)}. Stop it, or set HOMEWARD_DATA_DIR ` +
      'to another folder.',
  );
}

async function isDurable(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ fsync: string }>('SHOW fsync');
  return rows[0]?.fsync === 'on';
}

/** @returns the password of the service's login. Without an answer the folder has no owner again. */
async function prepareDatabase(client: pg.Client): Promise<string> {
  try {
    await createDatabase(client);
    return await prepareLogin(client);
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [NAME]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${NAME}`);
}

/** Makes the service's login where it is missing, and gives it another password. */
async function prepareLogin(client: pg.Client): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [LOGIN]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${LOGIN} LOGIN NOINHERIT`);
  await client.query(`ALTER ROLE ${LOGIN} PASSWORD '${password}'`);
  return password;
}

async function shutDown(site: Site, { client }: Ownership): Promise<void> {
  const postmaster = await findPostmaster(site.cluster);
  if (postmaster) {
    // The lock is kept to the end: a service that starts meanwhile must not adopt this server.
    process.kill(postmaster.pid, 'SIGINT');
    const deadline = performance.now() + STOP_PATIENCE_MS;
    while (await isPostgres(postmaster.pid)) {
      if (performance.now() > deadline) {
        throw new Error(`PostgreSQL, process ${String(postmaster.pid)}, has still not stopped.`);
      }
      await sleep(POLL_MS);
    }
  }
  await client.end();
}

/** The lines of a file; a missing one is empty. */
async function readLines(file: string): Promise<string[]> {
  const text = await fs.readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n');
}
