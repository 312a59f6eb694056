import type { Test } from 'tap';
import { startService, type Service } from '../../src/main.ts';
import type { Config, SignInConfig } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { openLog } from '../../src/platform/log.ts';
import { startServer, TEST_KEY_RING } from '../servers.ts';
import { makeConsentGiver } from './consent-forms.ts';

export type Role = 'admin' | 'analyst' | 'collection-point' | 'police';

/** An answer with its body read. */
export type Answer = { status: number; headers: Headers; body: any };

export type TestService = {
  readonly url: string;
  /** For the owner of the tables, a superuser. */
  readonly databaseUrl: string;
  /** For the login of the service, which owns nothing. */
  readonly loginUrl: string;
  readonly db: ReturnType<typeof openDatabase>['db'];
  /** Every line that was logged. */
  readonly logged: string[];
  keyOf(role: Role): string;
  /** Speaks as a role, or with a key of its own; what a batch needs is signed before it is sent. */
  readonly call: (who: Role | { key: string } | null, method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>; // prettier-ignore
  createKey(wanted: Record<string, unknown>): Promise<{ id: string; key: string }>;
  createPoint(code: string, division?: string): Promise<{ id: string; key: string }>;
  /** Waits until nothing is left to search. */
  searched(): Promise<void>;
  /** Starts another service, with search, on the same database. */
  startAnother(): Promise<Service>;
};

export const FREQUENCIES = [
  'locus,allele,frequency,count,N',
  ...['D3S1358', 'vWA', 'FGA', 'TH01', 'TPOX', 'D18S51', 'D21S11', 'D5S818'].flatMap((locus) =>
    ['10', '11', '12', '13', '14', '15', '16', '17', '18', '19'].map(
      (allele) => `${locus},${allele},0.1,20,100`,
    ),
  ),
].join('\n');

export const POLICY = {
  params: {
    mutation: { model: 'equal', male: { rate: 0.002 }, female: { rate: 0.001 } },
  },
  threshold: 1000,
};

/**
 * A whole service on an embedded database in a folder of its own; gone when the test ends.
 * @param consents false: batches are sent with no more consents than the test records
 * @param minimumLoci that a new person must be typed at: most tests are about something else
 */
export async function startTestService(
  t: Test,
  { policy = true, search = true, consents = true, minimumLoci = 1, redisUrl, requestSeconds = 300, requestsPerMinute = 100_000, port = 0, signIn, webhookHosts = null }: { policy?: boolean; search?: boolean; consents?: boolean; minimumLoci?: number; redisUrl?: string; requestSeconds?: number; requestsPerMinute?: number; port?: number; signIn?: SignInConfig; webhookHosts?: readonly string[] | null } = {}, // prettier-ignore
): Promise<TestService> {
  const { url: databaseUrl, loginUrl } = await startServer(t, 'migrated');
  const logged: string[] = [];
  const log = openLog('debug', { write: (line: string) => logged.push(line) });
  const adminKey = 'an-administrators-key-for-tests-only-000';
  const config: Config = {
    host: '127.0.0.1',
    port,
    logLevel: 'debug',
    databaseUrl: loginUrl,
    databaseOwnerUrl: databaseUrl,
    redisUrl,
    adminApiKey: adminKey,
    keyRing: { kind: 'text', text: TEST_KEY_RING },
    signIn,
    searchThreads: 1,
    minimumLoci,
    webhookHosts,
    calculationThreads: 2,
    requestSeconds,
    requestsPerMinute,
    trustedProxies: ['127.0.0.0/8'],
    dataDir: '/nowhere: the database has a URL',
    durable: false,
  };
  const service: Service = await startService(config, log, { search });
  const connection = openDatabase(databaseUrl);
  t.teardown(async () => {
    await service.close();
    await connection.close();
  });

  const keys = new Map<Role, string>([['admin', adminKey]]);
  const giveConsents = makeConsentGiver();
  const call: TestService['call'] = async (who, method, path, body, headers = {}) => {
    const key = who === null ? null : typeof who === 'string' ? keys.get(who) : who.key;
    if (consents && key && isBatch(method, path)) {
      await giveConsents(key, body, (forms) => call(who, 'POST', '/v1/consents', forms));
    }
    const type = typeOf(body);
    const answer = await fetch(new URL(path, service.url), {
      method,
      redirect: 'manual',
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(body === undefined ? {} : { 'content-type': type }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: type === 'text/csv' ? (body as string) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = /[/+]json/.test(answer.headers.get('content-type') ?? '');
    return {
      status: answer.status,
      headers: answer.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  };
  const createKey: TestService['createKey'] = async (wanted) =>
    (await call('admin', 'POST', '/v1/api-keys', wanted)).body;
  const createPoint: TestService['createPoint'] = async (code, division = '510100') => {
    const point = await call('admin', 'POST', '/v1/collection-points', {
      code,
      name: code,
      division,
    });
    const { key } = await createKey({
      role: 'collection-point',
      name: code,
      collectionPointId: point.body.id,
    });
    return { id: point.body.id, key };
  };

  keys.set('collection-point', (await createPoint('POINT-1')).key);
  keys.set('analyst', (await createKey({ role: 'analyst', name: 'analyst' })).key);
  keys.set('police', (await createKey({ role: 'police', name: 'police', jurisdiction: '51' })).key);
  if (policy) await putPolicyInForce(call);

  return {
    url: service.url,
    databaseUrl,
    loginUrl,
    db: connection.db,
    logged,
    keyOf: (role) => keys.get(role)!,
    call,
    createKey,
    createPoint,
    async searched() {
      for (let tries = 0; tries < 600; tries++) {
        const { body } = await call('analyst', 'GET', '/v1/searches/progress');
        if (body.pending === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error('the search did not come to an end within a minute');
    },
    async startAnother() {
      const another = await startService(config, log, { search: true });
      // Closed before the database, which was opened first.
      t.teardown(() => another.close());
      return another;
    },
  };
}

const isBatch = (method: string, path: string): boolean =>
  method === 'POST' && path.startsWith('/v1/batches');

const typeOf = (body: unknown): string =>
  typeof body === 'string' || body instanceof Uint8Array ? 'text/csv' : 'application/json';

export async function putPolicyInForce(
  call: TestService['call'],
  document: object = POLICY,
): Promise<Answer> {
  const table = await call('admin', 'POST', '/v1/frequency-tables?name=test', FREQUENCIES);
  return call('admin', 'POST', '/v1/policies', {
    name: 'test',
    frequencyTableId: table.body.id,
    document,
  });
}

export const LOCI = ['D3S1358', 'vWA', 'FGA', 'TH01', 'TPOX', 'D18S51', 'D21S11', 'D5S818'];

/** Rows of a wide CSV of relatives; genotypes in the order of LOCI. */
export function relativesCsv(
  rows: readonly [sample: string, family: string, relation: string, genotypes: string[]][],
): string {
  // prettier-ignore
  return [
    ['sample_id', 'family', 'relation', ...LOCI].join(','),
    ...rows.map(([sample, family, relation, genotypes]) =>
      [sample, family, relation, ...genotypes.map((cell) => `"${cell}"`)].join(','),
    ),
  ].join('\n');
}

export function unknownsCsv(rows: readonly [sample: string, genotypes: string[]][]): string {
  return [
    ['sample_id', ...LOCI].join(','),
    ...rows.map(([sample, genotypes]) =>
      [sample, ...genotypes.map((cell) => `"${cell}"`)].join(','),
    ),
  ].join('\n');
}

/** A family whose child fits both parents at every locus. */
export const FATHER = ['10,11', '10,11', '10,11', '10,11', '10,11', '10,11', '10,11', '10,11'];
export const MOTHER = ['12,13', '12,13', '12,13', '12,13', '12,13', '12,13', '12,13', '12,13'];
export const CHILD = ['10,12', '10,12', '10,12', '10,12', '10,12', '10,12', '10,12', '10,12'];
export const STRANGER = ['18,19', '18,19', '18,19', '18,19', '18,19', '18,19', '18,19', '18,19'];
