import {
  assertSchemaCompatibility,
  createPostgresBackend,
  createRedisBackend,
  DEFAULT_SCHEMA,
  Queue,
  runMigrations,
  Worker,
  type BackendFactory,
  type IQueueBackend,
  type Job,
  type JobProgress,
  type PgPool,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { DatabaseRole } from './database-roles.ts';

/** A queue of jobs that carry `Data`: ids only, since Redis keeps them in clear text. */
export type JobQueue<Data> = Queue<
  Data,
  unknown,
  string,
  Data,
  unknown,
  string,
  IQueueBackend,
  unknown
>;

/** Takes jobs from a queue, several at a time. */
export type JobWorker<Data, Result> = Worker<
  Data,
  Result,
  string,
  IQueueBackend,
  JobProgress,
  unknown
>;

/** BullMQ on Redis or on PostgreSQL; what uses it need not know which. */
export type QueueBackend = {
  readonly kind: 'redis' | 'postgres';
  openQueue<Data>(name: string): JobQueue<Data>;
  openWorker<Data, Result>(
    name: string,
    processor: (job: Job<Data, Result>) => Promise<Result>,
    options: { concurrency: number },
  ): JobWorker<Data, Result>;
  /**
   * Closes the workers, then the queues, then the connections. Jobs in progress get some seconds
   * to finish; one that does not is run again by another worker. Idempotent, and never rejects.
   */
  close(): Promise<void>;
};

export type QueueBackendOptions = {
  databaseUrl: string;
  /** Redis 6.2 or later; without it, the queues live in the database. */
  redisUrl?: string | undefined;
  /** Hears of lost connections and other trouble that BullMQ mends by itself. */
  onError: (error: Error) => void;
};

const JOB_OPTIONS = {
  removeOnComplete: true,
  removeOnFail: { count: 1000 },
  attempts: 3,
  backoff: { type: 'exponential', delay: 1000 },
};

const WORKER_OPTIONS = {
  // When the server was away, BullMQ would wait for 15 s before it asks for jobs again.
  runRetryDelay: 1_000,
  // The job of a worker that was killed is taken up again when its lock has expired and the next
  // check has seen it, within about 20 s. A worker renews its locks at half their time.
  lockDuration: 15_000,
  stalledInterval: 5_000,
  // Being killed is no fault of the job, unless it happens all the time.
  maxStalledCount: 20,
};

/** How long `close` waits for jobs in progress. */
const GRACE_MS = 10_000;
/** How long `close` waits for a server that may be gone. */
const PATIENCE_MS = 1_000;

/** What the two kinds differ in. */
type Connections = {
  readonly kind: QueueBackend['kind'];
  /** Puts a queue or worker on these connections, whatever connection its options name. */
  readonly createBackend: BackendFactory<IQueueBackend, unknown>;
  /** Settles when the server has answered. */
  ping(): Promise<unknown>;
  close(): Promise<unknown>;
};

export async function openQueueBackend(options: QueueBackendOptions): Promise<QueueBackend> {
  let isClosed = false;
  const reported = new WeakSet<Error>();
  const report = (error: Error): void => {
    // Each queue and worker on a connection passes on the same error of it.
    if (isClosed || reported.has(error)) return;
    reported.add(error);
    options.onError(error);
  };
  const { kind, createBackend, ...connections } = options.redisUrl
    ? await connectRedis(options.redisUrl, report)
    : await connectPostgres(options.databaseUrl, report);
  // BullMQ insists on a connection, but the backends bring theirs. Redis may have other tenants.
  const common = { connection: kind, prefix: 'homeward' };
  const workers: { pause(): Promise<void>; close(force: boolean): Promise<void> }[] = [];
  const queues: { close(): Promise<void> }[] = [];

  const close = async (): Promise<void> => {
    if (await succeeds(connections.ping(), PATIENCE_MS)) {
      await succeeds(Promise.all(workers.map((worker) => worker.pause())), GRACE_MS);
    }
    isClosed = true;
    await succeeds(Promise.all(workers.map((worker) => worker.close(true))), PATIENCE_MS);
    await succeeds(Promise.all(queues.map((queue) => queue.close())), PATIENCE_MS);
    await succeeds(connections.close(), PATIENCE_MS);
  };
  let closing: Promise<void> | undefined;

  return {
    kind,
    openQueue<Data>(name: string): JobQueue<Data> {
      const queue: JobQueue<Data> = new Queue(
        name,
        { ...common, defaultJobOptions: JOB_OPTIONS },
        createBackend,
      );
      queue.on('error', report);
      queues.push(queue);
      return queue;
    },
    openWorker<Data, Result>(
      name: string,
      processor: (job: Job<Data, Result>) => Promise<Result>,
      { concurrency }: { concurrency: number },
    ): JobWorker<Data, Result> {
      const worker: JobWorker<Data, Result> = new Worker(
        name,
        processor,
        { ...common, ...WORKER_OPTIONS, concurrency },
        createBackend,
      );
      worker.on('error', report);
      workers.push(worker);
      return worker;
    },
    close: () => (closing ??= close()),
  };
}

const QUEUE_ROLE: DatabaseRole = 'homeward_queue';

/** BullMQ makes a sequence for each queue when it is first used; those of earlier releases are the owner's. */
const GRANTS = `
  grant usage, create on schema ${DEFAULT_SCHEMA} to ${QUEUE_ROLE};
  grant select, insert, update, delete on all tables in schema ${DEFAULT_SCHEMA} to ${QUEUE_ROLE};
  do $$
  declare own regclass;
  begin
    for own in select oid from pg_class where relnamespace = '${DEFAULT_SCHEMA}'::regnamespace
      and relkind = 'S' and pg_has_role(relowner, 'USAGE') loop
      execute format('grant usage, select, update on sequence %s to ${QUEUE_ROLE}', own);
    end loop;
  end $$`;

/** Brings the tables of queues in PostgreSQL up to date, and lets the queue's role work with them. */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'homeward',
    connectionTimeoutMillis: 10_000,
  });
  // Each use tells of a lost connection; unheard, this event would be a crash.
  owner.on('error', () => undefined);
  await owner.connect();
  try {
    await runMigrations(owner);
    await owner.query(GRANTS);
  } finally {
    await owner.end();
  }
}

async function connectRedis(url: string, onError: (error: Error) => void): Promise<Connections> {
  // Whoever adds a job learns within a second or so that Redis is away; a worker waits for it.
  const adding = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 5 });
  const working = adding.duplicate({ maxRetriesPerRequest: null });
  const disconnect = (): void => {
    adding.disconnect();
    working.disconnect();
  };
  adding.on('error', onError);
  working.on('error', onError);
  try {
    await Promise.all([adding.connect(), working.connect()]);
    const policy = /maxmemory_policy:(\S+)/.exec(await adding.info('memory'))?.[1];
    if (policy !== undefined && policy !== 'noeviction') {
      onError(new Error(`Redis may drop jobs: maxmemory-policy is ${policy}, not noeviction.`));
    }
  } catch (cause) {
    disconnect();
    const { host, port } = adding.options;
    throw new Error(`Redis does not answer at ${String(host)}:${String(port)}.`, { cause });
  }
  return {
    kind: 'redis',
    createBackend: (name, options, role) =>
      createRedisBackend(
        name,
        { ...options, connection: role?.withBlockingConnection ? working : adding },
        role,
      ),
    ping: () => adding.ping(),
    close: () => {
      // Not quit(), which would wait for a Redis that is gone.
      disconnect();
      return Promise.resolve();
    },
  };
}

async function connectPostgres(url: string, onError: (error: Error) => void): Promise<Connections> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'homeward queue',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // BullMQ's statements name its tables without their schema.
    options: `-c search_path=${DEFAULT_SCHEMA} -c role=${QUEUE_ROLE}`,
  });
  pool.on('error', onError);
  // Each queue and worker listens for the pool's errors as well.
  pool.setMaxListeners(0);
  try {
    const client = await pool.connect();
    try {
      await assertSchemaCompatibility(client);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  // The same thing to BullMQ, whose declaration of on() has other overloads than that of @types/pg.
  const connection = pool as pg.Pool & PgPool;
  return {
    kind: 'postgres',
    createBackend: (name, options, role) => {
      // A worker keeps a client of the pool to itself, to hear of new jobs.
      if (role?.withBlockingConnection) pool.options.max += 1;
      return createPostgresBackend(name, { ...options, connection }, role);
    },
    ping: () => pool.query('SELECT'),
    close: () => pool.end(),
  };
}

/** @returns whether the work was done in time and without an error; the work is not interrupted */
function succeeds(work: Promise<unknown>, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, withinMs, false);
    const settle = (success: boolean): void => {
      clearTimeout(timer);
      resolve(success);
    };
    work.then(
      () => settle(true),
      () => settle(false),
    );
  });
}
