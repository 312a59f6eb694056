import t from 'tap';
import { endConsents } from '../../src/casework/consents/consents.service.ts';
import { formFor } from './consent-forms.ts';
import { CHILD, startTestService, type TestService, unknownsCsv } from './service.ts';

const record = ({ call }: TestService, consents: unknown[], who: 'collection-point' | { key: string } = 'collection-point') =>
  call(who, 'POST', '/v1/consents', { consents }); // prettier-ignore
const upload = ({ call }: TestService, codes: string[], who: 'collection-point' | { key: string } = 'collection-point', key = '') =>
  call(who, 'POST', '/v1/batches?side=unknowns', unknownsCsv(codes.map((code) => [code, CHILD])), key ? { 'idempotency-key': key } : {}); // prettier-ignore
const list = ({ call }: TestService, code: string, who: 'collection-point' | { key: string } = 'collection-point') =>
  call(who, 'GET', `/v1/samples/${code}/consents`); // prettier-ignore

const start = (t: Parameters<typeof startTestService>[0]) =>
  startTestService(t, { policy: false, search: false, consents: false });

t.test(
  'no sample is taken without a consent of its own collection point; the other rows go on',
  async (t) => {
    const service = await start(t);
    const other = await service.createPoint('POINT-2');
    t.match(await record(service, [formFor('U1')]), { status: 200, body: { recorded: 1 } });
    await record(service, [formFor('U2')], other);
    const { body } = await upload(service, ['U1', 'U2', 'U3']);
    t.match(body, { accepted: 1, refused: 2 });
    t.match(body.rows[1].faults, [
      { field: 'sample_id', code: 'CONSENT_MISSING', message: /POST \/v1\/consents/ },
    ]);
    t.equal((await service.db.execute('select 1 from samples')).length, 1);
    t.equal((await service.db.execute('select 1 from cases')).length, 1, 'no case was opened');
    await record(service, [formFor('U3')]);
    // The very same file: what was refused is judged again, without another name.
    t.match((await upload(service, ['U1', 'U2', 'U3'])).body, { accepted: 1, unchanged: 1, refused: 1 }); // prettier-ignore
    t.match(await record(service, [formFor('U2')]), { status: 200 });
    const whole = await upload(service, ['U1', 'U2', 'U3']);
    t.match(whole.body, { accepted: 1, unchanged: 2, refused: 0 });
    const replayed = await upload(service, ['U1', 'U2', 'U3']);
    t.same(replayed.body, whole.body, 'and then it is the same receipt');
  },
);

t.test('what cannot be signed is refused by row, with a code', async (t) => {
  const service = await start(t);
  const dead = { deceased: true, signer: 'next-of-kin' };
  const far = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  const cases: [form: object, fault: string | null][] = [
    [{ ageYears: 13, signer: 'self' }, 'CONSENT_SIGNER_INVALID signer'],
    [{ ageYears: 13, signer: 'guardian' }, null],
    [{ ageYears: 14, signer: 'self' }, null],
    [{ signer: 'next-of-kin' }, 'CONSENT_SIGNER_INVALID signer'],
    [{ deceased: true, signer: 'self' }, 'CONSENT_SIGNER_INVALID signer'],
    [{ ...dead, ageYears: 3 }, null],
    [{ signedOn: far }, 'CONSENT_DATE_INVALID signedOn'],
    [{ signedOn: '1926-01-15' }, 'CONSENT_DATE_INVALID signedOn'],
    [{ signedOn: '2026-02-30' }, 'FIELD_INVALID signedOn'],
    [{ retainUntil: '2026-01-15' }, 'CONSENT_DATE_INVALID retainUntil'],
    [{ retainUntil: '2076-01-15' }, null],
    [{ retainUntil: '2076-01-16' }, 'CONSENT_DATE_INVALID retainUntil'],
    [{ purpose: 'anything' }, 'FIELD_INVALID purpose'],
    [{ signer: 'the state' }, 'FIELD_INVALID signer'],
    [{ ageYears: -1 }, 'FIELD_INVALID ageYears'],
    [{ version: '' }, 'FIELD_INVALID version'],
    [{ guardianName: 'Wang' }, 'FIELD_INVALID null'],
  ];
  const forms = cases.map(([form], place) => formFor(`U${place}`, form));
  const { status, body } = await record(service, [...forms, 'no form', null]);
  t.equal(status, 200);
  const said = body.rows.map(({ faults: [fault] }: any) => fault ? `${fault.code} ${fault.field}` : null); // prettier-ignore
  t.strictSame(said, [...cases.map(([, fault]) => fault), 'FIELD_INVALID null', 'FIELD_INVALID null']); // prettier-ignore
  const good = cases.filter(([, fault]) => fault === null).length;
  t.match(body, { recorded: good, unchanged: 0, refused: forms.length + 2 - good });
  t.equal((await service.db.execute('select 1 from consents')).length, good);
  t.equal((await record(service, [])).status, 400);
  t.equal(
    (
      await record(
        service,
        Array.from({ length: 10_001 }, () => null),
      )
    ).status,
    400,
  );
});

t.test('the identity card says the age, whichever comes first', async (t) => {
  const service = await start(t);
  const { call } = service;
  const born = (day: string) => ({ name: '王芳', nationalId: cardOf(day) });
  const put = (code: string, day: string) =>
    call('collection-point', 'PUT', `/v1/samples/${code}/identity`, born(day));
  await record(service, [formFor('U1', { ageYears: 15, signer: 'self' }), formFor('U2', { ageYears: 30 }), formFor('U3', { ageYears: 15, signer: 'self' })]); // prettier-ignore
  await upload(service, ['U1', 'U2', 'U3']);

  const refused = await put('U1', '20120116');
  t.match(refused, { status: 422, body: { code: 'CONSENT_AGE_CONTRADICTED', faults: [{ field: 'nationalId' }] } }); // prettier-ignore
  t.notMatch(JSON.stringify(refused.body), /2012|王芳/, 'and is not repeated');
  t.equal((await put('U2', '20120116')).status, 422);
  const list = [
    { sampleId: 'U3', ...born('20110101') },
    { sampleId: 'U1', ...born('20120116') },
  ];
  const both = await call('collection-point', 'POST', '/v1/identities', { identities: list });
  t.match(both.body.faults, [{ field: 'identities.1.nationalId' }]);
  t.equal((await service.db.execute('select 1 from vault.identities')).length, 0, 'all or none');
  await record(service, [formFor('U1', { version: 'b', ageYears: 13, signer: 'guardian' })]);
  t.equal((await put('U1', '20120116')).status, 204, 'signed again by who may');

  const next = (form: object) => record(service, [formFor('U1', form)]);
  const young = await next({ version: 'c', ageYears: 14, signer: 'self' });
  t.match(young.body.rows, [{ outcome: 'refused', faults: [{ code: 'CONSENT_AGE_CONTRADICTED', field: 'signer' }] }]); // prettier-ignore
  t.match((await next({ version: 'c', ageYears: 13 })).body, { recorded: 1 });
  t.equal((await put('U2', '19951231')).status, 204);
  await service.db.execute('update vault.identities set national_id = name');
  const altered = await next({ version: 'd', ageYears: 13 });
  t.match(altered, { status: 500, body: { code: 'IDENTITY_UNREADABLE' } }, 'nothing is guessed');
});

/** The number of an identity card of somebody born on a day: GB 11643-1999, ISO 7064 MOD 11-2. */
function cardOf(day: string): string {
  const digits = `110105${day}002`;
  // The check digit makes the sum of all digits, each by its power of 2, 1 modulo 11.
  const sum = Array.from(digits).reduce((total, digit) => (total + Number(digit)) * 2, 0);
  return digits + '10X98765432'[sum % 11]!;
}

t.test('a consent is never edited: another version adds one, and an end is final', async (t) => {
  const service = await start(t);
  const { db } = service;
  const form = formFor('U1');
  await record(service, [form]);
  t.match((await record(service, [form])).body, { recorded: 0, unchanged: 1 });
  const edited = await record(service, [formFor('U1', { ageYears: 31 })]);
  t.match(edited.body.rows, [{ outcome: 'refused', faults: [{ code: 'CONSENT_CONFLICT' }] }]);
  const next = formFor('U1', { version: '2026-02', retainUntil: '2030-01-01' });
  const repeated = await record(service, [next, next]);
  t.match(repeated.body, { recorded: 1, unchanged: 1 }, 'a row that repeats an earlier one');
  const { body } = await list(service, 'U1');
  t.match(body.consents, [
    { version: '2026-01', retainUntil: '2036-01-15', withdrawnAt: null },
    { version: '2026-02', retainUntil: '2030-01-01', withdrawnAt: null },
  ]);

  await upload(service, ['U1']);
  const [sample] = await db.execute<{ id: string }>('select id from samples');
  await db.transaction((tx) => endConsents(tx, [sample!.id]));
  const ended = await list(service, 'U1');
  t.ok(ended.body.consents.every((one: any) => one.withdrawnAt !== null));
  const again = await record(service, [formFor('U1', { version: '2026-03' })]);
  t.match(again.body.rows, [{ outcome: 'refused', faults: [{ code: 'CONSENT_WITHDRAWN' }] }]);
});

t.test('a consent past its retention, or withdrawn, lets nobody in', async (t) => {
  const service = await start(t);
  const { db } = service;
  await record(service, [formFor('U1'), formFor('U2'), formFor('U3'), formFor('U3', { version: 'b' })]); // prettier-ignore
  await db.execute(`update consents set retain_until = current_date - 1 where sample_code = 'U1' or version = 'b'`); // prettier-ignore
  await db.execute(`update consents set withdrawn_at = now() where sample_code = 'U2'`);
  const { body } = await upload(service, ['U1', 'U2', 'U3']);
  t.same(body.rows.map(({ outcome }: any) => outcome), ['refused', 'refused', 'accepted']); // prettier-ignore
});

t.test(
  'consents are listed for their collection point alone; twenty senders record one',
  async (t) => {
    const service = await start(t);
    const other = await service.createPoint('POINT-2');
    const answers = await Promise.all(Array.from({ length: 20 }, () => record(service, [formFor('U1')]))); // prettier-ignore
    t.equal(answers.reduce((sum, { body }) => sum + Number(body.recorded), 0), 1); // prettier-ignore
    t.equal((await list(service, 'U1')).body.consents.length, 1);
    const [foreign, missing] = [await list(service, 'U1', other), await list(service, 'U9', other)];
    t.same([foreign.status, foreign.body.detail], [404, missing.body.detail]);
  },
);
