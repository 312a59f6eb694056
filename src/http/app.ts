import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance, type onSendHookHandler } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { accessRoutes } from '../casework/access/access.routes.ts';
import type { AccessService } from '../casework/access/access.service.ts';
import { auditRoutes } from '../casework/audit/audit.routes.ts';
import type { AuditService } from '../casework/audit/audit.service.ts';
import { breakGlassRoutes } from '../casework/break-glass/break-glass.routes.ts';
import type { BreakGlassService } from '../casework/break-glass/break-glass.service.ts';
import { candidateRoutes } from '../casework/candidates/candidates.routes.ts';
import type { CandidatesService } from '../casework/candidates/candidates.service.ts';
import { caseFeatureRoutes } from '../casework/case-features/case-features.routes.ts';
import type { CaseFeaturesService } from '../casework/case-features/case-features.service.ts';
import { caseRoutes } from '../casework/cases/cases.routes.ts';
import type { CasesService } from '../casework/cases/cases.service.ts';
import { collectionPointRoutes } from '../casework/collection-points/collection-points.routes.ts';
import type { CollectionPointsService } from '../casework/collection-points/collection-points.service.ts';
import { consentRoutes } from '../casework/consents/consents.routes.ts';
import type { ConsentsService } from '../casework/consents/consents.service.ts';
import { barcodeRoutes } from '../casework/custody/barcodes.routes.ts';
import type { BarcodesService } from '../casework/custody/barcodes.service.ts';
import { custodyRoutes } from '../casework/custody/custody.routes.ts';
import type { CustodyService } from '../casework/custody/custody.service.ts';
import type { ScansService } from '../casework/custody/scans.service.ts';
import { frequencyTableRoutes } from '../casework/frequency-tables/frequency-tables.routes.ts';
import { findingRoutes } from '../casework/findings/findings.routes.ts';
import type { FindingsService } from '../casework/findings/findings.service.ts';
import type { FrequencyTablesService } from '../casework/frequency-tables/frequency-tables.service.ts';
import { healthRoutes } from '../casework/health/health.routes.ts';
import type { HealthService } from '../casework/health/health.service.ts';
import { identityRoutes } from '../casework/identities/identities.routes.ts';
import type { IdentitiesService } from '../casework/identities/identities.service.ts';
import { batchRoutes } from '../casework/intake/batches.routes.ts';
import type { IntakeService } from '../casework/intake/intake.service.ts';
import { templateRoutes } from '../casework/intake/templates.routes.ts';
import { likelihoodRatioRoutes } from '../casework/likelihood-ratios/likelihood-ratios.routes.ts';
import type { LikelihoodRatiosService } from '../casework/likelihood-ratios/likelihood-ratios.service.ts';
import { nextStepRoutes } from '../casework/next-steps/next-steps.routes.ts';
import type { NextStepsService } from '../casework/next-steps/next-steps.service.ts';
import { policyRoutes } from '../casework/policies/policies.routes.ts';
import type { PoliciesService } from '../casework/policies/policies.service.ts';
import { powerRoutes } from '../casework/power/power.routes.ts';
import type { PowerService } from '../casework/power/power.service.ts';
import { reportRoutes } from '../casework/reports/reports.routes.ts';
import type { ReportsService } from '../casework/reports/reports.service.ts';
import { retentionRoutes } from '../casework/retention/retention.routes.ts';
import type { RetentionService } from '../casework/retention/retention.service.ts';
import { reunionRoutes } from '../casework/reunions/reunions.routes.ts';
import { typingRoutes } from '../casework/reunions/typings.routes.ts';
import type { ReunionsService } from '../casework/reunions/reunions.service.ts';
import type { ClaimsService } from '../casework/reviews/claims.service.ts';
import { reviewRoutes } from '../casework/reviews/reviews.routes.ts';
import type { ReviewsService } from '../casework/reviews/reviews.service.ts';
import type { ProgressService } from '../casework/searches/progress.service.ts';
import { sampleRoutes } from '../casework/samples/samples.routes.ts';
import type { SamplesService } from '../casework/samples/samples.service.ts';
import { searchRoutes } from '../casework/searches/searches.routes.ts';
import { signInRoutes } from '../casework/sign-in/sign-in.routes.ts';
import type { SignInService } from '../casework/sign-in/sign-in.service.ts';
import { staffProfileRoutes } from '../casework/staff-profiles/staff-profiles.routes.ts';
import type { StaffProfilesService } from '../casework/staff-profiles/staff-profiles.service.ts';
import { statisticsRoutes } from '../casework/statistics/statistics.routes.ts';
import type { StatisticsService } from '../casework/statistics/statistics.service.ts';
import { sweepRoutes } from '../casework/sweeps/sweeps.routes.ts';
import type { SweepsService } from '../casework/sweeps/sweeps.service.ts';
import { userRoutes } from '../casework/users/users.routes.ts';
import type { UsersService } from '../casework/users/users.service.ts';
import { webhookRoutes } from '../casework/webhooks/webhooks.routes.ts';
import type { WebhooksService } from '../casework/webhooks/webhooks.service.ts';
import { withdrawalRoutes } from '../casework/withdrawals/withdrawals.routes.ts';
import type { WithdrawalsService } from '../casework/withdrawals/withdrawals.service.ts';
import { HomewardError } from '../platform/errors.ts';
import { FILE_TYPES } from '../platform/file-types.ts';
import { auditTrail } from './audit-trail.ts';
import { authentication } from './authentication.ts';
import { consolePages } from './console.ts';
import { errorReply, replyToUnreadablePath } from './error-reply.ts';
import { jsonDepth } from './json-depth.ts';
import { openApi } from './openapi.ts';
import { type RateLimits, rateLimits } from './rate-limits.ts';
import { LONGEST_PIECE, readablePath } from './readable-path.ts';

/** Everything that the HTTP side speaks to. */
export type AppDependencies = RateLimits & {
  readonly log: Logger;
  /** Within which a request must have come whole. */
  readonly requestSeconds: number;
  /** Addresses and networks of the proxies in front, whose word on where a request came from counts. */
  readonly trustedProxies: readonly string[];
  readonly access: AccessService;
  readonly audit: AuditService;
  readonly barcodes: BarcodesService;
  readonly breakGlass: BreakGlassService;
  readonly candidates: CandidatesService;
  readonly caseFeatures: CaseFeaturesService;
  readonly cases: CasesService;
  readonly collectionPoints: CollectionPointsService;
  readonly consents: ConsentsService;
  readonly custody: CustodyService;
  readonly findings: FindingsService;
  readonly frequencyTables: FrequencyTablesService;
  readonly health: HealthService;
  readonly identities: IdentitiesService;
  readonly intake: IntakeService;
  readonly likelihoodRatios: LikelihoodRatiosService;
  readonly nextSteps: NextStepsService;
  readonly policies: PoliciesService;
  readonly power: PowerService;
  readonly progress: ProgressService;
  readonly reports: ReportsService;
  readonly retention: RetentionService;
  readonly claims: ClaimsService;
  readonly reunions: ReunionsService;
  readonly staffProfiles: StaffProfilesService;
  readonly statistics: StatisticsService;
  readonly webhooks: WebhooksService;
  readonly reviews: ReviewsService;
  readonly samples: SamplesService;
  readonly scans: ScansService;
  readonly signIn: SignInService;
  readonly sweeps: SweepsService;
  readonly withdrawals: WithdrawalsService;
  readonly users: UsersService;
};

const BODY_LIMIT = 2 * 1024 * 1024;
/** Within which the headers of a request must have come, if it must not come whole before. */
const HEADERS_SECONDS = 30;
/** Between two looks for clients who are too slow. */
const LOOK_EVERY_MS = 1_000;
/** An answer of the API is no page: it may load nothing and stand in no frame. The docs have rules of their own. */
const NOTHING_TO_LOAD = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};
const CSV_TYPES = ['text/csv', 'application/csv'];

/** The HTTP service: every route with its schema, its roles and its errors. Listens nowhere yet. */
export async function buildApp(dependencies: AppDependencies): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: dependencies.log,
    bodyLimit: BODY_LIMIT,
    requestTimeout: dependencies.requestSeconds * 1_000,
    http: {
      headersTimeout: Math.min(HEADERS_SECONDS, dependencies.requestSeconds) * 1_000,
      connectionsCheckingInterval: LOOK_EVERY_MS,
    },
    genReqId: () => randomUUID(),
    frameworkErrors: replyToUnreadablePath,
    rewriteUrl: readablePath,
    routerOptions: { maxParamLength: LONGEST_PIECE },
    trustProxy: [...dependencies.trustedProxies],
  }) as unknown as FastifyInstance;

  app.removeContentTypeParser('text/plain');
  await app.register(errorReply);
  app.setNotFoundHandler(() => {
    throw new HomewardError('NOT_FOUND');
  });
  await app.register(helmet, {
    contentSecurityPolicy: { directives: NOTHING_TO_LOAD, useDefaults: false },
  });
  // Before the audit, which takes back what an answer sets when it is withheld.
  await app.register(cookie);
  await app.register(auditTrail, dependencies);
  await app.register(rateLimits, dependencies);
  await app.register(authentication, dependencies);
  await app.register(jsonDepth);
  await app.register(openApi);
  await app.register(consolePages);
  app.get('/health', { schema: { hide: true } }, () => ({ status: 'up' }));

  await app.register(
    async (v1) => {
      v1.addHook('onSend', keepNoCopy);
      v1.setValidatorCompiler(validatorCompiler);
      v1.setSerializerCompiler(serializerCompiler);
      await v1.register(profileRoutesWithFiles, dependencies);
      await v1.register(templateRoutes);
      await v1.register(consentRoutes, dependencies);
      await v1.register(barcodeRoutes, dependencies);
      await v1.register(custodyRoutes, dependencies);
      await v1.register(identityRoutes, dependencies);
      await v1.register(sampleRoutes, dependencies);
      await v1.register(frequencyTableRoutesWithFiles, dependencies);
      await v1.register(policyRoutes, dependencies);
      await v1.register(searchRoutes, dependencies);
      await v1.register(sweepRoutes, dependencies);
      await v1.register(withdrawalRoutes, dependencies);
      await v1.register(candidateRoutes, dependencies);
      await v1.register(findingRoutes, dependencies);
      await v1.register(staffProfileRoutes, dependencies);
      await v1.register(reportRoutes, dependencies);
      await v1.register(nextStepRoutes, dependencies);
      await v1.register(powerRoutes, dependencies);
      await v1.register(reviewRoutes, dependencies);
      await v1.register(reunionRoutes, dependencies);
      await v1.register(statisticsRoutes, dependencies);
      await v1.register(webhookRoutes, dependencies);
      await v1.register(likelihoodRatioRoutes, dependencies);
      await v1.register(caseRoutes, dependencies);
      await v1.register(caseFeatureRoutes, dependencies);
      await v1.register(breakGlassRoutes, dependencies);
      await v1.register(retentionRoutes, dependencies);
      await v1.register(collectionPointRoutes, dependencies);
      await v1.register(accessRoutes, dependencies);
      await v1.register(userRoutes, dependencies);
      await v1.register(signInRoutes, dependencies);
      await v1.register(auditRoutes, dependencies);
      await v1.register(healthRoutes, dependencies);
    },
    { prefix: '/v1' },
  );
  return app;
}

/** What is said of people lies in no cache on the way. */
const keepNoCopy: onSendHookHandler = (_request, reply, payload, done) => {
  reply.header('cache-control', 'no-store');
  done(null, payload);
};

/** Profiles come in files as bytes: what they are and how encoded is found out where they are read. */
async function profileRoutesWithFiles(
  app: FastifyInstance,
  options: AppDependencies,
): Promise<void> {
  app.addContentTypeParser(FILE_TYPES, { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  await app.register(batchRoutes, options);
  await app.register(typingRoutes, options);
}

async function frequencyTableRoutesWithFiles(
  app: FastifyInstance,
  options: AppDependencies,
): Promise<void> {
  app.addContentTypeParser(CSV_TYPES, { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  await app.register(frequencyTableRoutes, options);
}
