import { eq } from 'drizzle-orm';
import t from 'tap';
import { readCase } from '../../src/formats/case-jsonl.ts';
import { comparePedigrees } from '../../src/kinship/index.ts';
import { candidateMatches, policies, profiles, samples } from '../../src/platform/tables.ts';
import { CHILD, FATHER, LOCI, MOTHER, relativesCsv, STRANGER, startTestService, type TestService, unknownsCsv } from './service.ts'; // prettier-ignore

const EVERYBODY = [
  'father',
  'mother',
  'sibling',
  'paternal-half-sibling',
  'maternal-half-sibling',
  'paternal-grandfather',
  'paternal-grandmother',
  'maternal-grandfather',
  'maternal-grandmother',
  'paternal-uncle',
  'paternal-aunt',
  'maternal-uncle',
  'maternal-aunt',
];

async function profileOf({ db }: TestService, code: string): Promise<string> {
  const [row] = await db
    .select({ id: profiles.id })
    .from(profiles)
    .innerJoin(samples, eq(samples.id, profiles.sampleId))
    .where(eq(samples.code, code));
  return row!.id;
}

/** What a search that weighs whole families would write; it weighs parents only so far. */
async function insertCandidate(
  service: TestService,
  relationship: 'relatives' | 'same-person',
  people: { family: string[]; relatives: string[]; log10Lr: number },
): Promise<string> {
  const { db } = service;
  const find = (codes: string[]): Promise<string[]> =>
    Promise.all(codes.map((code) => profileOf(service, code)));
  const [child] = await db.select().from(samples).where(eq(samples.code, 'U1'));
  const [relative] = await db.select().from(samples).where(eq(samples.code, people.relatives[0]!));
  const [policy] = await db.select().from(policies);
  const [row] = await db
    .insert(candidateMatches)
    .values({
      unknownSampleId: child!.id,
      familyId: relative!.familyId!,
      policyId: policy!.id,
      relationship,
      log10Lr: people.log10Lr,
      lociCompared: LOCI.length,
      lociInconsistent: 0,
      chanceProbability: 1e-9,
      result: {
        loci: LOCI.map((locus) => ({ locus, kind: 'finite', log10Lr: people.log10Lr / LOCI.length, mendelian: true })), // prettier-ignore
        omitted: [],
        couple: null,
      },
      childProfileId: await profileOf(service, 'U1'),
      familyProfileIds: await find(people.family),
      relativeProfileIds: await find(people.relatives),
      engineVersion: 'test',
    })
    .returning({ id: candidateMatches.id });
  return row!.id;
}

t.test(
  'every relation is taken in, as CSV and as JSON, and refused where it cannot be',
  async (t) => {
    const service = await startTestService(t, { policy: false, search: false });
    const { call } = service;
    const send = (body: unknown) =>
      call('collection-point', 'POST', '/v1/batches?side=relatives', body);
    const csv = relativesCsv(
      EVERYBODY.map((relation, place) => [`S${place}`, 'F1', relation, FATHER]),
    );
    const first = await send(csv);
    t.match(first, { status: 201, body: { accepted: 13, refused: 0 } });
    const cases = new Set(first.body.rows.map(({ caseId }: { caseId: string }) => caseId));
    t.equal(cases.size, 1, 'one family, one case');
    const genotypes = { TH01: ['10', '11'] };
    const rows = EVERYBODY.map((relation, place) => ({
      ...{ sampleId: `J${place}`, family: 'F1', relation, genotypes },
    }));
    const json = await send({ rows });
    t.match(json, { status: 201, body: { accepted: 7, refused: 6 } });
    const refused = json.body.rows.filter(({ outcome }: any) => outcome === 'refused');
    t.same(
      refused.map(({ row, faults: [fault] }: any) => [EVERYBODY[row - 1], fault.code]),
      EVERYBODY.filter((name) => /father|mother/.test(name)).map((name) => [
        name,
        'RELATIVE_EXISTS',
      ]),
    );
    const parent = { sampleId: 'X', family: 'F1', relation: 'parent', genotypes };
    t.match((await send({ rows: [parent] })).body.rows, [{ faults: [{ code: 'FIELD_INVALID' }] }]);
    t.match(
      (await send(csv)).body,
      { batchId: first.body.batchId },
      'sent again: the same receipt',
    );
    const father = service.db.update(samples).set({ relation: 'father' });
    await t.rejects(
      father.where(eq(samples.code, 'J2')),
      'the database has one father a family too',
    );
  },
);

t.test('a family of whom nobody is a parent waits, and its parents are found', async (t) => {
  const service = await startTestService(t);
  const { call } = service;
  const families = relativesCsv([
    ['S1', 'F1', 'sibling', CHILD],
    ['S2', 'F1', 'sibling', STRANGER],
    ['S3', 'F2', 'paternal-uncle', FATHER],
    ['S4', 'F2', 'father', FATHER],
    ['S5', 'F2', 'mother', MOTHER],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', families);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD]]));
  await service.searched();
  const { candidates } = (await call('analyst', 'GET', '/v1/candidates')).body;
  t.match(candidates, [{ unknown: 'U1', family: 'F2', relationship: 'both-parents' }]);
  t.same(candidates[0].relatives, ['S4', 'S5']);
  const { body } = await call('analyst', 'GET', `/v1/candidates/${candidates[0].id}`);
  t.same(body.members, [
    { sampleId: 'S4', relation: 'father', counts: true },
    { sampleId: 'S5', relation: 'mother', counts: true },
    { sampleId: 'S3', relation: 'paternal-uncle', counts: false },
  ]);
  t.same(body.loci[0].members, [
    ['10', '11'],
    ['12', '13'],
    ['10', '11'],
  ]);
  t.same(body.loci[0].comparedWith, ['S4', 'S5']);
  t.equal(body.provenance.profiles.members.length, 3);
  const progress = await call('analyst', 'GET', '/v1/searches/progress');
  t.match(progress.body, { families: 2, couples: 1, unknowns: 1, failed: 0 });
});

t.test('a new member of the family makes a new revision', async (t) => {
  const service = await startTestService(t);
  const { call } = service;
  const send = (...rows: Parameters<typeof relativesCsv>[0]) =>
    call('collection-point', 'POST', '/v1/batches?side=relatives', relativesCsv(rows));
  await send(['S1', 'F1', 'father', FATHER]);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD]]));
  await service.searched();
  await send(['S2', 'F1', 'sibling', CHILD]);
  await service.searched();
  const { candidates } = (await call('analyst', 'GET', '/v1/candidates')).body;
  t.match(candidates, [{ unknown: 'U1', revision: 2, state: 'proposed' }]);
});

t.test('any family of a candidate is shown, and handed to other programs', async (t) => {
  const service = await startTestService(t);
  const { call } = service;
  const families = relativesCsv([
    ['S1', 'F1', 'sibling', CHILD],
    ['S2', 'F1', 'paternal-grandmother', FATHER],
    ['S3', 'F1', 'sibling', CHILD],
    ['S4', 'F2', 'maternal-aunt', CHILD],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', families);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD]]));
  await service.searched();
  const wide = await insertCandidate(service, 'relatives', {
    family: ['S1', 'S3', 'S2'],
    relatives: ['S1', 'S3', 'S2'],
    log10Lr: 5,
  });
  const same = await insertCandidate(service, 'same-person', {
    family: ['S4'],
    relatives: ['S4'],
    log10Lr: 4,
  });
  const { candidates } = (await call('analyst', 'GET', '/v1/candidates')).body;
  t.match(candidates, [
    { id: wide, relationship: 'relatives', relatives: ['S1', 'S3', 'S2'] },
    { id: same, relationship: 'same-person', relatives: ['S4'] },
  ]);
  for (const { expectedChanceCandidates } of candidates) t.ok(expectedChanceCandidates > 0);

  const detail = (await call('analyst', 'GET', `/v1/candidates/${wide}`)).body;
  t.match(detail.hypotheses.h1, 'U1 is the child of the family of S1 (sibling), S3 (sibling), S2 (paternal-grandmother)'); // prettier-ignore
  const line = await call('analyst', 'GET', `/v1/candidates/${wide}/case`);
  const read = readCase(JSON.parse(line.body));
  t.same([...read.question.typed].sort(), ['S1', 'S2', 'S3', 'U1']);
  const [lr] = comparePedigrees(read.question, read.loci).lrs;
  // The same question, asked of the service by its people and not as a candidate.
  const genotypes = (cells: string[]) =>
    Object.fromEntries(LOCI.map((locus, place) => [locus, cells[place]!.split(',')]));
  const asked = await call('analyst', 'POST', '/v1/likelihood-ratios', {
    people: [
      { id: 'U1', genotypes: genotypes(CHILD) },
      { id: 'S1', genotypes: genotypes(CHILD) },
      { id: 'S3', genotypes: genotypes(CHILD) },
      { id: 'S2', sex: 'female', genotypes: genotypes(FATHER) },
    ],
    question: {
      kind: 'family',
      person: 'U1',
      relatives: [
        { id: 'S1', relation: 'sibling' },
        { id: 'S3', relation: 'sibling' },
        { id: 'S2', relation: 'paternal-grandmother' },
      ],
    },
  });
  t.equal(asked.status, 200);
  t.equal(lr?.kind, 'finite');
  const [expected] = asked.body.populations[0].lrs;
  t.ok(lr?.kind === 'finite' && Math.abs(lr.log10Lr - expected.log10Lr) < 1e-9, `log10 LR ${expected.log10Lr}`); // prettier-ignore
  t.equal((await call('analyst', 'GET', `/v1/candidates/${wide}/case?format=fam`)).status, 200);

  const twin = await call('analyst', 'GET', `/v1/candidates/${same}/case`);
  t.same(JSON.parse(twin.body).H1.sameAs, { U1: 'S4' });
  const { rivals } = (await call('analyst', 'GET', `/v1/candidates/${wide}/rivals`)).body;
  t.same(
    rivals.map(({ relative }: { relative: string }) => relative),
    ['S1', 'S3', 'S2'],
  );
});
