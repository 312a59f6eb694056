import type { Test } from 'tap';
import t from 'tap';
import { sign, settle } from './signatures.ts';
import { issueTubes, outcomes, scan, sendScans } from './tubes.ts';
import {
  type Answer,
  CHILD,
  FATHER,
  LOCI,
  MOTHER,
  relativesCsv,
  startTestService,
  STRANGER,
  type TestService,
  unknownsCsv,
} from './service.ts';

/** Typed at the first six loci only, so that re-sampling has more to say. */
const atFirst = (cells: readonly string[]): string[] =>
  cells.map((cell, at) => (at < 6 ? cell : ''));

const OTHER_FATHER = LOCI.map(() => '14,15');
const OTHER_MOTHER = LOCI.map(() => '16,17');
const OTHER_CHILD = LOCI.map(() => '14,17');

const genotypes = (cells: readonly string[]) =>
  Object.fromEntries(LOCI.map((locus, at) => [locus, cells[at]!.split(',')]));

/** The parents of the true candidate, whom two collection points call alike. */
const [DAD, MUM] = ['P1 (POINT-1)', 'P1 (SOUTH)'];

/** Everybody of the true candidate, typed again at all loci. */
const AGAIN = [
  { id: 'U1', genotypes: genotypes(CHILD) },
  { id: DAD, genotypes: genotypes(FATHER) },
  { id: MUM, genotypes: genotypes(MOTHER) },
];

type Who = Parameters<TestService['call']>[0];

/** Does something to what was just looked at. */
async function act(
  { call }: TestService,
  who: Who,
  seen: string,
  path: string,
  body: object,
): Promise<Answer> {
  const etag = (await call(who, 'GET', seen)).headers.get('etag') ?? '';
  return call(who, 'POST', path, body, { 'if-match': etag });
}

/** The mother's tube is lost on its way; her blood is drawn again into another, which arrives. */
async function loseAndRedraw(service: TestService, south: { id: string; key: string }) {
  const [lost = '', again = ''] = await issueTubes(service, south.id, 2);
  const draw = (tube: string, minute: number) => [
    scan(tube, 'drawn', minute, { sampleId: 'P1' }),
    scan(tube, 'dispatched', minute + 1),
  ];
  await sendScans(service, south, [...draw(lost, 1), scan(lost, 'lost', 4)]);
  const { redraws } = (await service.call(south, 'GET', '/v1/custody/redraws')).body;
  await sendScans(service, south, draw(again, 6));
  await sendScans(service, 'analyst', [scan(again, 'received', 8)]);
  return { lost, again, redraws };
}

/**
 * Three points, two families, five people of unknown origin; of one family the child comes first, and of the other
 * the mother gives blood elsewhere than the father.
 */
async function register(t: Test) {
  const service = await startTestService(t);
  const { call } = service;
  const north = await service.createPoint('NORTH', '110101');
  const south = await service.createPoint('SOUTH', '440305');
  const send = (who: Who, side: string, csv: string) =>
    call(who, 'POST', `/v1/batches?side=${side}`, csv);
  const family = await send('collection-point', 'relatives', relativesCsv([
    ['P1', 'F1', 'father', atFirst(FATHER)],
  ])); // prettier-ignore
  const children = await send(north, 'unknowns', unknownsCsv([
    ['U1', atFirst(CHILD)],
    ['U2', atFirst(STRANGER)],
    ['U3', OTHER_CHILD],
  ])); // prettier-ignore
  await send(south, 'unknowns', unknownsCsv([
    ['U4', atFirst(CHILD)],
    ['U5', atFirst(STRANGER)],
  ])); // prettier-ignore
  await service.searched();
  const caseOf = ({ body }: Answer, sample: string): string =>
    body.rows.find(({ sampleId }: any) => sampleId === sample).caseId;
  const familyCase = caseOf(family, 'P1');
  const tubes = await loseAndRedraw(service, south);
  await send(south, 'relatives', relativesCsv([
    ['P1', familyCase, 'mother', atFirst(MOTHER)],
    ['P2f', 'F2', 'father', OTHER_FATHER],
    ['P2m', 'F2', 'mother', OTHER_MOTHER],
  ])); // prettier-ignore
  await service.searched();
  const typed = scan(tubes.again, 'typed', 9, { sampleId: 'P1' });
  t.same(outcomes(await sendScans(service, 'analyst', [typed])), ['recorded']);
  const { body } = await call('analyst', 'GET', '/v1/candidates');
  const candidates = new Map<string, string>(body.candidates.map(({ unknown, family, id }: any) => [`${unknown} ${family}`, id])); // prettier-ignore
  return {
    service,
    north,
    south,
    tubes,
    candidates,
    familyCase,
    childCase: caseOf(children, 'U1'),
    strangerCase: caseOf(children, 'U2'),
  };
}

t.test(
  'the whole life of a case, and what is refused on the way',
  { timeout: 120_000 },
  async (t) => {
    const { service, north, south, tubes, candidates, familyCase, childCase, strangerCase } = await register(t); // prettier-ignore
    const { call } = service;
    t.same([...candidates.keys()].sort(), ['U1 F1', 'U3 F2', 'U4 F1'], 'in both orders of arrival');
    const id = candidates.get('U1 F1')!;
    const path = `/v1/candidates/${id}`;
    const second = await service.createKey({ role: 'analyst', name: 'second' });
    const third = await service.createKey({ role: 'analyst', name: 'third' });
    const capital = await service.createKey({
      role: 'police',
      name: 'capital',
      jurisdiction: '11',
    });
    const elsewhere = await service.createKey({ role: 'police', name: 'elsewhere', jurisdiction: '65' }); // prettier-ignore
    const statusOf = async (police: Who, caseId: string) =>
      (await call(police, 'GET', `/v1/cases/${caseId}`)).body.status;
    t.equal(await statusOf(capital, strangerCase), 'searching');

    // The parents gave blood at two points, which see nothing of each other.
    const couple = (await call('analyst', 'GET', path)).body;
    t.match(couple, { relationship: 'both-parents', family: 'F1', relatives: [DAD, MUM] });
    t.match(tubes.redraws, [{ barcode: tubes.lost, sampleId: 'P1', state: 'lost' }]);
    const chain = (await call(south, 'GET', `/v1/custody/${tubes.again}`)).body;
    t.match(chain, { state: 'typed', sampleId: 'P1', replaces: tubes.lost });
    t.same((await call(south, 'GET', '/v1/custody/redraws')).body.redraws, [], 'asked for once');
    const relative = async (who: Who, row: string[]) => {
      const csv = relativesCsv([[row[0]!, row[1]!, row[2]!, atFirst(MOTHER)]]);
      const [{ outcome, faults, caseId }] = (await call(who, 'POST', '/v1/batches?side=relatives&dryRun=true', csv)).body.rows; // prettier-ignore
      return [faults[0]?.code ?? outcome, caseId];
    };
    const onTheCard = familyCase.toLowerCase();
    t.same(await relative(south, ['P1', onTheCard, 'mother']), ['unchanged', familyCase]);
    t.same(await relative(south, ['P1', 'F1', 'mother']), ['SAMPLE_CONFLICT', null]);
    t.same(await relative('collection-point', ['P9', 'F1', 'mother']), ['RELATIVE_EXISTS', null]);
    t.same(await relative(north, ['P9', onTheCard, 'mother']), ['RELATIVE_EXISTS', null]);
    t.same(await relative(north, ['P9', childCase, 'mother']), ['CASE_UNKNOWN', null], 'no family');
    t.same(await relative(north, ['P9', 'HW-0000000000', 'mother']), ['CASE_UNKNOWN', null]);
    t.same(await relative(north, ['P9', onTheCard, 'sibling']), ['accepted', familyCase]);
    await call(south, 'PUT', '/v1/samples/P1/identity', { name: '王芳' });
    t.equal((await call('collection-point', 'GET', '/v1/samples/P1/identity')).status, 404);
    t.equal((await call(south, 'GET', `/v1/cases/${familyCase}/features`)).status, 404, 'not theirs'); // prettier-ignore
    t.match((await call('police', 'GET', `/v1/cases/${familyCase}/people`)).body, {
      people: [
        { relation: 'father', name: null },
        { relation: 'mother', name: '王芳' },
      ],
    });

    // What is said of both, which hides nobody.
    const tell = (who: Who, caseId: string, said: object) =>
      call(who, 'PUT', `/v1/cases/${caseId}/features`, said, { 'if-match': '"0"' });
    const day = (one: string) => ({ earliest: one, latest: one });
    await tell('collection-point', familyCase, { sex: 'male', born: day('1994-05-03'), happened: day('1998-05-01'), division: '510104', position: { latitude: 30.67, longitude: 104.06 }, description: '左肩有疤' }); // prettier-ignore
    await tell(north, childCase, { sex: 'female', born: { earliest: '1994-06-01', latest: '1996-01-01' }, division: '110101' }); // prettier-ignore
    const looked = (await call('analyst', 'GET', path)).body;
    t.same(looked.circumstances, {
      unknown: { sex: 'female', typedSex: 'unknown', born: { earliest: 1994, latest: 1996 }, happened: null, division: '110101' }, // prettier-ignore
      missing: { sex: 'male', born: { earliest: 1994, latest: 1994 }, happened: { earliest: 1998, latest: 1998 }, division: '510104' }, // prettier-ignore
      agreement: { sex: 'contradicts', birth: 'contradicts' },
    });
    t.notMatch(
      JSON.stringify(looked),
      /左肩|30\.67|199\d-05/,
      'no day, no place, nothing by sight',
    );

    // Review, with disagreement.
    const start = (who: Who = 'analyst') =>
      act(service, who, path, `${path}/reunions`, { remark: 'take blood of all three again' });
    t.match(
      await start(),
      { status: 409, body: { code: 'STEP_NOT_ALLOWED' } },
      'nobody has reviewed',
    );
    await sign(service, id, 'supported');
    t.equal((await start()).status, 409, 'one has');
    await sign(service, id, 'inconclusive', second);
    t.equal((await start()).status, 409, 'two disagree');
    t.match(await sign(service, id, 'supported', third), { body: { state: 'supported' } });
    t.equal(await statusOf('police', familyCase), 'lead-supported');

    // Everybody is sampled again.
    const started = await start();
    t.match(started, {
      status: 201,
      body: { state: 're-sampling', next: ['re-sampled', 'refuted'] },
    });
    t.match(await start(), { status: 409, body: { code: 'REUNION_CONFLICT' } }, 'one is under way');
    const reunion = `/v1/reunions/${started.body.id}`;
    t.equal(await statusOf('police', familyCase), 're-sampling');
    const give = (people: object[], who: Who = second) =>
      act(service, who, reunion, `${reunion}/evidence`, { people, remark: 'second cards' });
    const step = (name: string, who: Who = 'analyst') =>
      act(service, who, reunion, `${reunion}/steps`, { step: name, remark: 'as agreed' });
    for (const early of ['confirmed', 'notified', 'undone']) {
      t.match(await step(early), { status: 409, body: { code: 'STEP_NOT_ALLOWED' } }, early);
    }
    t.match(await give(AGAIN.slice(0, 2)), {
      status: 422,
      body: { code: 'EVIDENCE_INSUFFICIENT', detail: /U1, P1 \(POINT-1\), P1 \(SOUTH\)/ },
    });
    const swapped = [AGAIN[0]!, AGAIN[1]!, { id: MUM, genotypes: genotypes(STRANGER) }];
    const wrong = await give(swapped);
    t.match(wrong, { status: 422, body: { code: 'TYPINGS_DISAGREE' } });
    t.equal(wrong.body.faults.length, 6, 'at every locus that was typed before');
    const noMore = AGAIN.map(({ id: person, genotypes: all }) => ({
      id: person,
      genotypes: Object.fromEntries(Object.entries(all).slice(0, 6)),
    }));
    t.match(await give(noMore), { status: 422, body: { detail: /6 loci .* 6 could before/ } });
    const given = await give(AGAIN);
    t.match(given, { status: 201, body: { state: 're-sampled' } });
    const { evidence } = given.body.steps.at(-1);
    t.match(evidence, { lociCompared: 8, lociBefore: 6, concordance: [{ compared: 6 }, {}, {}] });
    const total = evidence.loci.reduce(
      (sum: number, { log10Lr }: { log10Lr: number }) => sum + log10Lr,
      0,
    );
    t.ok(Math.abs(total - evidence.log10Lr) < 1e-12 && evidence.log10Lr > 6);
    t.notMatch(JSON.stringify(given.body), /"10"/, 'and no genotype');

    // Confirmed by somebody else; police are told.
    t.match(await step('confirmed', second), { status: 409, body: { code: 'STEP_NOT_ALLOWED' } });
    t.equal((await call(capital, 'GET', `/v1/cases/${childCase}/reunion`)).status, 404, 'not yet');
    t.match(await step('confirmed'), { status: 201, body: { state: 'confirmed' } });
    t.equal((await step('notified')).status, 201);
    t.equal(await statusOf(capital, childCase), 'confirmed');
    t.equal(await statusOf('police', familyCase), 'confirmed');
    const ofFamily = `/v1/cases/${familyCase}/reunion`;
    const ofChild = `/v1/cases/${childCase}/reunion`;
    t.equal((await call(elsewhere, 'GET', ofFamily)).status, 404, 'not theirs');
    const seen = await call(capital, 'GET', ofChild);
    t.match(seen.body, { otherCase: familyCase, next: ['consented', 'declined'] });
    t.match(seen.body.script, { en: [/in person/], zh: [/上门/] });
    t.notMatch(JSON.stringify(seen.body), /log10|evidence|as agreed|second cards|D3S1358/);

    const police = (who: Who, seenAt: string, body: object) =>
      act(service, who, seenAt, `${seenAt}/steps`, { remark: 'visited', ...body });
    t.equal((await police('police', ofFamily, { step: 'family-told' })).status, 409, 'asked first');
    t.equal((await police(capital, ofChild, { step: 'reunited' })).status, 409);
    const guardian = { step: 'consented', consent: { by: 'guardian', ageYears: 16 } };
    t.equal((await police(capital, ofChild, guardian)).status, 400, 'an adult decides');
    t.equal((await police(elsewhere, ofChild, { step: 'declined' })).status, 428, 'sees no ETag');
    const blind = await call(elsewhere, 'POST', `${ofChild}/steps`, { step: 'declined', remark: 'x' }, { 'if-match': '"4"' }); // prettier-ignore
    t.equal(blind.status, 404);
    const person = { step: 'consented', consent: { by: 'person', ageYears: 19 } };
    t.equal((await police(capital, ofChild, person)).status, 201);
    const stale = await call('police', 'POST', `${ofFamily}/steps`, { step: 'family-told', remark: 'x' }, { 'if-match': '"4"' }); // prettier-ignore
    t.match(stale, { status: 409, body: { code: 'VERSION_STALE' } });
    t.equal((await police('police', ofFamily, { step: 'family-told' })).status, 201);
    t.match(await police('police', ofFamily, { step: 'reunited' }), {
      body: { state: 'reunited' },
    });
    t.equal(await statusOf(capital, childCase), 'reunited');
    t.equal(await statusOf('police', familyCase), 'reunited');
    t.equal((await police(capital, ofChild, { step: 'declined' })).status, 409);

    // Nobody is found twice; a wrong reunion is undone.
    const rival = candidates.get('U4 F1')!;
    await settle(service, rival, 'supported');
    const other = await act(service, 'analyst', `/v1/candidates/${rival}`, `/v1/candidates/${rival}/reunions`, { remark: 'x' }); // prettier-ignore
    t.equal(other.status, 201, 'may be looked into');
    const rivalPath = `/v1/reunions/${other.body.id}`;
    const brother = AGAIN.map((one) => (one.id === 'U1' ? { ...one, id: 'U4' } : one));
    t.equal((await act(service, second, rivalPath, `${rivalPath}/evidence`, { people: brother, remark: 'x' })).status, 201); // prettier-ignore
    const twice = await act(service, third, rivalPath, `${rivalPath}/steps`, { step: 'confirmed', remark: 'x' }); // prettier-ignore
    t.match(
      twice,
      { status: 409, body: { code: 'REUNION_CONFLICT' } },
      'but the family has a child',
    );
    t.match(await step('undone', third), { status: 201, body: { state: 'undone', next: [] } });
    t.match((await call('analyst', 'GET', path)).body, { state: 'proposed', round: 2 });
    t.equal(await statusOf(capital, childCase), 'under-review');
    t.match((await call(capital, 'GET', ofChild)).body, { state: 'undone', next: [] });

    // A withdrawal leaves that it was, and nothing of the person.
    const gone = await call(north, 'POST', '/v1/samples/U1/withdrawal');
    t.equal(gone.status, 201);
    t.equal(await statusOf(capital, childCase), 'withdrawn');
    const left = (await call('analyst', 'GET', reunion)).body;
    t.match(left, { candidateId: null, state: 'undone' });
    t.ok(
      left.steps.every((one: any) => one.evidence === null),
      'no LR of theirs',
    );
    t.equal((await call('analyst', 'GET', path)).status, 404);

    // Of a family at two points each withdraws its own, and the case goes on until nobody is left.
    t.equal((await call(north, 'POST', '/v1/samples/P1/withdrawal')).status, 404);
    const mothers = await call(south, 'POST', '/v1/samples/P1/withdrawal');
    t.match(mothers, { status: 201, body: { caseId: familyCase } });
    await service.searched();
    const others = (await call('analyst', 'GET', '/v1/candidates')).body.candidates;
    t.notOk(others.some(({ family }: any) => family === 'F1'), 'the father alone is too weak'); // prettier-ignore
    t.equal(await statusOf('police', familyCase), 're-sampling', 'of U4, until it is refuted');
    await call('collection-point', 'POST', '/v1/samples/P1/withdrawal');
    t.equal(await statusOf('police', familyCase), 'withdrawn');
    t.same(await relative(south, ['P8', familyCase, 'mother']), ['CASE_UNKNOWN', null]);
  },
);
