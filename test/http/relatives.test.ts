import { eq } from 'drizzle-orm';
import t from 'tap';
import { readCase } from '../../src/formats/case-jsonl.ts';
import { comparePedigrees } from '../../src/kinship/index.ts';
import { samples } from '../../src/platform/tables.ts';
import { CHILD, FATHER, LOCI, MOTHER, relativesCsv, STRANGER, startTestService, unknownsCsv } from './service.ts'; // prettier-ignore

/** Somebody who shows the same at every locus. */
const each = (cell: string): string[] => LOCI.map(() => cell);

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

t.test('everybody typed of a family is weighed', async (t) => {
  const service = await startTestService(t);
  const { call } = service;
  const families = relativesCsv([
    ['S1', 'F1', 'sibling', each('11,12')],
    ['S2', 'F1', 'sibling', each('10,13')],
    ['S3', 'F2', 'paternal-uncle', FATHER],
    ['S4', 'F2', 'father', FATHER],
    ['S5', 'F2', 'mother', MOTHER],
    ['S6', 'F3', 'father', STRANGER],
    ['S7', 'F3', 'mother', MOTHER],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', families);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD]]));
  await service.searched();
  const { candidates } = (await call('analyst', 'GET', '/v1/candidates')).body;
  t.match(candidates, [
    { unknown: 'U1', family: 'F2', relationship: 'relatives', relatives: ['S4', 'S5', 'S3'], wholeFails: false },
    { unknown: 'U1', family: 'F1', relationship: 'relatives', wholeFails: false },
    { unknown: 'U1', family: 'F3', relationship: 'mother', relatives: ['S7'], wholeFails: true },
  ]); // prettier-ignore
  const { body } = await call('analyst', 'GET', `/v1/candidates/${candidates[0].id}`);
  t.same(body.members, [
    { sampleId: 'S4', relation: 'father', counts: true },
    { sampleId: 'S5', relation: 'mother', counts: true },
    { sampleId: 'S3', relation: 'paternal-uncle', counts: true },
  ]);
  t.same(body.loci[0].members, [
    ['10', '11'],
    ['12', '13'],
    ['10', '11'],
  ]);
  t.same(body.loci[0].comparedWith, ['S4', 'S5', 'S3']);
  t.equal(body.whole, null);
  t.equal(body.provenance.profiles.members.length, 3);
  const stepfather = await call('analyst', 'GET', `/v1/candidates/${candidates[2].id}`);
  t.match(stepfather.body.whole, { kind: 'finite', lociInconsistent: 8 });
  t.ok(stepfather.body.whole.log10Lr < 3, 'both of them do not reach the threshold');
  t.same(stepfather.body.rivals.map(({ relative }: any) => relative), ['S7']); // prettier-ignore
  const progress = await call('analyst', 'GET', '/v1/searches/progress');
  t.match(progress.body, { families: 3, couples: 2, unknowns: 1, failed: 0 });
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
    ['S1', 'F1', 'sibling', each('11,12')],
    ['S2', 'F1', 'paternal-grandmother', FATHER],
    ['S3', 'F1', 'sibling', each('10,13')],
    ['S4', 'F2', 'maternal-aunt', CHILD],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', families);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD]]));
  await service.searched();
  const { candidates } = (await call('analyst', 'GET', '/v1/candidates')).body;
  t.match(candidates, [
    { family: 'F2', relationship: 'same-person', relatives: ['S4'], wholeFails: false },
    { family: 'F1', relationship: 'relatives' },
  ]);
  t.same(candidates[1].relatives.toSorted(), ['S1', 'S2', 'S3']);
  t.equal(candidates[1].relatives[2], 'S2', 'siblings first, in any order');
  const [same, wide] = candidates.map(({ id }: { id: string }) => id);
  for (const { expectedChanceCandidates } of candidates) t.ok(expectedChanceCandidates > 0);

  const detail = (await call('analyst', 'GET', `/v1/candidates/${wide}`)).body;
  t.match(detail.hypotheses.h1, /^U1 is the child of the family of (S1 \(sibling\), S3|S3 \(sibling\), S1) \(sibling\), S2 \(paternal-grandmother\)$/); // prettier-ignore
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
      { id: 'S1', genotypes: genotypes(each('11,12')) },
      { id: 'S3', genotypes: genotypes(each('10,13')) },
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
  t.ok(Math.abs(detail.log10Lr - expected.log10Lr) < 1e-9, 'as the search has it');
  t.equal((await call('analyst', 'GET', `/v1/candidates/${wide}/case?format=fam`)).status, 200);

  const twin = await call('analyst', 'GET', `/v1/candidates/${same}/case`);
  t.same(JSON.parse(twin.body).H1.sameAs, { U1: 'S4' });
  // Two people of these genotypes are one with P = (2 · 0.1 · 0.1) at each of 8 loci.
  t.ok(Math.abs(candidates[0].log10Lr - 8 * Math.log10(50)) < 1e-9, 'the LR of identity');
  const aunt = (await call('analyst', 'GET', `/v1/candidates/${same}`)).body;
  t.match(aunt, {
    whole: { kind: 'finite', lociInconsistent: 0 },
    hypotheses: { h2: /unrelated/ },
  });
  const { rivals } = (await call('analyst', 'GET', `/v1/candidates/${wide}/rivals`)).body;
  t.same(
    rivals.map(({ relative }: { relative: string }) => relative),
    candidates[1].relatives,
  );
});
