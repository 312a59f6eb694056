import type { Test } from 'tap';
import t from 'tap';
import { sign, settle } from './signatures.ts';
import {
  CHILD,
  FATHER,
  MOTHER,
  relativesCsv,
  startTestService,
  type TestService,
  unknownsCsv,
} from './service.ts';

const PARENTS = relativesCsv([
  ['P1f', 'F1', 'father', FATHER],
  ['P1m', 'F1', 'mother', MOTHER],
]);

/** As many candidates as children, and analysts beside the first. */
async function startReview(t: Test, { children = 1 } = {}) {
  const service = await startTestService(t);
  const { call } = service;
  const csv = unknownsCsv(Array.from({ length: children }, (_, at) => [`U${at}`, CHILD]));
  await call('collection-point', 'POST', '/v1/batches?side=relatives', PARENTS);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', csv);
  await service.searched();
  const { body } = await call('analyst', 'GET', '/v1/candidates');
  const analysts = await Promise.all(['second', 'third', 'fourth'].map((name) => service.createKey({ role: 'analyst', name }))); // prettier-ignore
  return { service, call, ids: body.candidates.map(({ id }: any) => id) as string[], analysts };
}

const seen = (version: number) => ({ 'if-match': `"${version}"` });

async function read({ call }: TestService, id: string, who: any = 'analyst') {
  return (await call(who, 'GET', `/v1/candidates/${id}`)).body;
}

t.test('two sign blind to each other, a third settles, a reason reopens', async (t) => {
  const { service, call, ids, analysts } = await startReview(t);
  const [id] = ids as [string];
  const [second, third, fourth] = analysts as [any, any, any];
  const path = `/v1/candidates/${id}`;
  t.match(await read(service, id), { state: 'proposed', signaturesWanted: 2, decisions: [] });

  const decision = { verdict: 'supported', reason: 'every locus fits' };
  t.match(await call('analyst', 'POST', `${path}/decisions`, decision), {
    status: 428,
    body: { code: 'IF_MATCH_REQUIRED' },
  });
  for (const header of ['1', 'W/"1"', '*', '"1", "2"']) {
    const answer = await call('analyst', 'POST', `${path}/decisions`, decision, { 'if-match': header }); // prettier-ignore
    t.equal(answer.status, 428, header);
  }
  t.match(await call('analyst', 'POST', `${path}/decisions`, decision, seen(7)), {
    status: 409,
    body: { code: 'VERSION_STALE' },
  });
  await call('analyst', 'POST', `${path}/comments`, { text: 'D12S391 is rare' });
  const first = await call('analyst', 'POST', `${path}/decisions`, decision, seen(1));
  t.match(first, { status: 201, body: { state: 'second-opinion', version: 2 } });
  t.equal(first.headers.get('etag'), '"2"');

  const own = await read(service, id);
  t.match(own, { decisions: [{ verdict: 'supported' }], notes: [{ text: 'D12S391 is rare' }] });
  const blind = await read(service, id, second);
  t.match(blind, { state: 'second-opinion', signaturesWanted: 1, decisions: [], notes: [] });
  t.notMatch(JSON.stringify(blind), /every locus fits|D12S391 is rare/);

  const lost = await call(second, 'POST', `${path}/decisions`, decision, seen(1));
  t.match(lost, { status: 409, body: { code: 'VERSION_STALE' } }, 'she had looked before');
  t.match(await sign(service, id, 'supported'), {
    status: 409,
    body: { code: 'DECISION_NOT_ALLOWED' },
  });
  t.match((await sign(service, id, 'excluded', second)).body, { state: 'disputed' });
  const open = await read(service, id, third);
  t.match(open.decisions, [{ verdict: 'supported' }, { verdict: 'excluded' }], 'now all see both');
  t.equal(open.notes.length, 1);
  for (const who of ['analyst', second] as const) {
    t.equal((await sign(service, id, 'excluded', who)).status, 409, 'a third is somebody else');
  }
  t.match((await sign(service, id, 'inconclusive', third)).body, { state: 'inconclusive' });
  t.equal((await sign(service, id, 'supported', fourth)).status, 409, 'it is settled');

  const version = 4;
  const reopen = (reason: unknown, at: number) =>
    call('analyst', 'POST', `${path}/reopenings`, { reason }, seen(at));
  t.equal((await reopen('', version)).status, 400, 'without a reason nothing is opened');
  t.equal((await reopen('more loci are typed', version - 1)).status, 409);
  t.match((await reopen('more loci are typed', version)).body, { state: 'proposed', round: 2 });
  t.equal((await reopen('again', version + 1)).status, 409, 'it is open');
  const again = await read(service, id, fourth);
  t.match(again, { round: 2, before: { round: 1, state: 'inconclusive' } });
  t.match(again.notes.at(-1), { kind: 'reopening', text: 'more loci are typed', round: 2 });
  t.equal(again.decisions.length, 3, 'what was said of the first round is there');
  t.match((await settle(service, id, 'supported')).body, { state: 'supported', round: 2 });
});

t.test('a claim keeps a signature for somebody, and ends', async (t) => {
  const { service, call, ids, analysts } = await startReview(t, { children: 2 });
  const [id, other] = ids as [string, string];
  const [second, third] = analysts as [any, any, any];
  const claim = (who: any, body: object = {}, version = 1) =>
    call(who, 'POST', `/v1/candidates/${id}/claims`, body, seen(version));
  const { body: listed } = await call('analyst', 'GET', '/v1/analysts');
  t.equal(listed.analysts.length, 4);
  t.match(await claim('analyst'), { status: 201, body: { claimedBy: /^key_/ } });
  t.equal((await claim('analyst')).status, 201, 'renewed');
  t.match(await claim('analyst', { analystId: second.id, minutes: 600 }), {
    status: 201,
    body: { analystId: second.id },
  });
  t.match(await claim(third), { status: 409, body: { code: 'CANDIDATE_CLAIMED' } });
  t.match(await sign(service, id, 'excluded', third), {
    status: 409,
    body: { code: 'CANDIDATE_CLAIMED' },
  });
  const police = await service.createKey({ role: 'police', name: 'p', jurisdiction: '51' });
  for (const analystId of [police.id, 'user_0123456789abcdef']) {
    t.equal((await claim('analyst', { analystId })).status, 404, 'no analyst');
  }
  const mine = await call(second, 'GET', '/v1/candidates?claimed=by-me');
  t.match(mine.body.candidates, [{ id, claims: [{}, { analystId: second.id }] }]);
  t.equal(mine.body.candidates.length, 1);

  t.equal((await sign(service, id, 'excluded', second)).status, 201);
  t.equal((await read(service, id)).claims.length, 1, 'who has signed keeps nothing');
  t.equal((await sign(service, id, 'excluded', third)).status, 409, 'the last is kept for another');
  const release = (who: any, whose: string) =>
    call(who, 'DELETE', `/v1/candidates/${id}/claims/${whose}`);
  const [{ analystId: whose }] = (await read(service, id)).claims;
  t.equal((await release(third, whose)).status, 404, 'not theirs to give up');
  await service.db.$client`update review_claims set expires_at = now() where candidate_id = ${id}`;
  t.same((await read(service, id)).claims, [], 'it has ended');
  t.equal((await release('analyst', whose)).status, 404);
  t.equal((await sign(service, id, 'excluded', third)).status, 201);

  t.equal((await call('analyst', 'POST', `/v1/candidates/${other}/claims`, {}, seen(1))).status, 201); // prettier-ignore
  t.equal((await call('analyst', 'DELETE', `/v1/candidates/${other}/claims/${whose}`)).status, 204);
});

t.test('one decision on several candidates is signed on each by itself', async (t) => {
  const { call, ids, analysts } = await startReview(t, { children: 3 });
  const nobody = '00000000-0000-4000-8000-000000000000';
  const dispose = (who: any, candidates: object[]) =>
    call(who, 'POST', '/v1/candidates/dispositions', { verdict: 'excluded', reason: 'twins of the laboratory', candidates }); // prettier-ignore
  const at = (version: number) => (id: string) => ({ id, version });
  const wanted = [...ids.map(at(1)), { id: nobody, version: 1 }];
  t.match((await dispose('analyst', wanted)).body, {
    signed: 3,
    refused: 1,
    candidates: [...ids.map((id) => ({ id, standing: { version: 2 } })), { code: 'NOT_FOUND' }],
  });
  t.match((await dispose(analysts[0], [at(1)(ids[0]!), ...ids.slice(1).map(at(2))])).body, {
    signed: 2,
    refused: 1,
    candidates: [{ code: 'VERSION_STALE' }, { standing: { state: 'excluded' } }, {}],
  });
  t.equal((await dispose('analyst', [at(3)(ids[0]!), at(3)(ids[0]!)])).status, 400, 'named twice');
});

t.test('nobody signs twice by SQL either, nor out of turn, nor changes a signature', async (t) => {
  const { service, ids } = await startReview(t);
  const [id] = ids as [string];
  await sign(service, id, 'supported');
  const sql = service.db.$client;
  const insert = (round: number, ordinal: number, by: string, revision = 1) =>
    sql`insert into review_decisions (candidate_id, round, ordinal, revision, log10_lr, verdict, reason, decided_by)
        values (${id}, ${round}, ${ordinal}, ${revision}, 1, 'supported', '', ${by})`;
  const [{ by } = { by: '' }] = await sql<
    { by: string }[]
  >`select decided_by as by from review_decisions`;
  await t.rejects(insert(1, 2, by), { code: '23505' }, 'twice');
  await t.rejects(insert(2, 1, by), { code: '23514' }, 'a round that is not open');
  await t.rejects(insert(1, 3, 'somebody'), { code: '23514' }, 'out of turn');
  await t.rejects(insert(1, 1, 'somebody'), { code: '23514' }, 'in the place of another');
  await t.rejects(insert(1, 2, 'somebody', 2), { code: '23514' }, 'of a result that nobody saw');
  await t.rejects(sql`update review_decisions set verdict = 'excluded'`, { code: '23001' });
  t.equal((await insert(1, 2, 'somebody')).count, 1, 'a second signature would have fitted');
});
