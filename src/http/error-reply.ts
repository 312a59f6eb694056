import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  type ErrorCode,
  errorTitle,
  type FieldFault,
  HomewardError,
  quotable,
} from '../platform/errors.ts';

/** What every error looks like: problem details (RFC 9457) with our code and the faulty fields. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  requestId: z.string(),
  faults: z.array(z.object({ field: z.string(), message: z.string() })),
});

export const PROBLEM_TYPE = 'application/problem+json';

/** Fastify's own errors, by its codes. */
const FRAMEWORK_ERRORS: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MEDIA_TYPE_UNSUPPORTED',
  FST_ERR_CTP_INVALID_JSON_BODY: 'JSON_MALFORMED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'JSON_MALFORMED',
};

/** Answers a path that no router can read, which no hook sees, as one that does not exist. */
export function replyToUnreadablePath(
  _error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const notFound = problemOf(new HomewardError('NOT_FOUND'), request.id);
  void reply.code(notFound.status).type(PROBLEM_TYPE).send(JSON.stringify(notFound));
}

/** Turns whatever was thrown into one shape; what nobody expected is logged and not described. */
export const errorReply = fp((app, _options, done) => {
  app.setErrorHandler<FastifyError>((thrown, request, reply) => {
    const error = toHomewardError(thrown);
    if (error.code === 'INTERNAL') request.log.error({ err: thrown }, 'a request failed');
    return reply
      .code(error.status)
      .type(PROBLEM_TYPE)
      .serializer(JSON.stringify)
      .send(problemOf(error, request.id));
  });
  done();
});

export function problemOf(
  { code, status, message: detail, faults }: HomewardError,
  requestId: string,
): z.infer<typeof problem> {
  return {
    type: 'about:blank',
    title: errorTitle(code),
    status,
    code,
    detail,
    requestId,
    faults: [...faults],
  };
}

/** Of what was sent only plain names are repeated. */
function pathIn(instancePath: string): string {
  return instancePath
    .slice(1)
    .split('/')
    .map((name) => name && quotable(name))
    .join('.');
}

function sayUnknown({ keys = [] }: { keys?: readonly string[] }): string {
  return `there is no field ${keys.map((key) => `"${quotable(key)}"`).join(', ')} here; leave it out`;
}

function toHomewardError(thrown: FastifyError | HomewardError): HomewardError {
  if (thrown instanceof HomewardError && thrown.status > 0) return thrown;
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const faults = thrown.validation.map(
      ({ instancePath, message, keyword, params }): FieldFault => ({
        field: pathIn(instancePath) || (thrown.validationContext ?? 'request'),
        message: keyword === 'unrecognized_keys' ? sayUnknown(params) : (message ?? 'is not valid'),
      }),
    );
    return new HomewardError('REQUEST_INVALID', undefined, faults);
  }
  const code = 'code' in thrown ? FRAMEWORK_ERRORS[thrown.code] : undefined;
  if (code) return new HomewardError(code);
  const { statusCode = 500 } = thrown as FastifyError;
  if (statusCode >= 400 && statusCode < 500) {
    return new HomewardError('REQUEST_INVALID', STATUS_CODES[statusCode] ?? 'Bad Request');
  }
  return new HomewardError('INTERNAL');
}
