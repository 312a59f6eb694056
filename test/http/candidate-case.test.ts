import t, { type Test } from 'tap';
import { readCase } from '../../src/formats/case-jsonl.ts';
import { fromFamiliasProject } from '../../src/formats/familias-calculation.ts';
import { readFamiliasProject } from '../../src/formats/familias-fam.ts';
import { calculate, comparePedigrees, type LikelihoodRatio } from '../../src/kinship/index.ts';
import { CHILD, FATHER, MOTHER, POLICY, putPolicyInForce, relativesCsv, startTestService, unknownsCsv } from './service.ts'; // prettier-ignore

/** Where the child's allele fits by mutation, is not in the table, or a parent's is off the ladder. */
const ODD_CHILD = ['10,14', '10,12', '10,20', '10,12', '10,12', '10,12', '10,12', '12,12'];
const ODD_FATHER = ['10,11', '<9,11', '10,11', '10,11,12', '10,11', '10,11', '', '11,11'];
const ODD_MOTHER = ['12,13', '12,13', '12,20', '12,13', '12,13', '', '12,13', '12,13'];

const STEPWISE = {
  params: {
    mutation: {
      model: 'stepwise',
      male: { rate: 0.003, range: 0.2 },
      female: { rate: 0.001, range: 0.1 },
      perLocus: { FGA: { male: { rate: 0.005 } } },
    },
    minimumFrequency: { rule: 'five-over-2n', appliesTo: 'unseen', renormalise: 'others' },
  },
  threshold: 10,
};

function expectSame(t: Test, lr: LikelihoodRatio | undefined, log10Lr: number, what: string): void {
  t.equal(lr?.kind, 'finite', what);
  if (lr?.kind !== 'finite') return;
  t.ok(Math.abs(lr.log10Lr - log10Lr) < 1e-9, `${what}: ${lr.log10Lr} is ${log10Lr}`);
}

t.test('other programs compute from a case what the search computed', async (t) => {
  const service = await startTestService(t, { policy: false });
  const { call } = service;
  const other = await service.createPoint('POINT-2');
  const families = relativesCsv([
    ['S1', 'F1', 'father', FATHER],
    ['S2', 'F1', 'mother', MOTHER],
    ['S3', 'F2', 'father', FATHER],
    ['S4', 'F3', 'father', ODD_FATHER],
    ['S5', 'F3', 'mother', ODD_MOTHER],
  ]);
  const unknowns = unknownsCsv([
    ['S1', CHILD],
    ['S9', ODD_CHILD],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', families);
  await call(other, 'POST', '/v1/batches?side=unknowns', unknowns);
  const seen = new Set<string>();
  for (const policy of [POLICY, STEPWISE]) {
    t.equal((await putPolicyInForce(call, { ...policy, threshold: 10 })).status, 201);
    await service.searched();
    const { candidates } = (await call('analyst', 'GET', '/v1/candidates')).body;
    t.ok(candidates.length >= 3, `${candidates.length} candidates`);
    for (const { id, unknown, family, relationship, relatives, log10Lr } of candidates) {
      const what = `${unknown} and ${family}, ${relationship}`;
      seen.add(what);
      const line = await call('analyst', 'GET', `/v1/candidates/${id}/case`);
      t.equal(line.status, 200);
      t.match(line.headers.get('content-type'), /^application\/x-ndjson/);
      const [text, end] = line.body.split('\n');
      t.equal(end, '', 'one line');
      const read = readCase(JSON.parse(text));
      expectSame(t, comparePedigrees(read.question, read.loci).lrs[0], log10Lr, what);
      const child = relatives.includes(unknown) ? `${unknown} (unknown origin)` : unknown;
      t.same([...read.question.typed].sort(), [child, ...relatives].sort(), 'by their codes');
      const { hypotheses } = (await call('analyst', 'GET', `/v1/candidates/${id}`)).body;
      t.equal(JSON.parse(text).H1.text, hypotheses.h1);

      const file = await call('analyst', 'GET', `/v1/candidates/${id}/case?format=fam`);
      t.equal(file.headers.get('content-type'), 'text/plain; charset=utf-8');
      t.equal(file.headers.get('content-disposition'), `attachment; filename="${id}.fam"`);
      const { table, parameters, calculation } = fromFamiliasProject(readFamiliasProject(file.body).project); // prettier-ignore
      // With both parents typed at every locus nobody's alleles are drawn or mutate unseen.
      if (family !== 'F1' || relationship !== 'both-parents') continue;
      expectSame(t, calculate(table, parameters, calculation).lrs[0], log10Lr, `${what} (fam)`);
    }
  }
  for (const what of ['S1 and F1, both-parents', 'S1 and F2, father', 'S9 and F3, both-parents']) {
    t.ok(seen.has(what), what);
  }
});

t.test('a case is shown to whom the candidate is shown', async (t) => {
  const service = await startTestService(t, { search: false });
  const { call } = service;
  const missing = '/v1/candidates/00000000-0000-4000-8000-000000000000/case';
  t.match(await call('analyst', 'GET', missing), { status: 404, body: { code: 'NOT_FOUND' } });
  t.match(await call('analyst', 'GET', `${missing}?format=xlsx`), { status: 400 });
  for (const role of ['admin', 'collection-point', 'police'] as const) {
    t.match(await call(role, 'GET', missing), { status: 403 }, role);
  }
  t.equal((await call(null, 'GET', missing)).status, 401);
});
