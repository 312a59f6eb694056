import pino from 'pino';
import t, { type Test } from 'tap';
import { endConsents } from '../../src/casework/consents/consents.service.ts';
import { endRetentions, startRetention } from '../../src/casework/retention/retention-job.ts';
import { findHold } from '../../src/casework/retention/retention.service.ts';
import { until } from '../servers.ts';
import { formFor } from './consent-forms.ts';
import { CHILD, startTestService, type TestService, unknownsCsv } from './service.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Uploads people of unknown origin; their ids and case numbers by code. */
async function upload({ call, db }: TestService, codes: string[]) {
  const csv = unknownsCsv(codes.map((code) => [code, CHILD]));
  const { body } = await call('collection-point', 'POST', '/v1/batches?side=unknowns', csv);
  const rows = await db.execute<{ id: string; code: string }>('select id, code from samples');
  const ids = new Map(rows.map(({ id, code }) => [code, id]));
  return new Map<string, { id: string; caseId: string }>(
    body.rows.map(({ sampleId, caseId }: any) => [sampleId, { id: ids.get(sampleId)!, caseId }]),
  );
}

/** A log that keeps its lines. */
function openLog() {
  const lines: string[] = [];
  return { lines, log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }) };
}

const start = (t: Test) => startTestService(t, { policy: false, search: false });

t.test('a hold is placed, listed and released by administrators', async (t) => {
  const service = await start(t);
  const { call } = service;
  const { caseId } = (await upload(service, ['U1'])).get('U1')!;
  const place = (body: object) => call('admin', 'POST', '/v1/legal-holds', body);
  const hold = { caseId, reason: 'Court of Chengdu, file 12', until: '2099-01-01' };
  const placed = await place(hold);
  t.match(placed, { status: 201, body: { ...hold, placedBy: /^key_/, releasedAt: null } });
  t.match(await place({ ...hold, until: '2020-01-01' }), {
    status: 400,
    body: { code: 'REQUEST_INVALID', faults: [{ field: 'until' }] },
  });
  t.equal((await place({ ...hold, caseId: 'HW-0000000000' })).status, 404);

  const list = async (state: string) =>
    (await call('admin', 'GET', `/v1/legal-holds?state=${state}`)).body.holds;
  t.match(await list('standing'), [{ id: placed.body.id, caseId }]);
  t.strictSame(await list('ended'), []);
  const release = (id: string) => call('admin', 'DELETE', `/v1/legal-holds/${id}`);
  t.equal((await release(NOBODY)).status, 404);
  t.equal((await release(placed.body.id)).status, 204);
  t.equal((await release(placed.body.id)).status, 404, 'once');
  t.strictSame(await list('standing'), []);
  t.match(await list('ended'), [{ id: placed.body.id, releasedBy: /^key_/ }]);
});

t.test(
  'samples whose time is over are withdrawn, but those that are held or signed anew',
  async (t) => {
    const service = await start(t);
    const { call, db } = service;
    const people = await upload(service, ['over', 'held', 'released', 'anew', 'fresh', 'broken']);
    const codeOf = new Map([...people].map(([code, { id }]) => [id, code]));
    await db.execute(`update consents set retain_until = current_date - 1 where sample_code <> 'fresh'`); // prettier-ignore
    const form = { sampleId: 'anew', version: '2', purpose: 'family-search', signer: 'self' };
    await call('collection-point', 'POST', '/v1/consents', {
      consents: [{ ...form, signedOn: '2026-01-15', ageYears: 20 }],
    });
    for (const code of ['held', 'released']) {
      const { caseId } = people.get(code)!;
      const hold = { caseId, reason: 'a court', until: '2099-01-01' };
      const { body } = await call('admin', 'POST', '/v1/legal-holds', hold);
      if (code === 'released') await call('admin', 'DELETE', `/v1/legal-holds/${body.id}`);
    }

    const withdrawn: string[] = [];
    const { lines, log } = openLog();
    const withdraw = async (id: string): Promise<void> => {
      if (codeOf.get(id) === 'broken') throw new Error('cannot be withdrawn');
      await db.transaction((tx) => endConsents(tx, [id]));
      withdrawn.push(codeOf.get(id)!);
    };
    t.equal(await endRetentions({ db, withdraw, log }), 2);
    t.same(withdrawn.sort(), ['over', 'released'], 'one that fails does not stop the others');
    t.match(lines.join(''), people.get('broken')!.id);
    t.equal(await endRetentions({ db, withdraw, log }), 0, 'nobody twice');

    await db.execute(`update legal_holds set until = current_date - 1`);
    t.equal(await endRetentions({ db, withdraw, log }), 1, 'a hold ends with its last day');
    t.equal(withdrawn.at(-1), 'held');
  },
);

t.test(
  'of several processes one works, and a job that is closed ends after the sample under way',
  async (t) => {
    const service = await start(t);
    const { db } = service;
    await upload(service, ['U1', 'U2', 'U3']);
    await db.execute(`update consents set retain_until = current_date - 1`);
    const { log } = openLog();
    let [begun, done] = [0, 0];
    const withdraw = async (id: string): Promise<void> => {
      begun++;
      await new Promise((resolve) => setTimeout(resolve, 100));
      await db.transaction((tx) => endConsents(tx, [id]));
      done++;
    };
    const counts = await Promise.all(
      Array.from({ length: 4 }, () => endRetentions({ db, withdraw, log })),
    );
    t.same([counts.sort(), done], [[0, 0, 0, 3], 3]);

    await db.execute(`update consents set withdrawn_at = null`);
    [begun, done] = [0, 0];
    const job = startRetention({ db, withdraw, log });
    await until(() => begun === 1);
    await job.close();
    t.same([begun, done], [1, 1]);
  },
);

t.test('who withdraws sees a hold, and none is placed meanwhile', async (t) => {
  const service = await start(t);
  const { call, db } = service;
  const { id, caseId } = (await upload(service, ['U1'])).get('U1')!;
  t.equal(await db.transaction((tx) => findHold(tx, NOBODY)), null);
  const place = () =>
    call('admin', 'POST', '/v1/legal-holds', { caseId, reason: 'a court', until: '2099-01-01' });
  let placed = false;
  const placing = await db.transaction(async (tx) => {
    t.equal(await findHold(tx, id), null);
    const answer = place().finally(() => (placed = true));
    await new Promise((resolve) => setTimeout(resolve, 300));
    t.equal(placed, false, 'it waits for the withdrawal');
    return { answer };
  });
  t.equal((await placing.answer).status, 201);
  t.match(await db.transaction((tx) => findHold(tx, id)), { until: '2099-01-01' });
});

t.test(
  'a service that starts withdraws what is over, with identity and consent, but nothing held',
  async (t) => {
    const service = await start(t);
    const { call, db } = service;
    const people = await upload(service, ['U1', 'U2', 'U3']);
    for (const code of people.keys()) {
      await call('collection-point', 'PUT', `/v1/samples/${code}/identity`, { name: '王芳' });
    }
    const { caseId } = people.get('U2')!;
    await call('admin', 'POST', '/v1/legal-holds', {
      caseId,
      reason: 'a court',
      until: '2099-01-01',
    });
    const ask = (method: string, code: string, what: string) =>
      call('collection-point', method, `/v1/samples/${code}/${what}`);
    t.match(await ask('POST', 'U2', 'withdrawal'), { status: 409, body: { code: 'SAMPLE_HELD' } });
    t.equal((await ask('GET', 'U2', 'identity')).status, 200, 'nothing of it was touched');
    await db.execute(`update consents set retain_until = current_date - 1 where sample_code <> 'U3'`); // prettier-ignore
    await service.startAnother();
    await until(async () => (await ask('GET', 'U1', 'withdrawal')).status === 200);
    t.equal((await ask('GET', 'U1', 'withdrawal')).body.cause, 'retention-ended');

    t.equal((await ask('POST', 'U3', 'withdrawal')).status, 201, 'and one by hand');
    for (const code of ['U1', 'U3']) {
      t.equal((await ask('GET', code, 'identity')).status, 404);
      const { body } = await ask('GET', code, 'consents');
      t.ok(body.consents[0].withdrawnAt !== null, `the consent of ${code} has ended`);
      const again = await call('collection-point', 'POST', '/v1/consents', { consents: [formFor(code, { version: '2' })] }); // prettier-ignore
      t.match(again.body.rows, [{ faults: [{ code: 'CONSENT_WITHDRAWN' }] }]);
    }
    const left = await db.execute<{ id: string }>('select sample_id as id from vault.identities');
    t.same(left.map(({ id }) => id), [people.get('U2')!.id], 'the one that is held'); // prettier-ignore
  },
);
