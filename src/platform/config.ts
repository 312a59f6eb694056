import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import type { KeyRingSource } from './crypto/key-ring.ts';
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

/** An address, or a network by the length of its prefix. */
function isNetwork(text: string): boolean {
  const [address = '', length, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return (
    length === undefined ||
    (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128))
  );
}

/** `https`, or `http` on this machine alone, which is for trying out and never for production. */
export function isTrustworthy(url: string, environment: string | undefined): boolean {
  const { protocol, hostname } = new URL(url);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere && environment !== 'production');
}

const schema = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DATABASE_URL: serverUrl(/^postgres(ql)?:/, 'postgres://user:password@host:5432/homeward'),
  DATABASE_OWNER_URL: serverUrl(/^postgres(ql)?:/, 'postgres://owner:password@host:5432/homeward'),
  REDIS_URL: serverUrl(/^rediss?:/, 'redis://host:6379'),
  ADMIN_API_KEY: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{32,256}$/, 'use 32 to 256 random characters without blanks')
    .optional(),
  KEY_RING: z.string().optional(),
  KEY_RING_FILE: z.string().optional(),
  OIDC_ISSUER: serverUrl(/^https?:/, 'https://sign-in.example/realms/homeward'),
  OIDC_CLIENT_ID: z.string().trim().optional(),
  OIDC_CLIENT_SECRET: z.string().trim().optional(),
  PUBLIC_URL: serverUrl(/^https?:\/\/[^/?#@]+\/?$/, 'https://homeward.example, without a path'),
  SEARCH_THREADS: z.coerce.number().int().min(1).max(256).optional(),
  MINIMUM_LOCI: z.coerce.number().int().min(1).max(40).default(8),
  CALCULATION_THREADS: z.coerce.number().int().min(1).max(256).default(2),
  REQUEST_SECONDS: z.coerce.number().int().min(1).max(3_600).default(300),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).max(10_000_000).default(3_000),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform(splitList)
    .refine(
      (list) => list.every(isNetwork),
      'write addresses and networks such as 10.0.0.0/8, with commas',
    ),
  WEBHOOK_HOSTS: z
    .string()
    .default('')
    .transform(splitList)
    .refine(
      (list) => list.every((host) => URL.canParse(`https://${host}/`) && new URL(`https://${host}/`).hostname === host), // prettier-ignore
      'write the names of hosts in small letters, such as hook.police.example, with commas',
    ),
  HOMEWARD_FSYNC: z.enum(['on', 'off']).default('on'),
});

function splitList(list: string): string[] {
  return list
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}

/** How people sign in: an OpenID Connect issuer, and what this service is to it. */
export type SignInConfig = {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where browsers reach the service. */
  readonly publicUrl: URL;
};

/** What the service is told from outside, checked once at the start. */
export type Config = {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly logLevel: z.infer<typeof schema>['LOG_LEVEL'];
  /** Absent: the embedded database in {@link Config.dataDir}. */
  readonly databaseUrl: string | undefined;
  /** Of the login that owns the tables, used to bring them up to date alone. Absent: not at hand. */
  readonly databaseOwnerUrl: string | undefined;
  /** Absent: the queue lives in the database. */
  readonly redisUrl: string | undefined;
  /** A first administrator's key; absent: one is made and kept in the data folder. */
  readonly adminApiKey: string | undefined;
  /** The keys that wrap data keys. Absent: a ring in the data folder, which an embedded service makes. */
  readonly keyRing: KeyRingSource | undefined;
  /** Absent: nobody signs in; there are keys alone. */
  readonly signIn: SignInConfig | undefined;
  readonly searchThreads: number;
  /** Comparable loci without which nobody is taken in. */
  readonly minimumLoci: number;
  /** For likelihood ratios that analysts ask for, beside the search. */
  readonly calculationThreads: number;
  /** Within which a request must have come whole; a full batch over a bad network takes minutes. */
  readonly requestSeconds: number;
  /** That one API key may make of one process. */
  readonly requestsPerMinute: number;
  /** Addresses and networks of the proxies in front: they say where a request came from. */
  readonly trustedProxies: readonly string[];
  /** Hosts that webhooks may lead to; null, outside production alone: any. */
  readonly webhookHosts: readonly string[] | null;
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
  const parsed = schema.transform(addSignIn).safeParse(withSecretFiles(environment));
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
    databaseOwnerUrl: data.DATABASE_OWNER_URL,
    redisUrl: data.REDIS_URL,
    adminApiKey: data.ADMIN_API_KEY,
    keyRing: keyRingSource(data),
    signIn: data.signIn,
    searchThreads: data.SEARCH_THREADS ?? availableParallelism(),
    minimumLoci: data.MINIMUM_LOCI,
    calculationThreads: data.CALCULATION_THREADS,
    requestSeconds: data.REQUEST_SECONDS,
    requestsPerMinute: data.REQUESTS_PER_MINUTE,
    trustedProxies: data.TRUSTED_PROXIES,
    webhookHosts: webhookHosts(data),
    dataDir: defaultDataDir(),
    durable: data.HOMEWARD_FSYNC === 'on',
  };
}

function keyRingSource({
  KEY_RING: text,
  KEY_RING_FILE: file,
}: z.infer<typeof schema>): Config['keyRing'] {
  if (text !== undefined) return { kind: 'text', text };
  return file === undefined ? undefined : { kind: 'file', file };
}

/** In production nothing is sent to a host that whoever runs the service has not named. */
function webhookHosts({ WEBHOOK_HOSTS, NODE_ENV }: z.infer<typeof schema>): Config['webhookHosts'] {
  return WEBHOOK_HOSTS.length === 0 && NODE_ENV !== 'production' ? null : WEBHOOK_HOSTS;
}

/** Signing in is configured as a whole, or not at all. */
function addSignIn<Variables extends z.infer<typeof schema>>(
  variables: Variables,
  context: z.RefinementCtx,
): Variables & { signIn: SignInConfig | undefined } {
  const { NODE_ENV, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, PUBLIC_URL } = variables;
  if (OIDC_ISSUER === undefined) return { ...variables, signIn: undefined };
  const complain = (name: string, message: string): void => {
    context.addIssue({ code: 'custom', path: [name], message });
  };
  const needed = { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, PUBLIC_URL };
  for (const [name, value] of Object.entries(needed)) {
    if (value === undefined) complain(name, 'is needed beside OIDC_ISSUER');
  }
  for (const [name, url] of Object.entries({ OIDC_ISSUER, PUBLIC_URL })) {
    if (url === undefined || isTrustworthy(url, NODE_ENV)) continue;
    complain(name, 'must be https; http is for this machine alone, and never for production');
  }
  if (!OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET || !PUBLIC_URL) return z.NEVER;
  const signIn: SignInConfig = {
    issuer: new URL(OIDC_ISSUER),
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    publicUrl: new URL(PUBLIC_URL),
  };
  return { ...variables, signIn };
}

const SECRETS = [
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'REDIS_URL',
  'ADMIN_API_KEY',
  'OIDC_CLIENT_SECRET',
] as const;

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
