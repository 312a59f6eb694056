import { sql } from 'drizzle-orm';
import t from 'tap';
import { verifyChain } from '../../src/casework/audit/audit-chain.ts';
import type { AuditEntry } from '../../src/casework/audit/audit-entry.ts';
import { readEntries } from '../../src/casework/audit/audit.service.ts';
import { FATHER, relativesCsv, startTestService, type TestService } from './service.ts';

async function entriesOf({ db }: TestService): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const entry of readEntries(db)) entries.push(entry);
  return entries;
}

t.test('who did what to which object, from where, and what came of it', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { call } = service;
  const { id: keyId, key } = await service.createKey({ role: 'analyst', name: 'Wang Fang' });
  const before = (await entriesOf(service)).length;
  const candidate = '00000000-0000-4000-8000-000000000000';
  await call({ key }, 'GET', '/v1/candidates');
  await call({ key }, 'GET', `/v1/candidates/${candidate}`);
  await call({ key }, 'DELETE', `/v1/api-keys/${keyId}`);
  await call({ key }, 'GET', '/v1/cases/Wang%20Fang');
  await call({ key: 'a-key-that-nobody-was-ever-given' }, 'GET', '/v1/candidates');
  await call(null, 'GET', '/v1/no-such-path');
  await call({ key }, 'GET', '/v1/no-such-path');
  const csv = relativesCsv([['Wang-Fang', 'F1', 'father', FATHER]]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', csv);
  // These say nothing of anybody.
  await call('analyst', 'GET', '/v1/searches/progress');
  await call(null, 'GET', '/health');

  const entries = (await entriesOf(service)).slice(before);
  t.match(entries, [
    { actor: keyId, role: 'analyst', action: 'GET /v1/candidates', object: {}, status: 200 },
    { actor: keyId, action: 'GET /v1/candidates/:candidateId', object: { candidateId: candidate }, status: 404 }, // prettier-ignore
    { actor: keyId, action: 'DELETE /v1/api-keys/:keyId', object: { keyId }, status: 403 },
    { actor: keyId, action: 'GET /v1/cases/:caseId', object: { caseId: '?' }, status: 403 },
    { actor: null, role: null, action: 'GET /v1/candidates', status: 401 },
    { actor: null, action: 'GET (no such path)', status: 401 },
    { actor: keyId, action: 'GET (no such path)', object: {}, status: 404 },
    { role: 'collection-point', action: 'POST /v1/consents', object: {}, status: 200 },
    { role: 'collection-point', action: 'POST /v1/batches', status: 201 },
  ]);
  t.equal(entries.length, 9);
  for (const entry of entries) {
    t.match(entry.origin, /^(::ffff:)?127\.0\.0\.1$/);
    t.match(entry.requestId, /^[0-9a-f-]{36}$/);
  }
  const text = JSON.stringify(entries);
  for (const secret of [key, 'Wang', 'a-key-that-nobody', '10,11']) {
    t.notMatch(text, secret, 'neither names nor keys nor genotypes');
  }
});

t.test('the chain is one, however many write to it at once', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const another = await service.startAnother();
  const before = (await entriesOf(service)).length;
  const key = service.keyOf('analyst');
  await Promise.all(
    Array.from({ length: 120 }, (_, place) =>
      fetch(new URL('/v1/candidates', place % 2 === 0 ? service.url : another.url), {
        headers: { authorization: `Bearer ${key}` },
      }),
    ),
  );
  const entries = await entriesOf(service);
  t.equal(entries.length, before + 120);
  t.equal((await verifyChain(entries)).fault, null);
});

t.test('no row is changed or removed, and without a record there is no answer', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { call, db } = service;
  for (const statement of [
    sql`update audit_entries set status = 200`,
    sql`delete from audit_entries where seq = 1`,
    sql`truncate audit_entries`,
  ]) {
    await t.rejects(db.execute(statement), { cause: { code: '42501' } });
  }
  t.equal((await verifyChain(await entriesOf(service))).fault, null);

  await db.execute(sql`alter table audit_entries rename to elsewhere`);
  const { status, body } = await call('admin', 'GET', '/v1/collection-points');
  t.equal(status, 503);
  t.match(body, { code: 'AUDIT_UNAVAILABLE', status: 503 });
  t.notMatch(JSON.stringify(body), 'POINT-1');
  t.equal((await call(null, 'GET', '/health')).status, 200);
  await db.execute(sql`alter table elsewhere rename to audit_entries`);
  t.equal((await call('admin', 'GET', '/v1/collection-points')).status, 200, 'it goes on');
});
