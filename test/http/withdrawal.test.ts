import t, { type Test } from 'tap';
import { readTables, until } from '../servers.ts';
import {
  CHILD,
  FATHER,
  MOTHER,
  relativesCsv,
  startTestService,
  STRANGER,
  type TestService,
  unknownsCsv,
} from './service.ts';
import { settle } from './signatures.ts'; // prettier-ignore

async function upload({ call }: TestService): Promise<void> {
  const relatives = relativesCsv([
    ['F1f', 'F1', 'father', FATHER],
    ['F1m', 'F1', 'mother', MOTHER],
    ['F2f', 'F2', 'father', STRANGER],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', relatives);
  const unknowns = unknownsCsv([
    ['U1', CHILD],
    ['U2', CHILD],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknowns);
}

async function start(t: Test): Promise<TestService> {
  const service = await startTestService(t);
  await upload(service);
  await service.searched();
  return service;
}

const candidatesOf = async ({ call }: TestService): Promise<string[]> =>
  (await call('analyst', 'GET', '/v1/candidates')).body.candidates
    .map(({ unknown, relatives }: any) => `${unknown} ${relatives.join('+')}`)
    .sort();

const withdraw = ({ call }: TestService, sample: string) =>
  call('collection-point', 'POST', `/v1/samples/${sample}/withdrawal`);

/** The table of every row that holds one of these texts. */
async function findTraces({ db }: TestService, texts: readonly string[]): Promise<string[]> {
  const tables = [...(await readTables(db.$client))];
  return tables.flatMap(([name, rows]) =>
    rows.filter((row) => texts.some((text) => row.includes(text))).map(() => name),
  );
}

t.test('nothing of a withdrawn child remains but its tombstone', async (t) => {
  const service = await start(t);
  const { call, db } = service;
  t.strictSame(await candidatesOf(service), ['U1 F1f+F1m', 'U2 F1f+F1m']);
  const [known] = await db.$client`
    select s.id as sample, p.id as profile, encode(p.genotypes, 'hex') as genotypes, c.number
    from samples s join profiles p on p.sample_id = s.id join cases c on c.id = s.case_id
    where s.code = 'U1'`;
  const { body } = await call('analyst', 'GET', '/v1/candidates');
  const { id, version } = body.candidates.find((candidate: any) => candidate.unknown === 'U1');
  const seen = { 'if-match': `"${version}"` };
  t.equal((await call('analyst', 'POST', `/v1/candidates/${id}/claims`, {}, seen)).status, 201);
  const comment = { text: 'the couple fits' };
  t.equal((await call('analyst', 'POST', `/v1/candidates/${id}/comments`, comment)).status, 204);
  t.equal((await settle(service, id, 'supported')).status, 201);

  const receipt = await withdraw(service, 'U1');
  t.match(receipt, {
    status: 201,
    body: {
      sampleId: 'U1',
      caseId: known!.number,
      cause: 'consent-withdrawn',
      candidatesRemoved: 1,
    },
  });
  t.strictSame(await candidatesOf(service), ['U2 F1f+F1m']);
  t.equal((await call('analyst', 'GET', `/v1/candidates/${id}`)).status, 404);
  t.equal((await call('analyst', 'GET', `/v1/candidates/${id}/case`)).status, 404);
  const traces = await findTraces(service, [known!.profile, known!.genotypes, id]);
  t.strictSame(
    traces.filter((table) => table !== 'public.audit_entries'),
    [],
  );
  t.strictSame(await findTraces(service, [known!.sample]), ['public.tombstones']);
  const file = await call('police', 'GET', `/v1/cases/${known!.number}`);
  t.match(file.body, { status: 'withdrawn' });

  t.match(await withdraw(service, 'U1'), { status: 200, body: receipt.body });
  const again = await call('collection-point', 'GET', '/v1/samples/U1/withdrawal');
  t.match(again, { status: 200, body: receipt.body });
  const back = await call(
    'collection-point',
    'POST',
    '/v1/batches?side=unknowns',
    unknownsCsv([['U1', STRANGER]]),
  );
  t.match(back.body.rows, [{ outcome: 'refused', faults: [{ code: 'SAMPLE_WITHDRAWN' }] }]);
});

t.test('a family is compared again without who left it', async (t) => {
  const service = await start(t);
  t.match(await withdraw(service, 'F1f'), { status: 201, body: { candidatesRemoved: 2 } });
  await service.searched();
  t.strictSame(await candidatesOf(service), ['U1 F1m', 'U2 F1m']);
  await withdraw(service, 'F1m');
  await service.searched();
  t.strictSame(await candidatesOf(service), []);
  const [{ count } = { count: 0 }] = await service.db.$client<{ count: number }[]>`
    select count(*)::int from families where code = 'F1'`;
  t.equal(count, 0, 'nobody is left of the family');
});

t.test('another point can neither withdraw a sample nor learn whether it is there', async (t) => {
  const service = await start(t);
  const other = await service.createPoint('POINT-2');
  for (const sample of ['U1', 'NONE']) {
    for (const method of ['POST', 'GET']) {
      const answer = await service.call(other, method, `/v1/samples/${sample}/withdrawal`);
      t.match(answer, { status: 404, body: { code: 'NOT_FOUND' } });
    }
  }
  t.strictSame(await candidatesOf(service), ['U1 F1f+F1m', 'U2 F1f+F1m']);
});

t.test('a search that is about to write finds who it found withdrawn', async (t) => {
  const service = await startTestService(t);
  const { db } = service;
  // Candidates are written where this lock is held: the search has scanned and judged by then.
  const gate = await db.$client.reserve();
  await gate`begin`;
  await gate`lock table candidate_matches in share mode`;
  await upload(service);
  const waiting = async (): Promise<number> => {
    const [row] = await db.$client<{ count: number }[]>`
      select count(*)::int from pg_stat_activity where wait_event_type = 'Lock'`;
    return row!.count;
  };
  await until(async () => (await waiting()) > 0);
  const withdrawn = withdraw(service, 'U1');
  await until(async () => (await waiting()) >= 2);
  await gate`commit`;
  gate.release();
  t.equal((await withdrawn).status, 201);
  await service.searched();
  t.strictSame(await candidatesOf(service), ['U2 F1f+F1m']);
  const [left] = await db.$client`
    select count(*)::int from candidate_matches m
    where not exists (select 1 from samples s where s.id = m.unknown_sample_id)`;
  t.equal(left!.count, 0);
});
