import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import t, { type Test } from 'tap';
import { startTestService } from '../http/service.ts';
import { PROGRAM, ROOT } from '../package.ts';
import { isRefused, type Run, run, STACK_TRACE, writeFiles } from './homeward.ts';

const KEY = 'a-key';

function intake(key: string, ...args: string[]): Promise<Run> {
  return run(`HOMEWARD_API_KEY=${key}`, [process.execPath, PROGRAM, 'intake', ...args]);
}

function consents(key: string, ...args: string[]): Promise<Run> {
  return run(`HOMEWARD_API_KEY=${key}`, [process.execPath, PROGRAM, 'consents', ...args]);
}

const FORM_HEADER = 'sample_id,version,purpose,signer,signed_on,age_years,deceased,retain_until';
const FORMS = `${FORM_HEADER}
U1,1,family-search,guardian,2026-01-15,5,,
U2,1,family-search,self,2026-01-15,50,false,

U3,1,family-search,self,2026-01-15,50,,
U4,1,family-search,next-of-kin,2026-01-15,50,TRUE,2030-01-01
U9,1,family-search,self,2026-01-15,many,,
U5,1,family-search,self,2026-01-15,50,,
样本,1,family-search,self,2026-01-15,50,,
`;

const HEADER = 'sample_id,TH01\n';
const PEOPLE = `${HEADER}U1,9\nU2,"6,9.3"\n\nU3,z\nU4,7\nU5,8\n`;

type Asked = { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string };

/** A service that answers as it is told, and what it was asked. */
async function startStub(
  t: Test,
  answers: readonly { status: number; body?: object; retryAfter?: number }[],
): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      const { status, body = {}, retryAfter = 0 } = answers[asked.length] ?? { status: 500 };
      asked.push({ url, headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status, { 'retry-after': String(retryAfter) }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const receiptOf = (outcomes: readonly string[]): object => ({
  batchId: '00000000-0000-4000-8000-000000000000',
  side: 'unknowns',
  receivedAt: '2026-01-01T00:00:00Z',
  contentHash: 'x',
  accepted: outcomes.filter((outcome) => outcome === 'accepted').length,
  unchanged: 0,
  refused: outcomes.filter((outcome) => outcome === 'refused').length,
  rows: outcomes.map((outcome, place) => ({
    row: place + 2,
    sampleId: 'U',
    outcome,
    caseId: null,
    faults: [],
    notes: [],
  })),
});

t.test(
  'a batch is sent again, under the same name, while the service is away or busy',
  async (t) => {
    const { file } = writeFiles(t, { file: `${HEADER}U1,9\nU2,8\nU3,7\n` });
    const { url, asked } = await startStub(t, [
      { status: 503 },
      { status: 429 },
      { status: 201, body: receiptOf(['accepted', 'accepted']) },
      { status: 200, body: receiptOf(['accepted']) },
    ]);
    const { code, stdout, stderr } = await intake(KEY, file, '--url', url, '--side', 'unknowns', '--batch', '2'); // prettier-ignore
    t.equal(code, 0, stderr);
    t.match(stdout, /^3 rows in 2 batches: 3 accepted, 0 extended, 0 unchanged, 0 refused; \d+\.\d s, \d+ rows a second\n$/); // prettier-ignore
    t.match(stderr, /answers 503; trying again\n.*answers 429; trying again/);
    t.same(
      asked.map(({ body }) => body.trim().split('\n').length - 1),
      [2, 2, 2, 1],
    );
    t.ok(asked.every(({ body }) => body.startsWith(HEADER)));
    const names = asked.map(({ headers }) => headers['idempotency-key']);
    t.equal(new Set(names.slice(0, 3)).size, 1);
    t.not(names[3], names[0]);
    t.equal(asked[0]!.headers.authorization, `Bearer ${KEY}`);
    t.equal(asked[0]!.url, '/v1/batches?side=unknowns&dryRun=false');
  },
);

t.test('a batch that is refused ends it, and the place is told', async (t) => {
  const { file } = writeFiles(t, { file: `${HEADER}U1,9\nU2,8\nU3,7\n` });
  const problem = { code: 'SAMPLE_KIND_REFUSED', detail: 'Row 2: no suspects.' };
  const { url, asked } = await startStub(t, [
    { status: 201, body: receiptOf(['accepted', 'accepted']) },
    { status: 422, body: problem },
  ]);
  const { code, stderr } = await intake(KEY, file, '--url', url, '--side', 'unknowns', '--batch', '2'); // prettier-ignore
  t.equal(code, 2);
  t.match(stderr, /UPLOAD_REFUSED: The batch whose row 2 is row 4 of the file was not taken\. It answers 422 SAMPLE_KIND_REFUSED: Row 2: no suspects\./); // prettier-ignore
  t.notMatch(stderr, STACK_TRACE);
  t.equal(asked.length, 2, 'nothing is tried again');
});

t.test('a file goes into the service, and again changes nothing', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { forms, file, report } = writeFiles(t, { forms: FORMS, file: PEOPLE, report: '' });
  const sign = (): Promise<Run> =>
    consents(service.keyOf('collection-point'), forms, '--url', service.url, '--batch', '3', '--report', report); // prettier-ignore
  const signed = await sign();
  t.match(signed, { code: 3, stdout: /^7 rows in 3 batches: 6 recorded, 0 unchanged, 1 refused/ }, signed.stderr); // prettier-ignore
  t.same(
    parse<Record<string, string>>(readFileSync(report), { bom: true, columns: true }).map(
      ({ sample_id, row, outcome, faults }) => [sample_id, row, outcome, faults],
    ),
    [
      ['U1', '2', 'recorded', ''],
      ['U2', '3', 'recorded', ''],
      ['U3', '5', 'recorded', ''],
      ['U4', '6', 'recorded', ''],
      ['U9', '7', 'refused', 'ageYears: FIELD_INVALID: Invalid input: expected number, received string'], // prettier-ignore
      ['U5', '8', 'recorded', ''],
      ['样本', '9', 'recorded', ''],
    ],
  );
  t.match(await sign(), { stdout: /^7 rows in 3 batches: 0 recorded, 6 unchanged, 1 refused/ });
  const kept = await service.call('collection-point', 'GET', '/v1/samples/U4/consents');
  t.match(kept.body, { consents: [{ deceased: true, signer: 'next-of-kin', retainUntil: '2030-01-01' }] }); // prettier-ignore
  const send = (...args: string[]): Promise<Run> =>
    intake(service.keyOf('collection-point'), ...args, '--url', service.url, '--side', 'unknowns');

  const dry = await send(file, '--dry-run');
  t.match(dry, { code: 3, stdout: /^5 rows in 1 batches: 4 would be accepted, 0 extended, 0 unchanged, 1 refused/ }); // prettier-ignore
  t.equal((await service.db.execute('select 1 from samples')).length, 0);

  const first = await send(file, '--batch', '2', '--report', report);
  t.match(first, {
    code: 3,
    stdout: /^5 rows in 3 batches: 4 accepted, 0 extended, 0 unchanged, 1 refused/,
  });
  const rows = parse<Record<string, string>>(readFileSync(report), { bom: true, columns: true });
  t.same(
    rows.map(({ sample_id, row, outcome }) => [sample_id, row, outcome]),
    [
      ['U1', '2', 'accepted'],
      ['U2', '3', 'accepted'],
      ['U3', '5', 'refused'],
      ['U4', '6', 'accepted'],
      ['U5', '7', 'accepted'],
    ],
  );
  const again = await send(file, '--batch', '2');
  t.match(again.stdout, /^5 rows in 3 batches: 4 accepted, 0 extended, 0 unchanged, 1 refused/, 'the same receipts'); // prettier-ignore
  const anew = await send(file, '--batch', '2', '--attempt', 'second');
  t.match(anew.stdout, /0 accepted, 0 extended, 4 unchanged, 1 refused/);
  t.equal((await service.db.execute('select 1 from samples')).length, 4);

  writeFileSync(file, Buffer.from('73616d706c655f69642c544830310ad1f9b1be2c390a', 'hex'));
  t.match(await send(file), { code: 2, stderr: /FILE_NOT_UTF8/ });
  t.match(await send(file, '--encoding', 'gb18030'), { code: 0, stdout: /^1 rows .* 1 accepted/ });
  const codis = await send(join(ROOT, 'fixtures/codis/nist-three.xml'));
  t.match(
    codis.stdout,
    /^3 rows in 1 batches: 0 accepted, 0 extended, 0 unchanged, 3 refused/,
    'no consents',
  );
});

t.test('what cannot be sent is refused before anything is', async (t) => {
  const { file } = writeFiles(t, { file: PEOPLE });
  await isRefused(t, ['intake', file, '--url', 'https://h', '--side', 'unknowns'], /HOMEWARD_API_KEY is not set/); // prettier-ignore
  await isRefused(t, ['intake', file, '--url', 'http://example.org', '--side', 'unknowns'], /go over https/); // prettier-ignore
  await isRefused(t, ['intake', file, '--url', 'https://h', '--side', 'suspects'], /Allowed choices/); // prettier-ignore
  const rest = ['--url', 'http://127.0.0.1:9', '--side', 'unknowns'];
  const bad = writeFiles(t, { torn: `${FORM_HEADER}\nU1,1\n`, extra: 'sample_id,name\nU1,x\n', open: `${FORM_HEADER}\n"U1,1\n` }); // prettier-ignore
  const to = ['--url', 'http://127.0.0.1:9'];
  t.match(await consents(KEY, bad.torn, ...to), { code: 2, stderr: /CSV_MALFORMED.*Row 2: it has 2 cells/ }); // prettier-ignore
  t.match(await consents(KEY, bad.extra, ...to), { code: 2, stderr: /Column "name": consents have none/ }); // prettier-ignore
  t.match(await consents(KEY, bad.open, ...to), { code: 2, stderr: /CSV_MALFORMED/ });
  const zip = join(ROOT, 'fixtures/bad-files/zip-bomb.csv');
  t.match(await intake(KEY, zip, ...rest), { code: 2, stderr: /FILE_COMPRESSED/ });
  t.match(await intake(KEY, `${file}-none`, ...rest), { code: 2, stderr: /FILE_NOT_READABLE/ });
});
