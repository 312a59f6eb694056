import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { Test } from 'tap';
import t from 'tap';
import { deliverDue } from '../../src/casework/webhooks/delivery-job.ts';
import { openKeyRing } from '../../src/platform/crypto/key-ring.ts';
import { makeRecordKeys } from '../../src/platform/crypto/record-keys.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { openLog } from '../../src/platform/log.ts';
import { TEST_KEY_RING } from '../servers.ts';
import { settle } from './signatures.ts';
import { CHILD, FATHER, MOTHER, relativesCsv, startTestService, unknownsCsv } from './service.ts';

type Received = { readonly body: string; readonly headers: Record<string, string> };

/** A police unit's machine, which answers as it is told. */
async function startReceiver(t: Test) {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ body, headers: request.headers as Record<string, string> });
      response.writeHead(answers.shift() ?? 204, { location: '/elsewhere' }).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/homeward`, received, answers };
}

t.test('police hear of every change of their cases, signed, until it arrives', async (t) => {
  const receiver = await startReceiver(t);
  const hosts = ['127.0.0.1'];
  const service = await startTestService(t, { webhookHosts: hosts });
  const { call, loginUrl } = service;
  const connection = openDatabase(loginUrl, { connections: 2, role: 'homeward_laboratory' });
  t.teardown(() => connection.close());
  const recordKeys = makeRecordKeys({ ring: await openKeyRing({ kind: 'text', text: TEST_KEY_RING }) }); // prettier-ignore
  const log = openLog('silent');
  const register = (jurisdiction: string, url: string) =>
    call('admin', 'POST', '/v1/webhooks', { jurisdiction, url });
  for (const url of [
    'http://police.example/',
    'https://a:b@police.example/',
    'ftp://x',
    'no url',
  ]) {
    t.equal((await register('51', url)).status, 400, url);
  }
  const foreign = await register('51', 'https://police.example/homeward');
  t.match(foreign, { status: 422, body: { code: 'WEBHOOK_HOST_UNKNOWN' } });
  const { body: unit } = await register('51', receiver.url);
  const { body: elsewhere } = await register('11', receiver.url);
  t.match(unit.secret, /^whsec_/);

  const parents = relativesCsv([
    ['P1f', 'F1', 'father', FATHER],
    ['P1m', 'F1', 'mother', MOTHER],
  ]);
  const north = await service.createPoint('NORTH', '650100');
  const family = await call('collection-point', 'POST', '/v1/batches?side=relatives', parents);
  await call(north, 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD]]));
  await service.searched();
  const { body } = await call('analyst', 'GET', '/v1/candidates');
  await settle(service, body.candidates[0].id, 'supported');
  const { caseId } = family.body.rows[0];
  const history = (await call('police', 'GET', `/v1/cases/${caseId}`)).body.history;
  const wanted = history.slice(1).map(({ status }: { status: string }) => status);
  t.ok(wanted.includes('lead-supported'));

  // What the service itself sent by now, and what is sent here.
  const deliver = (named = hosts, pauses = [0]) =>
    deliverDue({ db: connection.db, recordKeys, hosts: named, log }, undefined, pauses);
  await service.db.$client`update webhook_deliveries set due_at = now() where delivered_at is null`;
  t.equal(await deliver([], [60]), 0, 'a host that is named no more hears nothing');
  receiver.answers.push(500, 302);
  const told = () =>
    new Set(receiver.received.map(({ body: sent }) => JSON.parse(sent).data.status));
  while (told().size < wanted.length || (await waiting()) > 0) {
    // What was refused is due again later; here at once.
    await service.db
      .$client`update webhook_deliveries set due_at = now() where delivered_at is null`;
    await deliver();
  }
  async function waiting(): Promise<number> {
    const { webhooks } = (await call('admin', 'GET', '/v1/webhooks')).body;
    return webhooks.reduce((sum: number, one: { waiting: number }) => sum + one.waiting, 0);
  }

  const verifier = new Webhook(unit.secret);
  for (const { body: sent, headers } of receiver.received) {
    t.match(verifier.verify(sent, headers), { type: 'case.changed', data: { caseId } });
    t.strictSame(Object.keys(JSON.parse(sent).data), ['caseId', 'status']);
    t.throws(() => verifier.verify(sent.replace('HW-', 'HX-'), headers), 'altered');
    t.throws(() => new Webhook(elsewhere.secret).verify(sent, headers), 'another secret');
  }
  const byId = new Map(receiver.received.map(({ body: sent, headers }) => [headers['webhook-id'], sent])); // prettier-ignore
  t.same([...byId.values()].map((sent) => JSON.parse(sent).data.status).sort(), [...wanted].sort());
  t.ok(
    receiver.received.length >= byId.size + 2,
    'two were refused, and came again under their id',
  );

  const { webhooks } = (await call('admin', 'GET', '/v1/webhooks')).body;
  t.match(webhooks, [
    { id: unit.id, waiting: 0, delivered: wanted.length, abandoned: 0 },
    { id: elsewhere.id, waiting: 0, delivered: 0 },
  ]);
  t.notMatch(JSON.stringify(webhooks), /whsec/);
  const [stored] = await service.db
    .$client`select encode(secret, 'base64') as secret from webhooks`;
  t.notOk(stored!.secret.includes(unit.secret.slice(6, 30)), 'the secret is sealed');

  t.equal((await call('admin', 'DELETE', `/v1/webhooks/${unit.id}`)).status, 204);
  t.equal((await call('admin', 'DELETE', `/v1/webhooks/${unit.id}`)).status, 404);
  const before = receiver.received.length;
  await call('collection-point', 'POST', '/v1/samples/P1f/withdrawal');
  await call('collection-point', 'POST', '/v1/samples/P1m/withdrawal');
  t.equal((await call('police', 'GET', `/v1/cases/${caseId}`)).body.status, 'withdrawn');
  t.equal(await deliver(), 0);
  t.equal(receiver.received.length, before, 'who has left hears nothing');
});
