import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { makeAccessService } from './casework/access/access.service.ts';
import { makeAuditService } from './casework/audit/audit.service.ts';
import { makeCandidatesService } from './casework/candidates/candidates.service.ts';
import { makeCasesService } from './casework/cases/cases.service.ts';
import { makeFrequencyTablesService } from './casework/frequency-tables/frequency-tables.service.ts';
import { makeIntakeService } from './casework/intake/intake.service.ts';
import { makeLikelihoodRatiosService } from './casework/likelihood-ratios/likelihood-ratios.service.ts';
import { makePoliciesService } from './casework/policies/policies.service.ts';
import { makeReviewsService } from './casework/reviews/reviews.service.ts';
import {
  type Dispatcher,
  type Outbox,
  startDispatcher,
  type WorkJob,
} from './casework/searches/dispatcher.ts';
import { makeIndexLoader } from './casework/searches/index-loader.ts';
import { makeProgressService } from './casework/searches/progress.service.ts';
import { makeMatcher } from './casework/searches/matcher.ts';
import { keepReady } from './casework/searches/readiness.ts';
import { makeRequestOutbox, SEARCH_QUEUE } from './casework/searches/request-outbox.ts';
import { makeSearchService } from './casework/searches/search.service.ts';
import { startWorkConsumer } from './casework/searches/work-consumer.ts';
import { makeBlockOutbox, SWEEP_QUEUE } from './casework/sweeps/block-outbox.ts';
import { makeSweepRunner } from './casework/sweeps/sweep-runner.ts';
import { makeSweepsService } from './casework/sweeps/sweeps.service.ts';
import { type AppDependencies, buildApp } from './http/app.ts';
import { readOrCreateAdminKey } from './platform/admin-key.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/database.ts';
import { HomewardError } from './platform/errors.ts';
import { type Infrastructure, openInfrastructure } from './platform/infrastructure.ts';
import { openCalculationPool, openScoringPool, type ThreadPool } from './platform/thread-pool.ts';

/** A running part of Homeward; closing it finishes what is under way. */
export type Running = { close(): Promise<void> };

/** The running service. `url` is where it listens, `adminKey` an administrator's key. */
export type Service = Running & { readonly url: string; readonly adminKey: string | undefined };

/**
 * Starts the HTTP service, and with `search` the search beside it in the same process.
 * @throws HomewardError when the configuration or the database does not allow it
 */
export async function startService(
  config: Config,
  log: Logger,
  { search }: { search: boolean },
): Promise<Service> {
  const infrastructure = await openInfrastructure(config, log);
  const opened: Running[] = [infrastructure];
  const close = async (): Promise<void> => {
    for (const part of opened.splice(0).reverse()) await part.close();
  };
  try {
    if (search) opened.push(startSearch(config, infrastructure, log));
    await makeSweepsService({
      ...infrastructure,
      onRequested: () => undefined,
    }).requestAfterUpgrade();
    // Closed before the queues that they offer to.
    const dispatchers = await openDispatchers(infrastructure, log, { afresh: true });
    opened.push(dispatchers);
    const adminKey = config.adminApiKey ?? (await embeddedAdminKey(config));
    if (adminKey !== undefined) {
      await makeAccessService(infrastructure).ensureAdministrator(adminKey);
    }
    const wake = (): void => {
      dispatchers.wake();
    };
    const pool = openCalculationPool(config.calculationThreads);
    opened.push(pool);
    const services = makeServices({ db: infrastructure.db, pool, wake });
    const app = await buildApp({ ...config, log, ...services });
    opened.push(app);
    // Closed first: a request is answered when its calculation ends.
    opened.push({
      close() {
        services.likelihoodRatios.stop();
        return Promise.resolve();
      },
    });
    return { url: await listen(app, config), adminKey, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new HomewardError(
      'CONFIGURATION_INVALID',
      `The service cannot listen on ${host}:${port} (${reason}); choose another HOST or PORT.`,
    );
  }
  return `http://${host}:${(app.server.address() as AddressInfo).port}`;
}

/** Starts a search worker without HTTP; any number of them share one database and queue. */
export async function startWorker(config: Config, log: Logger): Promise<Running> {
  const infrastructure = await openInfrastructure(config, log);
  const dispatchers = await openDispatchers(infrastructure, log, { afresh: false });
  const searching = startSearch(config, infrastructure, log);
  return {
    async close() {
      await dispatchers.close();
      await searching.close();
      await infrastructure.close();
    },
  };
}

/**
 * The services behind the routes.
 * @param pool of calculation threads
 * @param wake tells the dispatcher that something was written that wants to be searched
 */
export function makeServices({
  db,
  pool,
  wake,
}: {
  db: Database;
  pool: ThreadPool;
  wake: () => void;
}): Omit<AppDependencies, 'log' | 'requestsPerMinute'> {
  const frequencyTables = makeFrequencyTablesService({ db });
  const policies = makePoliciesService({ db, frequencyTables, onActivated: wake });
  const sweeps = makeSweepsService({ db, onRequested: wake });
  return {
    access: makeAccessService({ db }),
    audit: makeAuditService({ db }),
    frequencyTables,
    policies,
    candidates: makeCandidatesService({ db, policies }),
    cases: makeCasesService({ db }),
    intake: makeIntakeService({ db, onCommitted: wake }),
    likelihoodRatios: makeLikelihoodRatiosService({ policies, frequencyTables, pool }),
    progress: makeProgressService({ db, sweeps }),
    reviews: makeReviewsService({ db }),
    sweeps,
  };
}

/** One dispatcher for each kind of work, woken and closed together. */
async function openDispatchers(
  { db, queues }: Infrastructure,
  log: Logger,
  { afresh }: { afresh: boolean },
): Promise<Dispatcher> {
  const open = (name: string, outbox: Outbox): Promise<Dispatcher> =>
    startDispatcher({ outbox, queue: queues.openQueue<WorkJob>(name), log, afresh });
  const requests = await open(SEARCH_QUEUE, makeRequestOutbox({ db }));
  const blocks = await open(SWEEP_QUEUE, makeBlockOutbox({ db }));
  return {
    wake() {
      requests.wake();
      blocks.wake();
    },
    async close() {
      await requests.close();
      await blocks.close();
    },
  };
}

function startSearch(config: Config, { db, queues }: Infrastructure, log: Logger): Running {
  const pool = openScoringPool(config.searchThreads);
  const frequencyTables = makeFrequencyTablesService({ db });
  const policies = makePoliciesService({ db, frequencyTables, onActivated: () => undefined });
  const matcher = makeMatcher({ pool, indexLoader: makeIndexLoader({ db }) });
  const readiness = keepReady({ matcher, policies, log });
  const search = makeSearchService({ db, matcher, policies, log });
  const sweep = makeSweepRunner({ db, matcher, policies, log });
  const { searchThreads } = config;
  // A request waits for the database about as long as for a thread; a block keeps a thread busy.
  startWorkConsumer({ queues, queue: SEARCH_QUEUE, work: search, concurrency: 2 * searchThreads });
  startWorkConsumer({ queues, queue: SWEEP_QUEUE, work: sweep, concurrency: searchThreads });
  return {
    async close() {
      readiness.stop();
      search.stop();
      sweep.stop();
      await queues.close();
      await pool.close();
      await readiness.close();
    },
  };
}

/** An embedded service makes its own first key; beside real servers one is configured. */
async function embeddedAdminKey({ databaseUrl, dataDir }: Config): Promise<string | undefined> {
  return databaseUrl === undefined ? readOrCreateAdminKey(dataDir) : undefined;
}
