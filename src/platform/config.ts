import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { defaultDataDir } from './data-dir.ts';
import { HomewardError } from './errors.ts';

const serverUrl = (protocols: RegExp, example: string) =>
  z
    .string()
    .trim()
    .refine(
      (url) => URL.canParse(url) && protocols.test(url),
      `is no URL such as ${example}; encode special characters in the password`,
    )
    .optional();

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DATABASE_URL: serverUrl(/^postgres(ql)?:/, 'postgres://user:password@host:5432/homeward'),
  REDIS_URL: serverUrl(/^rediss?:/, 'redis://host:6379'),
  ADMIN_API_KEY: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{32,256}$/, 'use 32 to 256 random characters without blanks')
    .optional(),
  SEARCH_THREADS: z.coerce.number().int().min(1).max(256).optional(),
  CALCULATION_THREADS: z.coerce.number().int().min(1).max(256).default(2),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).max(10_000_000).default(3_000),
  HOMEWARD_FSYNC: z.enum(['on', 'off']).default('on'),
});

/** What the service is told from outside, checked once at the start. */
export type Config = {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly logLevel: z.infer<typeof schema>['LOG_LEVEL'];
  /** Absent: the embedded database in {@link Config.dataDir}. */
  readonly databaseUrl: string | undefined;
  /** Absent: the queue lives in the database. */
  readonly redisUrl: string | undefined;
  /** A first administrator's key; absent: one is made and kept in the data folder. */
  readonly adminApiKey: string | undefined;
  readonly searchThreads: number;
  /** For likelihood ratios that analysts ask for, beside the search. */
  readonly calculationThreads: number;
  /** That one API key may make of one process. */
  readonly requestsPerMinute: number;
  readonly dataDir: string;
  /** False in tests: the embedded database may lose what it committed when the machine fails. */
  readonly durable: boolean;
};

/**
 * Reads the configuration from environment variables. A secret may stand in a file that
 * `<NAME>_FILE` names instead.
 * @throws HomewardError CONFIGURATION_INVALID naming each variable that is wrong
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = schema.safeParse(withSecretFiles(environment));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({
      field: path.join('.'),
      message,
    }));
    throw new HomewardError(
      'CONFIGURATION_INVALID',
      `The configuration cannot be used: ${faults.map((f) => `${f.field}: ${f.message}`).join('; ')}.`,
      faults,
    );
  }
  const { data } = parsed;
  return {
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    adminApiKey: data.ADMIN_API_KEY,
    searchThreads: data.SEARCH_THREADS ?? availableParallelism(),
    calculationThreads: data.CALCULATION_THREADS,
    requestsPerMinute: data.REQUESTS_PER_MINUTE,
    dataDir: defaultDataDir(),
    durable: data.HOMEWARD_FSYNC === 'on',
  };
}

const SECRETS = ['DATABASE_URL', 'REDIS_URL', 'ADMIN_API_KEY'] as const;

function withSecretFiles(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const merged: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(environment)) if (value !== '') merged[name] = value;
  for (const name of SECRETS) {
    const file = merged[`${name}_FILE`];
    if (file === undefined) continue;
    try {
      merged[name] ??= readFileSync(file, 'utf8').trim();
    } catch {
      throw new HomewardError(
        'CONFIGURATION_INVALID',
        `${name}_FILE names a file that cannot be read.`,
        [{ field: `${name}_FILE`, message: 'cannot be read' }],
      );
    }
  }
  return merged;
}
