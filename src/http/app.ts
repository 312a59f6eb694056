import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { accessRoutes } from '../casework/access/access.routes.ts';
import type { AccessService } from '../casework/access/access.service.ts';
import type { AuditService } from '../casework/audit/audit.service.ts';
import { candidateRoutes } from '../casework/candidates/candidates.routes.ts';
import type { CandidatesService } from '../casework/candidates/candidates.service.ts';
import { caseRoutes } from '../casework/cases/cases.routes.ts';
import type { CasesService } from '../casework/cases/cases.service.ts';
import { frequencyTableRoutes } from '../casework/frequency-tables/frequency-tables.routes.ts';
import type { FrequencyTablesService } from '../casework/frequency-tables/frequency-tables.service.ts';
import { batchRoutes } from '../casework/intake/batches.routes.ts';
import type { IntakeService } from '../casework/intake/intake.service.ts';
import { likelihoodRatioRoutes } from '../casework/likelihood-ratios/likelihood-ratios.routes.ts';
import type { LikelihoodRatiosService } from '../casework/likelihood-ratios/likelihood-ratios.service.ts';
import { policyRoutes } from '../casework/policies/policies.routes.ts';
import type { PoliciesService } from '../casework/policies/policies.service.ts';
import { reviewRoutes } from '../casework/reviews/reviews.routes.ts';
import type { ReviewsService } from '../casework/reviews/reviews.service.ts';
import type { ProgressService } from '../casework/searches/progress.service.ts';
import { searchRoutes } from '../casework/searches/searches.routes.ts';
import { sweepRoutes } from '../casework/sweeps/sweeps.routes.ts';
import type { SweepsService } from '../casework/sweeps/sweeps.service.ts';
import { HomewardError } from '../platform/errors.ts';
import { auditTrail } from './audit-trail.ts';
import { authentication } from './authentication.ts';
import { errorReply, replyToUnreadablePath } from './error-reply.ts';
import { jsonDepth } from './json-depth.ts';
import { openApi } from './openapi.ts';
import { type RateLimits, rateLimits } from './rate-limits.ts';

/** Everything that the HTTP side speaks to. */
export type AppDependencies = RateLimits & {
  readonly log: Logger;
  readonly access: AccessService;
  readonly audit: AuditService;
  readonly candidates: CandidatesService;
  readonly cases: CasesService;
  readonly frequencyTables: FrequencyTablesService;
  readonly intake: IntakeService;
  readonly likelihoodRatios: LikelihoodRatiosService;
  readonly policies: PoliciesService;
  readonly progress: ProgressService;
  readonly reviews: ReviewsService;
  readonly sweeps: SweepsService;
};

const BODY_LIMIT = 2 * 1024 * 1024;
/** Long enough for a full batch over a bad network. */
const REQUEST_TIMEOUT_MS = 300_000;
/** An answer of the API is no page: it may load nothing and stand in no frame. The docs have rules of their own. */
const NOTHING_TO_LOAD = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] };
const CSV_TYPES = ['text/csv', 'application/csv'];

/** The HTTP service: every route with its schema, its roles and its errors. Listens nowhere yet. */
export async function buildApp(dependencies: AppDependencies): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: dependencies.log,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: () => randomUUID(),
    frameworkErrors: replyToUnreadablePath,
  }) as unknown as FastifyInstance;

  app.removeContentTypeParser('text/plain');
  await app.register(errorReply);
  app.setNotFoundHandler(() => {
    throw new HomewardError('NOT_FOUND');
  });
  await app.register(helmet, {
    contentSecurityPolicy: { directives: NOTHING_TO_LOAD, useDefaults: false },
  });
  await app.register(auditTrail, dependencies);
  await app.register(rateLimits, dependencies);
  await app.register(authentication, dependencies);
  await app.register(jsonDepth);
  await app.register(openApi);
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs/'));
  app.get('/health', { schema: { hide: true } }, () => ({ status: 'up' }));

  await app.register(
    async (v1) => {
      v1.setValidatorCompiler(validatorCompiler);
      v1.setSerializerCompiler(serializerCompiler);
      await v1.register(batchRoutesWithFiles, dependencies);
      await v1.register(frequencyTableRoutesWithFiles, dependencies);
      await v1.register(policyRoutes, dependencies);
      await v1.register(searchRoutes, dependencies);
      await v1.register(sweepRoutes, dependencies);
      await v1.register(candidateRoutes, dependencies);
      await v1.register(reviewRoutes, dependencies);
      await v1.register(likelihoodRatioRoutes, dependencies);
      await v1.register(caseRoutes, dependencies);
      await v1.register(accessRoutes, dependencies);
    },
    { prefix: '/v1' },
  );
  return app;
}

/** Batches take CSV as bytes: its encoding is checked where it is read. */
async function batchRoutesWithFiles(app: FastifyInstance, options: AppDependencies): Promise<void> {
  app.addContentTypeParser(CSV_TYPES, { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  await app.register(batchRoutes, options);
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
