import type { ChildProcess } from 'node:child_process';
import type { Test } from 'tap';
import type { TestService } from '../http/service.ts';
import { TEST_KEY_RING } from '../servers.ts';
import { PROGRAM, readText, spawnNode } from '../package.ts';

type Sheet = { readonly header: string; readonly rows: readonly string[] };

function readSheet(file: string): Sheet {
  const [header = '', ...rows] = readText(`fixtures/demo/${file}.csv`).trim().split('\n');
  return { header, rows };
}

const write = ({ header, rows }: Sheet): string => [header, ...rows].join('\n');

export function spawnWorker(
  t: Test,
  databaseUrl: string,
  redisUrl: string | undefined,
  threads = 1,
): ChildProcess {
  const worker = spawnNode([PROGRAM, 'worker'], {
    env: {
      DATABASE_URL: databaseUrl,
      KEY_RING: TEST_KEY_RING,
      SEARCH_THREADS: String(threads),
      LOG_LEVEL: 'warn',
      ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  t.teardown(() => worker.kill('SIGKILL'));
  return worker;
}

/**
 * Uploads the first people of the demo set who look for their families, these, and some others; every
 * sixth of the first once more under another code, with one locus less, so that no two LRs are equal.
 * @param isLeftOut says of a sample that it is not uploaded
 */
export async function uploadDemo(
  { call }: TestService,
  isLeftOut: (sample: string) => boolean = () => false,
): Promise<void> {
  const unknowns = readSheet('unknowns');
  const sought = unknowns.rows.slice(0, 36);
  const ids = new Set(sought.map((row) => row.split(',')[0]));
  const theirs = new Set(
    readSheet('truth')
      .rows.map((row) => row.split(','))
      .filter(([unknown, , family]) => ids.has(unknown) && family)
      .map(([, , family]) => family),
  );
  const families = readSheet('families');
  const isTheirs = (row: string): boolean => theirs.has(row.split(',')[2]);
  const relatives = [
    ...families.rows.filter(isTheirs),
    ...families.rows.filter((row) => !isTheirs(row)).slice(0, 30),
  ];
  const upload = (side: string, { header, rows }: Sheet) => {
    const sheet = { header, rows: rows.filter((row) => !isLeftOut(row.split(',')[0] ?? '')) };
    return call('collection-point', 'POST', `/v1/batches?side=${side}`, write(sheet));
  };
  await upload('relatives', { ...families, rows: relatives });
  const again = sought.filter((_, place) => place % 6 === 0);
  const copies = again.map((row, place) => row.replace(/^\w+,(\w+),"[^"]+"/, `B${place},$1,`));
  await upload('unknowns', { ...unknowns, rows: [...sought, ...copies] });
}

/** Puts the policy of the demo in force, with another threshold if one is given. */
export async function putDemoPolicyInForce(
  t: Test,
  { call }: TestService,
  threshold?: number,
): Promise<void> {
  const frequencies = readText('fixtures/frequencies/nist1036_all.csv');
  const table = await call('admin', 'POST', '/v1/frequency-tables?name=n', frequencies);
  const document = JSON.parse(readText('fixtures/demo/policy.json'));
  const policy = {
    name: 'demo',
    frequencyTableId: table.body.id,
    document: threshold === undefined ? document : { ...document, threshold },
  };
  t.equal((await call('admin', 'POST', '/v1/policies', policy)).status, 201);
}

/** Pairs of samples that show one person. */
export async function findingsOf({ call }: TestService): Promise<string[]> {
  const { body } = await call('analyst', 'GET', '/v1/findings');
  return body.findings
    .map(({ samples, lociCompared, lociDiffering }: any) => {
      const codes = samples.map(({ sampleId }: any) => sampleId).sort();
      return `${codes.join(' ')} ${lociDiffering}/${lociCompared}`;
    })
    .sort();
}

export async function candidatesOf({ call }: TestService): Promise<string[]> {
  const { body } = await call('analyst', 'GET', '/v1/candidates?limit=500');
  return body.candidates.map(
    ({ unknown, relatives, relationship, log10Lr, revision }: any) =>
      `${unknown} ${relatives.join('+')} ${relationship} ${log10Lr} ${revision}`,
  );
}
