import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { makeAccessService } from './casework/access/access.service.ts';
import { makeAuditService } from './casework/audit/audit.service.ts';
import { makeBreakGlassService } from './casework/break-glass/break-glass.service.ts';
import { makeCandidatesService } from './casework/candidates/candidates.service.ts';
import { makeCaseFeaturesService } from './casework/case-features/case-features.service.ts';
import { makeCasesService } from './casework/cases/cases.service.ts';
import { makeCollectionPointsService } from './casework/collection-points/collection-points.service.ts';
import { makeConsentsService } from './casework/consents/consents.service.ts';
import { makeBarcodesService } from './casework/custody/barcodes.service.ts';
import { startCustodyWatch } from './casework/custody/custody-watch.ts';
import { makeCustodyService } from './casework/custody/custody.service.ts';
import { makeScansService } from './casework/custody/scans.service.ts';
import { makeFindingsService } from './casework/findings/findings.service.ts';
import { makeFrequencyTablesService } from './casework/frequency-tables/frequency-tables.service.ts';
import { makeIdentitiesService } from './casework/identities/identities.service.ts';
import { makeIntakeService } from './casework/intake/intake.service.ts';
import { makeLikelihoodRatiosService } from './casework/likelihood-ratios/likelihood-ratios.service.ts';
import { makeHealthService } from './casework/health/health.service.ts';
import type { QueueSource } from './casework/health/queue-standing.ts';
import { readKits } from './casework/next-steps/kits.ts';
import { makeNextStepsService } from './casework/next-steps/next-steps.service.ts';
import { makePoliciesService } from './casework/policies/policies.service.ts';
import { makePowerService } from './casework/power/power.service.ts';
import { sealClearProfiles } from './casework/profiles/clear-profiles.ts';
import { makeProfileSource } from './casework/profiles/profile-source.ts';
import { makeProfilesService } from './casework/profiles/profiles.service.ts';
import { makeReportsService } from './casework/reports/reports.service.ts';
import { startRetention } from './casework/retention/retention-job.ts';
import { makeRetentionService } from './casework/retention/retention.service.ts';
import { makeReunionsService } from './casework/reunions/reunions.service.ts';
import { makeClaimsService } from './casework/reviews/claims.service.ts';
import { makeReviewsService } from './casework/reviews/reviews.service.ts';
import { makeSamplesService } from './casework/samples/samples.service.ts';
import { makeStaffProfilesService } from './casework/staff-profiles/staff-profiles.service.ts';
import { makeStaffReader } from './casework/staff-profiles/staff-reader.ts';
import { startCanaryWatch } from './casework/statistics/canary-job.ts';
import { makeStatisticsService } from './casework/statistics/statistics.service.ts';
import { startWebhookDelivery } from './casework/webhooks/delivery-job.ts';
import { makeWebhooksService } from './casework/webhooks/webhooks.service.ts';
import {
  type Dispatcher,
  type Outbox,
  startDispatcher,
  type WorkJob,
} from './casework/searches/dispatcher.ts';
import { makeIndexLoader } from './casework/searches/index-loader.ts';
import { makeMatcher } from './casework/searches/matcher.ts';
import { makeProgressService } from './casework/searches/progress.service.ts';
import { keepReady } from './casework/searches/readiness.ts';
import { makeRequestOutbox, SEARCH_QUEUE } from './casework/searches/request-outbox.ts';
import { readSearchStanding, type SearchStanding } from './casework/searches/search-standing.ts';
import { makeSearchService } from './casework/searches/search.service.ts';
import { startWorkConsumer } from './casework/searches/work-consumer.ts';
import { cookieForms } from './casework/sign-in/cookies.ts';
import { makeIssuerClient } from './casework/sign-in/issuer-client.ts';
import { makeSignInService, type SignInSite } from './casework/sign-in/sign-in.service.ts';
import { makeBlockOutbox, SWEEP_QUEUE } from './casework/sweeps/block-outbox.ts';
import { makeSweepRunner } from './casework/sweeps/sweep-runner.ts';
import { makeSweepsService } from './casework/sweeps/sweeps.service.ts';
import { makeWithdrawalsService } from './casework/withdrawals/withdrawals.service.ts';
import { type AppDependencies, buildApp } from './http/app.ts';
import { readOrCreateAdminKey } from './platform/embedded-secrets.ts';
import { type KeyRingSource, openKeyRing } from './platform/crypto/key-ring.ts';
import { makeRecordKeys, type RecordKeys } from './platform/crypto/record-keys.ts';
import { makeUsersService } from './casework/users/users.service.ts';
import type { Config, SignInConfig } from './platform/config.ts';
import type { Databases } from './platform/databases.ts';
import { HomewardError } from './platform/errors.ts';
import { type Infrastructure, openInfrastructure, findKeyRing } from './platform/infrastructure.ts';
import {
  openCalculationPool,
  openReportPool,
  openScoringPool,
  type ThreadPool,
} from './platform/thread-pool.ts';

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
  const infrastructure = await openSealedInfrastructure(config, log);
  const opened: Running[] = [infrastructure];
  const close = async (): Promise<void> => {
    for (const part of opened.splice(0).reverse()) await part.close();
  };
  try {
    const searching = search ? startSearch(config, infrastructure, log) : null;
    if (searching) opened.push(searching);
    const { databases, queues } = infrastructure;
    await makeSweepsService({
      db: databases.laboratory,
      onRequested: () => undefined,
    }).requestAfterUpgrade();
    // Closed before the queues that they offer to.
    const dispatchers = await openDispatchers(infrastructure, log, { afresh: true });
    opened.push(dispatchers);
    const adminKey = config.adminApiKey ?? (await embeddedAdminKey(config));
    if (adminKey !== undefined) {
      await makeAccessService({ db: databases.gate }).ensureAdministrator(adminKey);
    }
    const wake = (): void => {
      dispatchers.wake();
    };
    const pool = openCalculationPool(config.calculationThreads);
    const reportPool = openReportPool();
    opened.push(pool, reportPool);
    const { signIn, minimumLoci, webhookHosts } = config;
    const services = makeServices({
      ...infrastructure,
      ...{ pool, reportPool, wake, log, signIn, minimumLoci, webhookHosts },
      openQueues: () => ({
        kind: queues.kind,
        searches: queues.openQueue(SEARCH_QUEUE),
        sweeps: queues.openQueue(SWEEP_QUEUE),
      }),
      readSearch: () => searching?.standing() ?? null,
    });
    const app = await buildApp({ ...config, log, ...services });
    opened.push(app);
    const withdraw = (sampleId: string): Promise<void> => services.withdrawals.expire(sampleId);
    opened.push(startRetention({ db: databases.keeper, withdraw, log }));
    opened.push(
      startWebhookDelivery({
        db: databases.laboratory,
        recordKeys: infrastructure.recordKeys,
        hosts: webhookHosts,
        log,
      }),
    );
    opened.push(startCanaryWatch({ statistics: services.statistics, log }));
    opened.push(startCustodyWatch({ db: databases.laboratory, log }));
    // Closed first: a request is answered when its calculation ends.
    opened.push({
      close() {
        services.likelihoodRatios.stop();
        services.nextSteps.stop();
        services.power.stop();
        return Promise.resolve();
      },
    });
    return { url: await listen(app, config), adminKey, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The servers, and the keys of what is sealed in the database; everything there is sealed by then. */
type SealedInfrastructure = Infrastructure & {
  readonly ring: KeyRingSource;
  readonly recordKeys: RecordKeys;
};

async function openSealedInfrastructure(
  config: Config,
  log: Logger,
): Promise<SealedInfrastructure> {
  const ring = await findKeyRing(config);
  const recordKeys = makeRecordKeys({ ring: await openKeyRing(ring) });
  const infrastructure = await openInfrastructure(config, log);
  try {
    await sealClearProfiles({ db: infrastructure.databases.keeper, recordKeys });
  } catch (error) {
    await infrastructure.close();
    throw error;
  }
  return { ...infrastructure, ring, recordKeys };
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
  const infrastructure = await openSealedInfrastructure(config, log);
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
 * @param reportPool of the thread that writes reports
 * @param wake tells the dispatcher that something was written that wants to be searched
 * @param signIn undefined where nobody signs in
 * @param minimumLoci that a new person must be typed at
 * @param webhookHosts that webhooks may lead to; null: any
 * @param openQueues to count what is in them
 * @param readSearch how the search of this process stands; null where it does not search
 */
export function makeServices({
  databases: { engine, laboratory, gate, auditor, scoped, keeper, breakGlass },
  recordKeys,
  pool,
  reportPool,
  wake,
  log,
  signIn,
  minimumLoci,
  webhookHosts,
  openQueues,
  readSearch,
}: {
  databases: Databases;
  recordKeys: RecordKeys;
  pool: ThreadPool;
  reportPool: ThreadPool;
  wake: () => void;
  log: Logger;
  signIn: SignInConfig | undefined;
  minimumLoci: number;
  webhookHosts: readonly string[] | null;
  openQueues: () => QueueSource;
  readSearch: () => SearchStanding | null;
}): Omit<AppDependencies, 'log' | 'requestSeconds' | 'requestsPerMinute' | 'trustedProxies'> {
  const access = makeAccessService({ db: gate });
  const users = makeUsersService({ db: gate, access, issuer: signIn?.issuer.href ?? null });
  const frequencyTables = makeFrequencyTablesService({ db: laboratory });
  const policies = makePoliciesService({ db: laboratory, frequencyTables, onActivated: wake });
  const sweeps = makeSweepsService({ db: laboratory, onRequested: wake });
  const profiles = makeProfilesService({ recordKeys });
  const cases = makeCasesService({ db: scoped });
  const candidates = makeCandidatesService({ db: laboratory, policies, profiles });
  const reviews = makeReviewsService({ db: laboratory });
  const identities = makeIdentitiesService({ db: scoped, recordKeys, cases, log });
  const likelihoodRatios = makeLikelihoodRatiosService({ policies, frequencyTables, pool });
  const kits = readKits();
  const statistics = makeStatisticsService({ db: laboratory });
  const openings = makeBreakGlassService({ db: breakGlass, identities, log });
  return {
    access,
    audit: makeAuditService({ db: auditor }),
    barcodes: makeBarcodesService({ db: laboratory }),
    breakGlass: openings,
    candidates,
    caseFeatures: makeCaseFeaturesService({ db: scoped, recordKeys, cases, log }),
    cases,
    claims: makeClaimsService({ db: laboratory, listAnalysts: () => users.listAnalysts() }),
    collectionPoints: makeCollectionPointsService({ db: gate }),
    consents: makeConsentsService({
      db: scoped,
      findBirthDays: (...asked) => identities.findBirthDays(...asked),
    }),
    custody: makeCustodyService({ laboratory, scoped }),
    findings: makeFindingsService({ db: laboratory }),
    frequencyTables,
    health: makeHealthService({
      ...{ laboratory, engine, breakGlass: openings, statistics, openQueues, readSearch },
    }),
    identities,
    intake: makeIntakeService({
      ...{ db: scoped, profiles, rules: { minimumLoci } },
      onCommitted: wake,
    }),
    likelihoodRatios,
    nextSteps: makeNextStepsService({ candidates, kits, pool }),
    policies,
    power: makePowerService({ policies, kits, pool }),
    progress: makeProgressService({ db: laboratory, sweeps }),
    retention: makeRetentionService({ db: laboratory }),
    reports: makeReportsService({
      ...{ candidates, frequencyTables, reviews },
      pool: reportPool,
    }),
    reunions: makeReunionsService({ db: laboratory, scoped, candidates, likelihoodRatios }),
    reviews,
    samples: makeSamplesService({ db: scoped, profiles }),
    scans: makeScansService({ laboratory, scoped }),
    signIn: makeSignInService({ db: gate, users, site: signIn ? openSite(signIn) : null, log }),
    staffProfiles: makeStaffProfilesService({ laboratory, keeper, recordKeys, onCommitted: wake }),
    statistics,
    sweeps,
    users,
    webhooks: makeWebhooksService({ db: laboratory, recordKeys, hosts: webhookHosts }),
    withdrawals: makeWithdrawalsService({ db: keeper, recordKeys, profiles, onCommitted: wake }),
  };
}

function openSite(config: SignInConfig): SignInSite {
  return { issuer: makeIssuerClient(config), cookies: cookieForms(config.publicUrl) };
}

/** One dispatcher for each kind of work, woken and closed together. */
async function openDispatchers(
  { databases: { engine: db }, queues }: Infrastructure,
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

/** The search of this process, and how it stands. */
type Searching = Running & { standing(): SearchStanding };

function startSearch(config: Config, source: SealedInfrastructure, log: Logger): Searching {
  const { databases, databaseUrl, queues, recordKeys, ring } = source;
  const db = databases.engine;
  const pool = openScoringPool(config.searchThreads);
  const frequencyTables = makeFrequencyTablesService({ db });
  const policies = makePoliciesService({ db, frequencyTables, onActivated: () => undefined });
  const profiles = makeProfilesService({ recordKeys });
  const indexLoader = makeIndexLoader({
    profiles: makeProfileSource({ db, databaseUrl, recordKeys, ring }),
  });
  const matcher = makeMatcher({ pool, indexLoader });
  const readiness = keepReady({ matcher, policies, log });
  const staff = makeStaffReader({ recordKeys });
  const search = makeSearchService({ db, matcher, policies, profiles, staff, log });
  const sweep = makeSweepRunner({ db, matcher, policies, profiles, log });
  const { searchThreads } = config;
  // A request waits for the database about as long as for a thread; a block keeps a thread busy.
  startWorkConsumer({ queues, queue: SEARCH_QUEUE, work: search, concurrency: 2 * searchThreads });
  startWorkConsumer({ queues, queue: SWEEP_QUEUE, work: sweep, concurrency: searchThreads });
  return {
    standing: () => readSearchStanding({ indexLoader, readiness, threads: searchThreads }),
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
