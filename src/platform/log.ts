import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * The service's log: JSON lines with UTC times. Errors are written without what they were about:
 * a failed query's parameters may hold a genotype, so its message is replaced by its cause's.
 */
export function openLog(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError, req: describeRequest },
    },
    ...(destination ? [destination] : []),
  );
}

/** Neither headers nor a query: they hold keys, cookies, and the codes and states of signing in. */
function describeRequest({ method, url, ip }: LoggedRequest): Record<string, unknown> {
  return { method, path: url?.split('?', 1)[0], from: ip };
}

type LoggedRequest = { readonly method?: string; readonly url?: string; readonly ip?: string };

/** Name, code, message and the way through our own code. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const failedQuery = 'query' in error && 'params' in error;
  const cause: unknown = error.cause;
  if (failedQuery) return cause instanceof Error ? describeError(cause) : { type: error.name };
  return {
    type: error.name,
    code: 'code' in error ? error.code : undefined,
    message: error.message,
    stack: error.stack
      ?.split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .join('\n'),
  };
}
