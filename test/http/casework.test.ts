import t from 'tap';
import { openBrowser } from './browser.ts';
import { startIssuer } from './issuer.ts';
import {
  CHILD,
  FATHER,
  MOTHER,
  putPolicyInForce,
  relativesCsv,
  startTestService,
  STRANGER,
  unknownsCsv,
} from './service.ts';
import { settle, sign } from './signatures.ts'; // prettier-ignore

const PARENTS = relativesCsv([
  ['P1f', 'F1', 'father', FATHER],
  ['P1m', 'F1', 'mother', MOTHER],
]);
const CHILDREN = unknownsCsv([
  ['U1', CHILD],
  ['U2', STRANGER],
]);

t.test('a child finds its parents whatever the order of arrival', async (t) => {
  const service = await startTestService(t);
  const { call } = service;
  const uploads: Record<string, string>[][] = [
    [{ relatives: PARENTS }, { unknowns: CHILDREN }],
    [{ unknowns: CHILDREN }, { relatives: PARENTS }],
    [
      { relatives: relativesCsv([['P1f', 'F1', 'father', FATHER]]) },
      { unknowns: CHILDREN },
      { relatives: relativesCsv([['P1m', 'F1', 'mother', MOTHER]]) },
    ],
  ];
  const found: unknown[] = [];
  for (const [place, batches] of uploads.entries()) {
    const point = await service.createPoint(`ORDER-${place}`);
    for (const batch of batches) {
      for (const [side, csv] of Object.entries(batch)) {
        const mine = csv.replaceAll(/\b([PUF]\d)/g, `${place}$1`);
        const answer = await call(point, 'POST', `/v1/batches?side=${side}`, mine);
        t.equal(answer.status, 201);
        t.equal(answer.body.refused, 0);
      }
      await service.searched();
    }
    const { body } = await call('analyst', 'GET', '/v1/candidates?limit=500');
    const own = body.candidates.filter(({ unknown, family }: { unknown: string; family: string }) => unknown === `${place}U1` && family === `${place}F1`); // prettier-ignore
    t.equal(own.length, 1, 'one candidate for this person and family');
    const { relationship, log10Lr, lociCompared, lociInconsistent } = own[0];
    found.push({ relationship, log10Lr, lociCompared, lociInconsistent });
  }
  t.same(found[1], found[0]);
  t.same(found[2], found[0]);
  t.match(found[0], { relationship: 'both-parents', lociCompared: 8, lociInconsistent: 0 });
});

t.test('a candidate is reviewed, and the police learn the status and nothing else', async (t) => {
  const issuer = await startIssuer(t);
  const service = await startTestService(t, { signIn: issuer.config });
  const { call } = service;
  await call('collection-point', 'POST', '/v1/batches?side=relatives', PARENTS);
  const receipt = await call('collection-point', 'POST', '/v1/batches?side=unknowns', CHILDREN);
  await service.searched();

  const { body: list } = await call('analyst', 'GET', '/v1/candidates');
  t.equal(list.candidates.length, 1);
  const [summary] = list.candidates;
  t.same(summary.relatives, ['P1f', 'P1m']);
  t.ok(summary.posterior > 0.99 && summary.posterior < 1);
  t.ok(summary.expectedChanceCandidates < 1e-3);

  const { body: detail } = await call('analyst', 'GET', `/v1/candidates/${summary.id}`);
  t.equal(detail.loci.length, 8);
  t.same(detail.loci[0].child, ['10', '12']);
  const sum = detail.loci.reduce((total: number, { log10Lr }: { log10Lr: number }) => total + log10Lr, 0); // prettier-ignore
  t.ok(Math.abs(sum - detail.log10Lr) < 1e-12, 'the loci add up to the total');
  t.match(detail.provenance, { engineVersion: /^homeward /, policyHash: /^[0-9a-f]{64}$/ });

  const { caseId } = receipt.body.rows[0];
  const before = await call('police', 'GET', `/v1/cases/${caseId}`);
  t.equal(before.body.status, 'under-review');
  const decide = (verdict: string) => sign(service, summary.id, verdict);
  t.match(await decide('supported'), { status: 201, body: { state: 'second-opinion' } });
  t.equal((await decide('supported')).status, 409, 'nobody signs twice');
  const person = { role: 'analyst', name: 'Li Na', subject: issuer.subject };
  const { body: user } = await call('admin', 'POST', '/v1/users', person);
  const browser = openBrowser(service);
  await browser.signIn();
  const support = { verdict: 'supported', reason: 'all loci fit' };
  const seen = await browser.call('GET', `/v1/candidates/${summary.id}`);
  const signed = await browser.call('POST', `/v1/candidates/${summary.id}/decisions`, support, {
    'x-csrf-token': await browser.csrfToken(),
    'if-match': seen.headers.get('etag') ?? '',
  });
  t.match(signed, { status: 201, body: { state: 'supported' } }, 'a person decides as well as a key'); // prettier-ignore
  for (const verdict of ['excluded', 'inconclusive', 'more-loci', 'supported']) {
    const answer = await decide(verdict);
    t.equal(answer.status, 409, `a supported candidate does not become ${verdict}`);
    t.equal(answer.body.code, 'DECISION_NOT_ALLOWED');
  }
  const after = await call('police', 'GET', `/v1/cases/${caseId}`);
  t.same(Object.keys(after.body).sort(), ['caseId', 'history', 'kind', 'openedAt', 'status']);
  t.equal(after.body.status, 'lead-supported');
  t.notMatch(JSON.stringify(after.body), /D3S1358|"10"|log10|posterior/);
  const { body: decided } = await call('analyst', 'GET', `/v1/candidates/${summary.id}`);
  t.same(
    decided.decisions.map(({ verdict }: { verdict: string }) => verdict),
    ['supported', 'supported'],
  );
  t.match(decided.decisions, [{ decidedBy: /^key_/ }, { decidedBy: user.id }]);
});

t.test('a mother who comes later makes a new revision that is open again', async (t) => {
  const service = await startTestService(t);
  const { call } = service;
  const father = relativesCsv([['P1f', 'F1', 'father', FATHER]]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', father);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', CHILDREN);
  await service.searched();
  const first = (await call('analyst', 'GET', '/v1/candidates')).body.candidates[0];
  t.match(first, { relationship: 'father', revision: 1, state: 'proposed' });
  await settle(service, first.id, 'excluded');

  const mother = relativesCsv([['P1m', 'F1', 'mother', MOTHER]]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', mother);
  await service.searched();
  const second = (await call('analyst', 'GET', '/v1/candidates')).body.candidates[0];
  t.match(second, { id: first.id, relationship: 'both-parents', revision: 2, state: 'proposed' });
  t.equal(second.round, 2);
  const { body } = await call('analyst', 'GET', `/v1/candidates/${first.id}`);
  t.same(body.before, { round: 1, state: 'excluded', log10Lr: first.log10Lr }, 'and what changed');
  t.ok(body.log10Lr > body.before.log10Lr);
});

t.test('a new policy searches everybody again, and the same one changes nothing', async (t) => {
  const service = await startTestService(t, { policy: false });
  const { call } = service;
  await call('collection-point', 'POST', '/v1/batches?side=relatives', PARENTS);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', CHILDREN);
  const waiting = await call('analyst', 'GET', '/v1/searches/progress');
  t.match(waiting.body, { pending: 4, done: 0 }, 'without a policy the requests wait');
  t.match((await call('analyst', 'GET', '/v1/candidates')).body, { policy: null, candidates: [] });

  t.equal((await putPolicyInForce(call)).status, 201);
  await service.searched();
  t.equal((await call('analyst', 'GET', '/v1/candidates')).body.candidates.length, 1);
  const { body: before } = await call('analyst', 'GET', '/v1/searches/progress');
  t.equal((await putPolicyInForce(call)).status, 200);
  await service.searched();
  t.same((await call('analyst', 'GET', '/v1/searches/progress')).body, before);

  const document = { params: { mutation: { model: 'none' } }, threshold: 1e12 };
  t.equal((await putPolicyInForce(call, document)).status, 201);
  await service.searched();
  t.equal((await call('analyst', 'GET', '/v1/candidates')).body.candidates.length, 0);
});

t.test('candidates come in pages, ranked, none twice', async (t) => {
  const service = await startTestService(t);
  const { call } = service;
  await call('collection-point', 'POST', '/v1/batches?side=relatives', PARENTS);
  const many = unknownsCsv(Array.from({ length: 7 }, (_, place) => [`U${place}`, CHILD]));
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', many);
  await service.searched();
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await call('analyst', 'GET', `/v1/candidates?limit=3${cursor}`);
    seen.push(...body.candidates.map(({ unknown }: { unknown: string }) => unknown));
    cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
  } while (cursor);
  t.equal(new Set(seen).size, 7);
  t.equal(seen.length, 7);
  const forged = await call('analyst', 'GET', '/v1/candidates?cursor=bm90IG91cnM');
  t.match(forged, { status: 400, body: { code: 'REQUEST_INVALID' } });
});

t.test('a supported lead stands when the policy changes, for both cases alike', async (t) => {
  const service = await startTestService(t);
  const { call } = service;
  const family = await call('collection-point', 'POST', '/v1/batches?side=relatives', PARENTS);
  const child = await call('collection-point', 'POST', '/v1/batches?side=unknowns', CHILDREN);
  await service.searched();
  const [{ id }] = (await call('analyst', 'GET', '/v1/candidates')).body.candidates;
  await settle(service, id, 'supported');
  const document = { params: { mutation: { model: 'none' } }, threshold: 1e29 };
  t.equal((await putPolicyInForce(call, document)).status, 201);
  await service.searched();
  for (const { body } of [family, child]) {
    const answer = await call('police', 'GET', `/v1/cases/${body.rows[0].caseId}`);
    t.equal(answer.body.status, 'lead-supported');
  }
});
