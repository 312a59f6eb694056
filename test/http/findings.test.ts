import t from 'tap';
import { packProfile } from '../../src/formats/packed-profile.ts';
import type { Locus } from '../../src/kinship/index.ts';
import {
  CHILD,
  FATHER,
  LOCI,
  MOTHER,
  relativesCsv,
  startTestService,
  STRANGER,
  unknownsCsv,
} from './service.ts';

const service = await startTestService(t);
const { call } = service;
const other = await service.createPoint('POINT-2', '330100');

/** The stranger, with other alleles at the last locus: too few loci agree to be the same. */
const NEIGHBOUR = [...STRANGER.slice(0, -1), '10,11'];
const UNCLE = ['14,14', '15,16', '14,17', '14,15', '16,17', '14,16', '15,15', '15,17'];

const staff = (cells: readonly string[], version = 'S1') => ({
  consent: { version, purpose: 'contamination-check', signedOn: '2026-01-05' },
  genotypes: Object.fromEntries(LOCI.map((locus, at) => [locus, cells[at]!.split(',')])),
});
const put = (code: string, cells: readonly string[], version?: string) =>
  call('admin', 'PUT', `/v1/staff-profiles/${code}`, staff(cells, version));

type Shown = { samples: { sampleId: string; family: string | null }[]; staff: string | null };

/** Findings as `F1/A = B`, or `A = staff T1`. */
async function list(query = ''): Promise<string[]> {
  const { body } = await call('analyst', 'GET', `/v1/findings${query}`);
  return body.findings
    .map(({ samples, staff: code }: Shown) => {
      const names = samples.map(({ sampleId, family }) => `${family ? `${family}/` : ''}${sampleId}`); // prettier-ignore
      return [...names.sort(), ...(code === null ? [] : [`staff ${code}`])].join(' = ');
    })
    .sort();
}

async function idOf(person: string): Promise<string> {
  const { body } = await call('analyst', 'GET', '/v1/findings');
  return body.findings.find((one: any) => one.samples.some((s: any) => s.sampleId === person)).id;
}

const upload = async (who: Parameters<typeof call>[0], side: string, csv: string) => {
  const { body } = await call(who, 'POST', `/v1/batches?side=${side}`, csv);
  t.equal(body.refused, 0);
};

t.test('one person under several records is found, wherever they stand', async (t) => {
  await upload('collection-point', 'unknowns', unknownsCsv([['U1', CHILD], ['U2', STRANGER], ['U3', NEIGHBOUR]])); // prettier-ignore
  await upload(other, 'unknowns', unknownsCsv([['U1', STRANGER]]));
  const families = relativesCsv([
    ['A', 'F1', 'father', FATHER],
    ['B', 'F1', 'mother', MOTHER],
    ['C', 'F2', 'paternal-uncle', UNCLE],
    ['D', 'F3', 'father', UNCLE],
  ]);
  await upload('collection-point', 'relatives', families);
  await upload(other, 'relatives', relativesCsv([['E', 'F9', 'sibling', CHILD]]));
  await service.searched();
  t.same(await list(), ['F2/C = F3/D', 'F9/E = U1', 'U1 = U2'], 'and the neighbour is nobody else');
  const { body } = await call('analyst', 'GET', '/v1/findings?kind=same-person');
  t.match(body, { total: 3 });
  t.match(
    body.findings.find(({ samples }: Shown) => samples[0]!.family === null && samples[1]!.family === null), // prettier-ignore
    { kind: 'same-person', state: 'open', lociCompared: 8, lociDiffering: 0, settlement: null },
  );
  const points = body.findings.flatMap(({ samples }: any) => samples.map((s: any) => s.collectionPoint)); // prettier-ignore
  t.same([...new Set(points)].sort(), ['POINT-1', 'POINT-2']);
  t.notMatch(JSON.stringify(body), /1[0-9],1[0-9]|"1[0-9]"/, 'no genotype is shown');
  await service.db.execute(`update search_requests set state = 'pending', offered_at = null`);
  await service.searched();
  t.equal((await list()).length, 3, 'searched again, none is found twice');
});

t.test('an analyst says what it was, of what they saw, once', async (t) => {
  const id = await idOf('E');
  const path = `/v1/findings/${id}`;
  const { body: list } = await call('analyst', 'GET', '/v1/candidates');
  const [candidate] = list.candidates;
  t.match(candidate, { unknown: 'U1', openFindings: [id] }, 'a candidate shows it');
  const report = await call('analyst', 'GET', `/v1/candidates/${candidate.id}/report?format=json`);
  t.equal(report.body.source.openFindings, 1, 'and so does its report');
  const said = { verdict: 'twins', reason: 'they were born together' };
  const settle = (body: object, etag?: string) =>
    call('analyst', 'POST', `${path}/settlement`, body, etag ? { 'if-match': etag } : {});
  const seen = await call('analyst', 'GET', path);
  t.equal(seen.headers.get('etag'), '"1"');
  t.match(await settle(said), { status: 428, body: { code: 'IF_MATCH_REQUIRED' } });
  t.match(await settle(said, '"7"'), { status: 409, body: { code: 'VERSION_STALE' } });
  t.match(await settle({ ...said, verdict: 'a guess' }, '"1"'), { status: 400 });
  const answers = await Promise.all([settle(said, '"1"'), settle(said, '"1"')]);
  t.same(answers.map(({ status }) => status).sort(), [200, 409], 'one of two at once');
  t.match(await settle(said, '"2"'), { status: 409, body: { code: 'FINDING_SETTLED' } });
  const { body } = await call('analyst', 'GET', path);
  t.match(body, { state: 'settled', version: 2, settlement: { ...said, settledBy: /^key_/ } });
  const { body: after } = await call('analyst', 'GET', `/v1/candidates/${candidate.id}`);
  t.same(after.openFindings, []);
  const { body: settled } = await call('analyst', 'GET', '/v1/findings?state=settled');
  t.match(settled, { total: 1, findings: [{ id }] });
});

t.test('staff are found in samples, those that were there and those that come', async (t) => {
  const before = await call('analyst', 'GET', '/v1/candidates');
  t.equal((await put('T1', UNCLE)).status, 201);
  await service.searched();
  const contamination = () => list('?kind=contamination');
  t.same(await contamination(), ['F2/C = staff T1', 'F3/D = staff T1']);
  const late = ['19,19', '18,18', '17,17', '16,16', '15,15', '14,14', '13,13', '12,12'];
  t.equal((await put('T2', late)).status, 201);
  await service.searched();
  await upload('collection-point', 'unknowns', unknownsCsv([['U4', late]]));
  await service.searched();
  t.same(await contamination(), ['F2/C = staff T1', 'F3/D = staff T1', 'U4 = staff T2']);

  t.equal((await put('T3', CHILD)).status, 201, 'whom both parents of F1 fit');
  await service.searched();
  t.same(await contamination(), ['F2/C = staff T1', 'F3/D = staff T1', 'F9/E = staff T3', 'U1 = staff T3', 'U4 = staff T2']); // prettier-ignore
  const ids = ({ body }: typeof before) => body.candidates.map(({ id }: any) => id);
  t.same(
    ids(await call('analyst', 'GET', '/v1/candidates')),
    ids(before),
    'staff are no candidate',
  );
  t.same((await call('analyst', 'GET', '/v1/searches/progress')).body.failed, 0);
});

t.test('a staff profile is stored once, sealed, and removed with all that it found', async (t) => {
  t.equal((await put('T3', CHILD)).status, 200, 'sent again');
  t.match(await put('T3', CHILD, 'S2'), { status: 409, body: { code: 'CONFLICT' } });
  t.match(await put('T3', STRANGER), { status: 409, body: { code: 'CONFLICT' } });
  const few = { ...staff(CHILD), genotypes: { TH01: ['9'] } };
  const bad = { ...staff(CHILD), genotypes: { D3S9999: ['9'] } };
  for (const body of [few, bad]) {
    const answer = await call('analyst', 'PUT', '/v1/staff-profiles/T4', body);
    t.match(answer, { status: 422, body: { code: 'STAFF_PROFILE_INVALID', faults: [{}] } });
  }
  const { body } = await call('analyst', 'GET', '/v1/staff-profiles');
  t.match(body.staffProfiles, [
    { code: 'T1', consent: { version: 'S1', signedOn: '2026-01-05' } },
    { code: 'T2' },
    { code: 'T3' },
  ]);
  t.notMatch(JSON.stringify(body), /genotypes|"1\d"/);

  const rows = await service.db.$client<
    { genotypes: Buffer }[]
  >`select genotypes from staff_profiles`;
  const packed = packProfile(new Map(LOCI.map((locus, at) => [locus as Locus, CHILD[at]!.split(',') as never]))); // prettier-ignore
  t.notOk(rows.some(({ genotypes }) => genotypes.includes(Buffer.from(packed))));
  t.equal((await call('admin', 'DELETE', '/v1/staff-profiles/T3')).status, 204);
  t.equal((await call('admin', 'DELETE', '/v1/staff-profiles/T3')).status, 404);
  t.notOk((await list()).some((one) => one.endsWith('staff T3')));
  const [left] = await service.db.$client`
    select (select count(*) from staff_profiles)::int as staff,
      (select count(*) from search_requests where staff_profile_id is not null)::int as requests`;
  t.same({ ...left }, { staff: 2, requests: 2 });
});

t.test('who withdraws takes the findings along', async (t) => {
  const withdraw = (sample: string) => call('collection-point', 'POST', `/v1/samples/${sample}/withdrawal`); // prettier-ignore
  t.ok((await list()).includes('F2/C = F3/D'));
  t.equal((await withdraw('C')).status, 201);
  t.equal((await withdraw('U2')).status, 201);
  await service.searched();
  t.same(await list(), ['F3/D = staff T1', 'U4 = staff T2']);
  const { body } = await call('analyst', 'GET', '/v1/findings?state=settled');
  t.match(body, { total: 1 });
});

t.test('a finding follows the loci that are typed later', async (t) => {
  const place = await startTestService(t);
  const typed = ['20,21', '20,21', '20,21', '20,21', '20,21', '20,21', '20,21', '20,21'];
  const more = ['CSF1PO', 'D7S820', 'D13S317'];
  const send = async (people: Record<string, string[]>) => {
    const rows = Object.entries(people).map(([sample, cells]) => [sample, ...cells.map((cell) => `"${cell}"`)].join(',')); // prettier-ignore
    const csv = [['sample_id', ...LOCI, ...more].join(','), ...rows].join('\n');
    const { body } = await place.call('collection-point', 'POST', '/v1/batches?side=unknowns', csv);
    t.equal(body.refused, 0);
    await place.searched();
  };
  const read = async (state = 'open') =>
    (await place.call('analyst', 'GET', `/v1/findings?state=${state}`)).body.findings;
  const none = more.map(() => '');
  const alike = [...typed, '10,11', '10,11', '10,11'];
  await send({ A1: [...typed, ...none], A2: alike });

  const [open] = await read();
  t.match(open, { lociCompared: 8, lociDiffering: 0 });
  const path = `/v1/findings/${open.id}`;
  const { headers } = await place.call('analyst', 'GET', path);
  const said = { verdict: 'different-people', reason: 'brothers, born two years apart' };
  await place.call('analyst', 'POST', `${path}/settlement`, said, { 'if-match': headers.get('etag')! }); // prettier-ignore
  t.same(await read(), []);
  await place.db.execute(`update search_requests set state = 'pending', offered_at = null`);
  await place.searched();
  t.same(await read(), [], 'nothing new is seen, nothing is opened');
  await send({ A1: alike });
  t.match(await read(), [{ id: open.id, lociCompared: 11, lociDiffering: 0, settlement: null, version: 3 }]); // prettier-ignore
  const [again] = await read();
  t.match(again.earlier, [{ ...said, lociCompared: 8, lociDiffering: 0, settledBy: /^key_/ }], 'what was said is kept'); // prettier-ignore
  t.same(await read('settled'), []);

  await send({ B1: ['22,23', ...typed.slice(1), ...none], B2: ['22,23', ...typed.slice(1), '9,9', '9,9', '9,9'] }); // prettier-ignore
  t.equal((await read()).length, 2);
  await send({ B1: ['22,23', ...typed.slice(1), '12,12', '12,12', '12,12'] });
  t.same((await read()).map(({ id }: any) => id), [open.id], 'three loci refute it'); // prettier-ignore
});
