import fc from 'fast-check';
import t from 'tap';
import { formFor } from './consent-forms.ts';
import { CHILD, FATHER, relativesCsv, startTestService, unknownsCsv } from './service.ts';
import { issueTubes, scan, sendScans } from './tubes.ts';

const service = await startTestService(t, { policy: false, search: false, consents: false });
const { call } = service;
const point = await service.createPoint('OWN-1', '510104');
const other = await service.createPoint('OWN-2', '330102');

type Who = Parameters<typeof call>[0];

const list = async (who: Who, query = ''): Promise<any[]> =>
  (await call(who, 'GET', `/v1/samples${query}`)).body.samples;
const sign = (who: Who, ...codes: string[]) =>
  call(who, 'POST', '/v1/consents', { consents: codes.map((code) => formFor(code)) });
const upload = (who: Who, ...codes: string[]) =>
  call(who, 'POST', '/v1/batches?side=unknowns', unknownsCsv(codes.map((code) => [code, CHILD])));

t.test('a sample is followed from the consent to its withdrawal', async (t) => {
  t.same(await list(point), [], 'nothing was recorded');
  await sign(point, 'A1');
  const nothing = { side: null, family: null, relation: null, caseId: null, identified: false, typed: null }; // prettier-ignore
  t.same(await list(point), [
    { sampleId: 'A1', state: 'awaited', ...nothing, consented: true, tube: null, withdrawnAt: null },
  ]); // prettier-ignore

  const [tube = '', again = ''] = await issueTubes(service, point.id, 2);
  await sendScans(service, point, [scan(tube, 'drawn', 1, { sampleId: 'A1' })]);
  t.match(await list(point), [{ tube: { barcode: tube, state: 'drawn', redrawWanted: false } }]);
  await sendScans(service, point, [scan(tube, 'lost', 2)]);
  t.match(await list(point), [{ tube: { barcode: tube, state: 'lost', redrawWanted: true } }]);
  await sendScans(service, point, [scan(again, 'drawn', 3, { replaces: tube })]);
  t.match(await list(point), [{ tube: { barcode: again, state: 'drawn', redrawWanted: false } }]);

  const { body } = await call(point, 'POST', '/v1/batches?side=relatives', relativesCsv([['A1', 'F1', 'father', FATHER]])); // prettier-ignore
  const { caseId } = body.rows[0];
  await call(point, 'PUT', '/v1/samples/A1/identity', { name: '王芳' });
  const [typed] = await list(point);
  t.match(typed, {
    ...{ state: 'typed', side: 'relatives', family: 'F1', relation: 'father', caseId },
    ...{ consented: true, identified: true, typed: { loci: FATHER.length } },
  });
  t.notMatch(JSON.stringify(typed), /王芳|D3S1358|"10"/, 'neither a name nor a genotype');

  await call(point, 'POST', '/v1/samples/A1/withdrawal');
  const [gone] = await list(point);
  t.match(gone, { ...nothing, state: 'withdrawn', caseId, consented: false, tube: null });
  t.ok(Date.parse(gone.withdrawnAt) > 0);
});

t.test('samples of another collection point never appear', async (t) => {
  await sign(other, 'B1', 'B2', 'A1');
  await upload(other, 'B1');
  t.same((await list(other)).map(({ sampleId }) => sampleId), ['A1', 'B1', 'B2']); // prettier-ignore
  t.match(
    await list(other, '?prefix=A'),
    [{ state: 'awaited', withdrawnAt: null }],
    'their own A1',
  );
  t.notOk((await list(point)).some(({ sampleId }) => sampleId.startsWith('B')));
  t.equal((await call('analyst', 'GET', '/v1/samples')).status, 403);

  // A relative joins a family that another opened: its code and case are not shown.
  const family = relativesCsv([['B2', 'F9', 'father', FATHER]]);
  const opened = await call(other, 'POST', '/v1/batches?side=relatives', family);
  await sign(point, 'C1');
  const joined = relativesCsv([['C1', opened.body.rows[0].caseId, 'paternal-uncle', FATHER]]);
  t.match((await call(point, 'POST', '/v1/batches?side=relatives', joined)).body, { accepted: 1 });
  t.match(await list(point, '?prefix=C'), [{ side: 'relatives', relation: 'paternal-uncle', family: null, caseId: null }]); // prettier-ignore
});

t.test('pages hold every sample once, whatever they are filtered by', async (t) => {
  const clinic = await service.createPoint('OWN-3', '510104');
  const codes = Array.from({ length: 23 }, (_, at) => `${at % 2 ? 'S' : '样本-'}${at}`);
  await sign(clinic, ...codes);
  const typed = codes.filter((_, at) => at % 3 === 0);
  await upload(clinic, ...typed);
  const withdrawn = typed.filter((_, at) => at % 4 === 0);
  for (const code of withdrawn) {
    const { status } = await call(clinic, 'POST', `/v1/samples/${encodeURIComponent(code)}/withdrawal`); // prettier-ignore
    t.equal(status, 201);
  }
  const expected = {
    typed: typed.filter((code) => !withdrawn.includes(code)),
    withdrawn,
    awaited: codes.filter((code) => !typed.includes(code)),
  };
  const state = fc.constantFrom('typed' as const, 'withdrawn' as const, 'awaited' as const);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 30 }),
      fc.option(state),
      fc.constantFrom('', 'S', 'S1', '样', 'none'),
      async (limit, wanted, prefix) => {
        const found: string[] = [];
        let cursor: string | null = null;
        do {
          const query = new URLSearchParams({
            limit: String(limit),
            ...(wanted && { state: wanted }),
            ...(prefix && { prefix }),
            ...(cursor !== null && { cursor }),
          });
          const { body } = await call(clinic, 'GET', `/v1/samples?${query.toString()}`);
          if (body.samples.length > limit) return false;
          found.push(...body.samples.map(({ sampleId }: any) => sampleId));
          cursor = body.nextCursor;
        } while (cursor !== null);
        const all = (wanted ? expected[wanted] : codes).filter((code) => code.startsWith(prefix));
        t.same([...found].sort(), [...all].sort());
        return new Set(found).size === found.length;
      },
    ),
    { numRuns: 40 },
  );
  for (const cursor of ['nonsense', 'WyIAIl0', 'W10', 'WzFd']) {
    const { status, body } = await call(clinic, 'GET', `/v1/samples?cursor=${cursor}`);
    t.match({ status, body }, { status: 400, body: { faults: [{ field: 'cursor' }] } }, cursor);
  }
});
