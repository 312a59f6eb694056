import t from 'tap';
import { readEntries } from '../../src/casework/audit/audit.service.ts';
import { posterior } from '../../src/kinship/index.ts';
import { CHILD, FATHER, FREQUENCIES, MOTHER, relativesCsv, startTestService, unknownsCsv } from './service.ts'; // prettier-ignore

t.test('the LR of a candidate in every population, and in the database', async (t) => {
  const service = await startTestService(t);
  const { call } = service;
  const families = relativesCsv([
    ['S1', 'F1', 'father', FATHER],
    ['S2', 'F1', 'mother', MOTHER],
    ['S3', 'F2', 'mother', MOTHER],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', families);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD]]));
  await service.searched();
  const commoner = FREQUENCIES.replaceAll(',10,0.1,20,', ',10,0.15,30,').replaceAll(',11,0.1,20,', ',11,0.05,10,'); // prettier-ignore
  const without = FREQUENCIES.split('\n').filter((line) => !line.startsWith('TH01')).join('\n'); // prettier-ignore
  for (const [name, table] of Object.entries({ commoner, without })) {
    const path = `/v1/frequency-tables?name=${name}`;
    t.equal((await call('admin', 'POST', path, table)).status, 201, name);
  }
  const { candidates } = (await call('analyst', 'GET', '/v1/candidates')).body;
  const [{ id, log10Lr }] = candidates;
  const path = `/v1/candidates/${id}`;
  const { status, body } = await call('analyst', 'GET', `${path}/populations`);
  t.equal(status, 200);

  await t.test('it is what the report says', async (t) => {
    const { source, numbers } = (await call('analyst', 'GET', `${path}/report?format=json`)).body;
    t.strictSame(body.populations, numbers.populations);
    t.strictSame(body.evaluation, numbers.evaluation);
    const { families, unknowns, pairs } = source.database;
    t.strictSame(body.database, { families, unknowns, pairs });
    t.equal(body.tablesLeftOut, 0);
  });

  await t.test('the smallest stands first, and that of the policy is named', async (t) => {
    // At each of 8 loci the child shows 10 and 12, and LR 1/(4·p10·p12): 25 by the policy, 16.7 where 10 is
    // commoner; without TH01 it is 25 at seven loci.
    t.same(
      body.populations.map(({ name, isOfPolicy, lociCompared }: any) => [name, isOfPolicy, lociCompared]), // prettier-ignore
      [['commoner', false, 8], ['without', false, 7], ['test', true, 8]], // prettier-ignore
    );
    const [least, , ofPolicy] = body.populations;
    t.equal(ofPolicy.log10Lr, log10Lr);
    t.ok(Math.abs(ofPolicy.log10Lr - least.log10Lr - 8 * Math.log10(1.5)) < 0.01, 'as by hand');
  });

  await t.test('and the posterior follows from what stands beside it', (t) => {
    const { priorInDatabase, priorOfFamily } = body.evaluation;
    const all = candidates.map((one: any) => one.log10Lr);
    t.equal(body.database.families, 2);
    t.equal(priorOfFamily, priorInDatabase / 2);
    t.equal(body.evaluation.posterior, posterior(log10Lr, all, 2, priorInDatabase));
    t.end();
  });

  await t.test('whoever read it is in the audit; a withdrawn candidate has none', async (t) => {
    let read = 0;
    for await (const { action, object } of readEntries(service.db)) {
      if (action !== 'GET /v1/candidates/:candidateId/populations') continue;
      t.same(object, { candidateId: id });
      read++;
    }
    t.equal(read, 1);
    t.equal((await call('collection-point', 'POST', '/v1/samples/U1/withdrawal')).status, 201);
    t.equal((await call('analyst', 'GET', `${path}/populations`)).status, 404);
  });
});
