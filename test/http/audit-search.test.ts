import { sql } from 'drizzle-orm';
import t from 'tap';
import { readEntries } from '../../src/casework/audit/audit.service.ts';
import { startTestService, type TestService } from './service.ts';

const NOWHERE = '00000000-0000-4000-8000-000000000000';

async function search({ call }: TestService, query: string) {
  const { status, body } = await call('admin', 'GET', `/v1/audit?${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
}

/** Puts entries of one kind into the chain, as fast as it takes them; their hashes are not right. */
async function fill({ db }: TestService, entries: number, at: string): Promise<void> {
  await db.execute(sql`
    insert into audit_entries (seq, at, actor, role, action, object, origin, request_id, status, previous_hash, hash)
    select head.seq + place, ${at}::timestamptz + place * interval '1 second', 'key_filled', 'analyst',
      'GET /v1/candidates', '{}', '127.0.0.1', '-', 200, repeat('0', 64), repeat('0', 64)
    from generate_series(1, ${entries}) place, (select max(seq) as seq from audit_entries) head`);
}

t.test('who asked for what is found by each field, the newest first', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { call } = service;
  const { id: actor, key } = await service.createKey({ role: 'analyst', name: 'Wang Fang' });
  const began = new Date().toISOString();
  await call({ key }, 'GET', '/v1/candidates');
  await call({ key }, 'GET', `/v1/candidates/${NOWHERE}`);
  await call({ key }, 'GET', '/v1/users');
  await call({ key: 'a-key-that-nobody-was-ever-given' }, 'GET', '/v1/candidates');
  const ended = new Date(Date.now() + 1).toISOString();

  const actions = async (query: string): Promise<string[]> =>
    (await search(service, query)).entries.map((entry: { action: string }) => entry.action);
  t.same(await actions(`actor=${actor}`), [
    'GET /v1/users',
    'GET /v1/candidates/:candidateId',
    'GET /v1/candidates',
  ]);
  t.same(await actions(`actor=${actor}&status=403`), ['GET /v1/users']);
  t.same(await actions(`actor=${actor}&status=4xx`), [
    'GET /v1/users',
    'GET /v1/candidates/:candidateId',
  ]);
  t.same(await actions(`object=${NOWHERE}`), ['GET /v1/candidates/:candidateId']);
  t.same(await actions('status=401'), ['GET /v1/candidates'], 'a key that nobody was given');
  t.same(await actions(`role=analyst&action=CANDIDATES/`), ['GET /v1/candidates/:candidateId']);
  t.same(await actions(`role=police`), []);
  t.equal((await actions(`from=${began}&to=${ended}`)).length, 4, 'by its moment');
  t.same(await actions(`to=${began}&status=401`), []);
  t.match((await search(service, 'limit=1')).entries, [
    { action: 'GET /v1/audit', role: 'admin', status: 200 },
  ]);
  const text = JSON.stringify(await search(service, 'limit=500'));
  t.notMatch(text, /Wang|a-key-that-nobody/, 'neither names nor keys');
});

t.test('pages meet every entry once, and a rare one is found far back in time', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  await service.call('police', 'GET', `/v1/cases/HW-0000000000`);
  await fill(service, 120_000, '2001-01-01T00:00:00Z');

  const seen: number[] = [];
  let query = 'actor=key_filled&limit=500';
  for (let page = await search(service, query); ; page = await search(service, query)) {
    seen.push(...page.entries.map((entry: { seq: number }) => entry.seq));
    if (seen.length >= 2_000) break;
    query = `actor=key_filled&limit=500&cursor=${page.nextCursor}`;
  }
  t.equal(new Set(seen).size, 2_000, 'none twice');
  t.ok(
    seen.every((seq, place) => place === 0 || seq === seen[place - 1]! - 1),
    'none left out',
  );

  const near = await search(service, 'role=police');
  t.same(near.entries, [], 'not within the first 100,000');
  const far = await search(service, `role=police&cursor=${near.nextCursor}`);
  t.match(far, { entries: [{ action: 'GET /v1/cases/:caseId' }], nextCursor: null });

  const within = 'from=2001-01-01T10:00:00Z&to=2001-01-01T10:00:03Z';
  const hour = await search(service, `actor=key_filled&${within}`);
  const seconds = ({ entries }: { entries: { at: string }[] }) => entries.map(({ at }) => at.slice(11, 19)); // prettier-ignore
  t.same(seconds(hour), ['10:00:02', '10:00:01', '10:00:00'], 'of three seconds among a day');
  // A service whose clock was wrong wrote in between.
  await fill(service, 1, '2001-01-01T10:00:00Z');
  await fill(service, 1, '2030-01-01T00:00:00Z');
  t.same(seconds(await search(service, `actor=key_filled&${within}`)), ['10:00:01', ...seconds(hour)], 'wherever it stands'); // prettier-ignore
});

t.test('the file holds what the search finds, and no cell of it is a formula', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  await service.call('police', 'GET', '/v1/cases/HW-0000000000');
  await service.call('collection-point', 'GET', '/v1/batches/-1%2B1');
  await fill(service, 700, '2001-01-01T00:00:00Z');
  const { status, headers, body } = await service.call('admin', 'GET', '/v1/audit/export?actor=key_filled'); // prettier-ignore
  t.equal(status, 200);
  t.match(headers.get('content-disposition'), /audit\.csv/);
  t.equal(headers.get('homeward-complete'), 'true');
  await fill(service, 9_500, '2001-02-01T00:00:00Z');
  const cut = await service.call('admin', 'GET', '/v1/audit/export?actor=key_filled');
  t.equal(cut.headers.get('homeward-complete'), 'false');
  t.equal(cut.body.trim().split('\n').length, 10_001);
  t.equal(body.trim().split('\n').length, 701, 'more than a page');
  const { body: one } = await service.call('admin', 'GET', '/v1/audit/export?role=police');
  t.match(one, /,police,GET \/v1\/cases\/:caseId,caseId=HW-0000000000,/);
  t.notMatch(one, /^[=+@-]|,[=+@-]/m);
});

t.test('a chain is verified part by part, and says its head', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { call, db } = service;
  const verify = async (query = '') =>
    (await call('admin', 'GET', `/v1/audit/verification${query}`)).body;
  const first = await verify();
  t.match(first, { isComplete: true, fault: null, checked: first.last });
  t.match(first.head, new RegExp(`^${first.last}:[0-9a-f]{64}$`));
  const second = await verify(`?after=${first.head}&kept=${first.head}`);
  t.match(second, { isComplete: true, fault: null, checked: 2, last: Number(first.last) + 1 });

  const forged = `${first.last}:${'0'.repeat(64)}`;
  t.match(await verify(`?kept=${forged}`), { fault: { seq: first.last, kind: 'rewritten' } });
  t.match(await verify(`?after=${forged}`), { fault: { seq: first.last, kind: 'rewritten' } });
  const beyond = `999999:${'0'.repeat(64)}`;
  t.match(await verify(`?kept=${beyond}`), { isComplete: true, fault: { kind: 'cut-off' } });
  t.match(await verify(`?after=${beyond}`), { fault: { seq: 999_999, kind: 'cut-off' }, head: null }); // prettier-ignore

  await db.execute(sql`alter table audit_entries disable trigger append_only`);
  await db.execute(sql`update audit_entries set status = 200 where seq = 3`);
  const altered = await verify();
  t.match(altered, { isComplete: false, fault: { seq: 3, kind: 'altered' } });
  t.match(altered.head, /^2:/, 'whole until then');
  t.match(await verify(`?after=${first.head}`), { fault: null }, 'what comes later is whole');
});

t.test('what is longer than a part is gone on with', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { db } = service;
  // Hashes of a chain of some length, made by the database as src/casework/audit makes them.
  await db.execute(sql`alter table audit_entries disable trigger append_only`);
  await db.execute(sql`delete from audit_entries`);
  await db.execute(sql`
    insert into audit_entries (seq, at, actor, role, action, object, origin, request_id, status, previous_hash, hash)
    with recursive chain as (
      select 0 as seq, repeat('0', 64) as previous, repeat('0', 64) as hash
      union all
      select seq + 1, hash, encode(sha256(convert_to(format(
        '{"action":"a","actor":null,"at":"2026-01-01T00:00:00.000Z","object":{},"origin":"o","previousHash":"%s","requestId":"r","role":null,"seq":%s,"status":200}',
        hash, seq + 1), 'UTF8')), 'hex') from chain where seq < 20500)
    select seq, '2026-01-01T00:00:00Z', null, null, 'a', '{}', 'o', 'r', 200, previous, hash
    from chain where seq > 0`);
  const { body: first } = await service.call('admin', 'GET', '/v1/audit/verification');
  t.match(first, { isComplete: false, fault: null, checked: 20_000, last: 20_500 });
  const { body: rest } = await service.call('admin', 'GET', `/v1/audit/verification?after=${first.head}`); // prettier-ignore
  t.match(rest, { isComplete: true, fault: null, last: 20_501 });
  t.match(rest.head, /^20501:/);
  const read: number[] = [];
  for await (const { seq } of readEntries(db, { from: 100, most: 6_000 })) read.push(seq);
  t.same([read.length, read[0], read.at(-1)], [6_000, 100, 6_099], 'over more than one read');
});

t.test('only administrators read the record, and asking for it stands in it', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  for (const path of ['/v1/audit', '/v1/audit/verification', '/v1/audit/export']) {
    t.equal((await service.call('analyst', 'GET', path)).status, 403);
    await service.call('admin', 'GET', path);
    const { entries } = await search(service, `action=${path}&limit=2`);
    t.match(
      entries.map(({ role, status }: { role: string; status: number }) => [role, status]),
      [
        ['admin', 200],
        ['analyst', 403],
      ],
    );
  }
  for (const query of [
    'status=40',
    'cursor=0',
    'from=yesterday',
    'limit=501',
    'actor=%00',
    'x=1',
  ]) {
    // prettier-ignore
    const { status, body } = await service.call('admin', 'GET', `/v1/audit?${query}`);
    t.match({ status, code: body.code }, { status: 400, code: 'REQUEST_INVALID' }, query);
  }
});
