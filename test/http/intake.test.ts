import t from 'tap';
import { count } from 'drizzle-orm';
import { batches, profiles, samples, searchRequests } from '../../src/platform/tables.ts';
import { FATHER, MOTHER, relativesCsv, startTestService, type TestService } from './service.ts';

async function countRows({ db }: TestService): Promise<number[]> {
  const tables = [samples, profiles, searchRequests];
  return Promise.all(
    tables.map(async (table) => (await db.select({ rows: count() }).from(table))[0]!.rows),
  );
}

const PARENTS = relativesCsv([
  ['P1f', 'F1', 'father', FATHER],
  ['P1m', 'F1', 'mother', MOTHER],
]);

t.test('a batch sent twice changes nothing, whatever names it', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const send = (key?: string, body: unknown = PARENTS, side = 'relatives') =>
    service.call('collection-point', 'POST', `/v1/batches?side=${side}`, body, key ? { 'idempotency-key': key } : {}); // prettier-ignore
  const first = await send('monday-1');
  t.match(first, { status: 201, body: { accepted: 2, unchanged: 0, refused: 0 } });
  const rows = await countRows(service);
  t.same(rows, [2, 2, 2]);

  const replay = await send('monday-1');
  t.equal(replay.status, 200);
  t.same(replay.body, first.body, 'the same key gets the same receipt');
  const byContent = await send();
  t.match(byContent, { status: 201, body: { accepted: 0, unchanged: 2, refused: 0 } });
  t.same((await send()).body, byContent.body, 'without a key the content is the key');
  t.same(await countRows(service), rows);

  const reused = await send('monday-1', PARENTS.replace('P1f', 'P9f'));
  t.match(reused, { status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  t.same(await countRows(service), rows);

  const json = {
    rows: [
      { sampleId: 'P1f', family: 'F1', relation: 'father', genotypes: Object.fromEntries(['D3S1358', 'VWA', 'FGA', 'THO1', 'TPOX', 'D18S51', 'D21S11', 'D5S818'].map((locus) => [locus, ['11', '10']])) }, // prettier-ignore
    ],
  };
  t.match(
    (await send(undefined, json)).body,
    { accepted: 0, unchanged: 1 },
    'the same person as JSON',
  );
  t.same(await countRows(service), rows);
});

t.test('twenty senders at once write each person once', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, sender) =>
      service.call('collection-point', 'POST', '/v1/batches?side=relatives', PARENTS, {
        'idempotency-key': `sender-${sender % 10}`,
      }),
    ),
  );
  t.ok(answers.every(({ status }) => status === 200 || status === 201));
  const receipts = new Map(answers.map(({ body }) => [body.batchId, body]));
  const accepted = [...receipts.values()].reduce<number>(
    (sum, body) => sum + Number(body.accepted),
    0,
  );
  t.equal(accepted, 2);
  t.same(await countRows(service), [2, 2, 2]);
});

t.test('good rows are kept and bad ones refused, each with its reason', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const csv = [
    'sample_id,sex,family,relation,D3S1358_1,D3S1358_2,VWA',
    'G1,male,F1,father,15,16,"17,18"',
    'B1,male,F2,father,15,sixteen,"17,18"',
    'B2,female,F2,father,15,16,"17,18"',
    'B3,,F2,uncle,15,16,"17,18"',
    ',,F2,mother,15,16,"17,18"',
    'B4,,F1,father,15,16,"17,18"',
    'B5,,,mother,15,16,"17,18"',
    'B6,,F3,mother,,,',
    'G1,male,F1,father,15,17,"17,18"',
    'G2,,F1,mother,15,16,"17,18,19"',
    'B7,short',
  ].join('\n');
  const { status, body } = await service.call('collection-point', 'POST', '/v1/batches?side=relatives', csv); // prettier-ignore
  t.equal(status, 201);
  t.match(body, { accepted: 2, unchanged: 0, refused: 9 });
  const faults = body.rows
    .filter(({ outcome }: { outcome: string }) => outcome === 'refused')
    .map(({ row, faults: [first] }: any) => [row, first.field, first.code]);
  t.same(faults, [
    [3, 'D3S1358_1', 'ALLELE_INVALID'],
    [4, 'sex', 'FIELD_INVALID'],
    [5, 'relation', 'FIELD_INVALID'],
    [6, 'sample_id', 'FIELD_MISSING'],
    [7, 'relation', 'RELATIVE_EXISTS'],
    [8, 'family', 'FIELD_MISSING'],
    [9, null, 'NO_GENOTYPE'],
    [10, 'D3S1358', 'TYPINGS_DISAGREE'],
    [12, null, 'ROW_UNREADABLE'],
  ]);
  const { notes } = body.rows.find(({ sampleId }: any) => sampleId === 'G2');
  t.match(notes, [{ field: 'VWA', message: /more than two alleles/ }]);
  t.same(await countRows(service), [2, 2, 2]);
});

t.test(
  'what cannot be read at all is refused whole, with a code and no trace of our insides',
  async (t) => {
    const service = await startTestService(t, { policy: false, search: false });
    const latin = Buffer.from('s,vWA\nM\xfcller,12\n', 'latin1');
    const cases: [
      name: string,
      body: unknown,
      status: number,
      code: string,
      headers?: Record<string, string>,
    ][] = [
      ['an unknown locus in the header', 'sample_id,D99S1\nU1,12', 400, 'CSV_HEADER_INVALID'],
      ['a column twice', 'sample_id,vWA,vWA\nU1,12,12', 400, 'CSV_HEADER_INVALID'],
      ['an empty file', '', 400, 'CSV_HEADER_INVALID'],
      ['another encoding', latin, 400, 'ENCODING_UNKNOWN'],
      ['broken JSON', 'x', 400, 'JSON_MALFORMED', { 'content-type': 'application/json' }],
      ['JSON without rows', { people: [] }, 400, 'REQUEST_INVALID'],
      ['a form', 'a=b', 415, 'MEDIA_TYPE_UNSUPPORTED', { 'content-type': 'application/x-www-form-urlencoded' }], // prettier-ignore
      ['17 MiB', `sample_id,vWA\n${'U1,12\n'.repeat(3_000_000)}`, 413, 'BODY_TOO_LARGE'],
      [
        'a key with blanks',
        'sample_id,vWA\nU1,12',
        400,
        'REQUEST_INVALID',
        { 'idempotency-key': 'a b' },
      ],
    ];
    for (const [name, body, status, code, headers] of cases) {
      const answer = await service
        .call('collection-point', 'POST', '/v1/batches?side=unknowns', body, headers)
        // The service may hang up on a body that is too large while it is still being sent.
        .catch(() => ({ status: 413, body: { code: 'BODY_TOO_LARGE', title: '', detail: '' } }));
      t.match(answer, { status, body: { code } }, name);
      t.notMatch(
        JSON.stringify(answer.body),
        /node_modules|\.ts:|at \w+ \(/,
        `${name}: no stack trace`,
      );
    }
    const side = await service.call(
      'collection-point',
      'POST',
      '/v1/batches?side=suspects',
      PARENTS,
    );
    t.match(side, { status: 400, body: { code: 'REQUEST_INVALID', faults: [{ field: 'side' }] } });
    t.same(await countRows(service), [0, 0, 0]);
    t.equal((await service.db.select({ rows: count() }).from(batches))[0]!.rows, 0);
  },
);

t.test(
  'a connection that breaks in the middle leaves nothing behind, and others go on',
  async (t) => {
    const service = await startTestService(t, { policy: false, search: false });
    const half = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('sample_id,vWA\nU1,"12,13"\n'));
      },
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        controller.error(new Error('the line is cut'));
      },
    });
    await t.rejects(
      fetch(new URL('/v1/batches?side=unknowns', service.url), {
        method: 'POST',
        headers: { authorization: `Bearer ${service.keyOf('collection-point')}`, 'content-type': 'text/csv' }, // prettier-ignore
        body: half,
        duplex: 'half',
      }),
    );
    t.same(await countRows(service), [0, 0, 0]);
    const next = await service.call(
      'collection-point',
      'POST',
      '/v1/batches?side=relatives',
      PARENTS,
    );
    t.equal(next.body.accepted, 2);
  },
);

t.test('no genotype and no upload is found in the log', async (t) => {
  const service = await startTestService(t);
  const csv = 'sample_id,D3S1358,FGA\nSECRET-SAMPLE,"15.3,16.2","<8,OL"\nBAD-SAMPLE,"77.9,88",\n';
  const { body } = await service.call('collection-point', 'POST', '/v1/batches?side=unknowns', csv);
  t.match(body, { accepted: 1, refused: 1 });
  await service.searched();
  const log = service.logged.join('');
  t.match(log, /request completed/);
  for (const secret of ['15.3,16.2', '"15.3"', '<8', '77.9,88', 'SECRET-SAMPLE', 'BAD-SAMPLE'])
    t.notOk(log.includes(secret), secret);
});

t.test(
  'frequency tables and policies that cannot compute are refused with the place',
  async (t) => {
    const service = await startTestService(t, { policy: false, search: false });
    const upload = (csv: string) =>
      service.call('admin', 'POST', '/v1/frequency-tables?name=test', csv);
    const negative = await upload('locus,allele,frequency\nTH01,6,0.5\nTH01,7,-0.1\n');
    t.match(negative, { status: 422, body: { code: 'FREQUENCY_TABLE_INVALID', faults: [{ field: 'line 3' }] } }); // prettier-ignore
    t.match(await upload('locus,allele\nTH01,6\n'), {
      status: 422,
      body: { detail: /lacks frequency/ },
    });
    t.match(await upload(''), { status: 422 });

    const table = await upload('locus,allele,frequency\nTH01,6,0.5\nTH01,7,0.5\n');
    t.equal(table.status, 201);
    t.equal((await upload('locus,allele,frequency\nTH01,6,0.5\nTH01,7,0.5\n')).status, 200);
    const activate = (params: object, threshold: unknown = 1e4) =>
      service.call('admin', 'POST', '/v1/policies', {
        name: 'test',
        frequencyTableId: table.body.id,
        document: { params, threshold },
      });
    const fixed = { rule: 'fixed', frequency: 0.001, appliesTo: 'unseen' };
    const none = { model: 'none' };
    t.match(await activate({ mutation: none }), { status: 422, body: { code: 'POLICY_INVALID', detail: /five-over-2n/ } }); // prettier-ignore
    t.match(await activate({ mutation: none, minimumFrequency: fixed }, 0), { status: 400, body: { faults: [{ field: 'document.threshold' }] } }); // prettier-ignore
    t.match(await activate({ mutation: none, minimumFrequency: fixed, theta: 0.01, silentAlleles: [{ locus: 'TH01', frequency: 0.01 }] }), { status: 422, body: { code: 'POLICY_INVALID', faults: [{ field: 'params.theta' }] } }); // prettier-ignore
    t.match(await activate({ minimumFrequency: fixed }), { status: 400 });
    const rate = { rate: 0.9, rate2: 0.2 };
    const tooHigh = {
      mutation: { model: 'stepwise', male: rate, female: rate },
      minimumFrequency: fixed,
    };
    t.match(await activate(tooHigh), { status: 422, body: { code: 'POLICY_INVALID', detail: /rate2 0.2 must lie between/ } }); // prettier-ignore
    t.equal((await activate({ mutation: none, minimumFrequency: fixed })).status, 201);
  },
);

t.test('a batch with a suspect in it is refused whole, whatever the form', async (t) => {
  const { call, db } = await startTestService(t, { policy: false, search: false, minimumLoci: 2 });
  const csv = ['sample_id,kind,D3S1358,TH01', 'U1,unknown,"15,16",9', 'S1,Suspect,"15,16",9'].join('\n'); // prettier-ignore
  const person = { sampleId: 'U1', genotypes: { D3S1358: ['15', '16'], TH01: ['9'] } };
  const json = { rows: [person, { ...person, sampleId: 'S1', kind: 'suspect' }] };
  for (const [form, body, row] of [
    ['CSV', csv, 3],
    ['JSON', json, 2],
  ] as const) {
    for (const side of ['unknowns', 'relatives']) {
      const answer = await call('collection-point', 'POST', `/v1/batches?side=${side}`, body);
      t.equal(answer.status, 422, `${form}, ${side}`);
      t.match(answer.body, { code: 'SAMPLE_KIND_REFUSED', detail: new RegExp(`^Row ${row}: `) });
    }
  }
  for (const table of ['samples', 'profiles', 'batches', 'cases']) {
    t.equal((await db.execute(`select 1 from ${table}`)).length, 0, `nothing in ${table}`);
  }
  const whole = csv.replace('S1,Suspect', 'U2,');
  t.equal((await call('collection-point', 'POST', '/v1/batches?side=unknowns', whole)).status, 201);

  const broken = ['sample_id,sex,AMEL,D3S1358,TH01', 'U3,M,X,"15,16",9', 'U4,F,X,"15,16",'];
  const refused = await call('collection-point', 'POST', '/v1/batches?side=unknowns', broken.join('\n')); // prettier-ignore
  t.match(refused.body.rows, [
    { sampleId: 'U3', faults: [{ field: 'AMEL', code: 'SEX_CONTRADICTED' }] },
    { sampleId: 'U4', faults: [{ field: null, code: 'TOO_FEW_LOCI' }] },
  ]);
});
