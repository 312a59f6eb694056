import t, { type Test } from 'tap';
import { extractText, getDocumentProxy } from 'unpdf';
import { readEntries } from '../../src/casework/audit/audit.service.ts';
import { replayReport } from '../../src/casework/reports/report-replay.ts';
import { reportDocument } from '../../src/casework/reports/report.schema.ts';
import { CHILD, FATHER, FREQUENCIES, MOTHER, relativesCsv, startTestService, type TestService, unknownsCsv } from './service.ts'; // prettier-ignore

/** A child, its parents, and one candidate. */
async function start(
  t: Test,
): Promise<{ service: TestService; id: string; revision: number; version: number }> {
  const service = await startTestService(t);
  const { call } = service;
  const parents = relativesCsv([
    ['S1', 'F1', 'father', FATHER],
    ['S2', 'F1', 'mother', MOTHER],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', parents);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD]]));
  await service.searched();
  const [{ id, revision, version }] = (await call('analyst', 'GET', '/v1/candidates')).body
    .candidates;
  return { service, id, revision, version };
}

async function readPdf(
  service: TestService,
  path: string,
): Promise<{ type: string; text: string }> {
  const answer = await fetch(new URL(path, service.url), {
    headers: { authorization: `Bearer ${service.keyOf('analyst')}` },
  });
  const pdf = await getDocumentProxy(new Uint8Array(await answer.arrayBuffer()));
  const { text } = await extractText(pdf, { mergePages: true });
  return { type: answer.headers.get('content-type') ?? '', text: text.replace(/\s+/g, ' ') };
}

t.test('an analyst takes the report of a candidate', async (t) => {
  const { service, id, revision, version } = await start(t);
  const { call } = service;
  const path = `/v1/candidates/${id}/report`;
  const detail = (await call('analyst', 'GET', `/v1/candidates/${id}`)).body;
  const answer = await call('analyst', 'GET', `${path}?format=json`);
  t.equal(answer.status, 200);
  t.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
  t.equal(answer.headers.get('content-disposition'), `attachment; filename="${id}.en.json"`);

  await t.test('it says what the candidate says', async (t) => {
    const { source, numbers } = answer.body;
    t.equal(numbers.likelihoodRatio.log10Lr, detail.log10Lr);
    t.strictSame(numbers.hypotheses, detail.hypotheses);
    t.equal(numbers.evaluation.posterior, detail.posterior);
    t.equal(numbers.evaluation.expectedChanceCandidates, detail.expectedChanceCandidates);
    t.strictSame(numbers.rivals, detail.rivals);
    t.equal(source.engineVersion, detail.provenance.engineVersion);
    t.strictSame(source.policy.document, detail.provenance.policy);
    const line = (await call('analyst', 'GET', `/v1/candidates/${id}/case`)).body;
    t.strictSame(numbers.case, JSON.parse(line), 'its case');
    const { loci, lociCompared, lociInconsistent } = numbers.likelihoodRatio;
    t.match({ lociCompared, lociInconsistent }, { lociCompared: 8, lociInconsistent: 0 });
    for (const [place, locus] of detail.loci.entries()) {
      t.match(loci[place], { locus: locus.locus, log10Lr: locus.log10Lr });
    }
  });

  await t.test('what the service stored is computed again to the last digit', async (t) => {
    const replay = replayReport(reportDocument.parse(answer.body));
    t.match(replay, { differences: [], altered: [], failure: null });
  });

  await t.test('it is a PDF in two languages', async (t) => {
    const english = await readPdf(service, path);
    t.equal(english.type, 'application/pdf');
    t.match(english.text, 'A lead, not an identification');
    t.match(english.text, detail.hypotheses.h1);
    t.match(english.text, 'One table is stored');
    const chinese = await readPdf(service, `${path}?format=pdf&language=zh`);
    t.match(chinese.text, '本报告仅为线索，不是身份认定');
    for (const { text } of [english, chinese]) t.match(text, answer.body.hash);
  });

  await t.test('decisions and other populations stand in it', async (t) => {
    const decision = { verdict: 'more-loci', reason: 'the mother of Zhang San said so' };
    const seen = { 'if-match': `"${version}"` };
    const signed = await call('analyst', 'POST', `/v1/candidates/${id}/decisions`, decision, seen);
    t.equal(signed.status, 201);
    const rarer = FREQUENCIES.replaceAll(',10,0.1,20,', ',10,0.05,10,').replaceAll(',11,0.1,20,', ',11,0.15,30,'); // prettier-ignore
    const table = await call('admin', 'POST', '/v1/frequency-tables?name=rarer', rarer);
    t.equal(table.status, 201);
    const again = (await call('analyst', 'GET', `${path}?format=json&language=zh`)).body;
    t.match(again.source.decisions, [{ verdict: 'more-loci', revision }]);
    t.notMatch(JSON.stringify(again), 'Zhang San', 'a reason may name somebody');
    t.match(again.numbers.populations, [{ name: 'test', isOfPolicy: true }, { name: 'rarer' }]);
    t.not(again.hash, answer.body.hash);
    const second = await service.createKey({ role: 'analyst', name: 'second' });
    const blind = (await call(second, 'GET', `${path}?format=json&language=en`)).body;
    t.same(blind.source.decisions, [], 'nobody else sees it before they have signed');
    t.equal(again.title, '候选比中报告');
  });

  await t.test('whoever took it is in the audit', async (t) => {
    const action = 'GET /v1/candidates/:candidateId/report';
    let taken = 0;
    for await (const entry of readEntries(service.db)) {
      if (entry.action !== action) continue;
      t.match(entry, { role: 'analyst', object: { candidateId: id }, status: 200 });
      taken++;
    }
    t.equal(taken, 5);
  });

  await t.test('a withdrawn candidate has none', async (t) => {
    t.equal((await call('collection-point', 'POST', '/v1/samples/U1/withdrawal')).status, 201);
    for (const format of ['pdf', 'json']) {
      const gone = await call('analyst', 'GET', `${path}?format=${format}`);
      t.match(gone, { status: 404, body: { code: 'NOT_FOUND' } });
    }
  });
});

t.test('a report is for analysts, and says what it cannot be', async (t) => {
  const { call } = await startTestService(t, { search: false });
  const missing = '/v1/candidates/00000000-0000-4000-8000-000000000000/report';
  t.match(await call('analyst', 'GET', missing), { status: 404, body: { code: 'NOT_FOUND' } });
  for (const query of ['format=docx', 'language=fr', 'paper=a3']) {
    t.match(await call('analyst', 'GET', `${missing}?${query}`), { status: 400 }, query);
  }
  for (const role of ['admin', 'collection-point', 'police'] as const) {
    t.match(await call(role, 'GET', missing), { status: 403 }, role);
  }
  t.equal((await call(null, 'GET', missing)).status, 401);
});
