import t from 'tap';
import { familyHypotheses, RatioForesight } from '../../src/kinship/index.ts';
import { readFrequencyCsv } from '../../src/formats/frequency-csv.ts';
import { isClose, profileOf } from '../kinship/small-table.ts';
import {
  CHILD,
  FATHER,
  FREQUENCIES,
  LOCI,
  MOTHER,
  POLICY,
  putPolicyInForce,
  relativesCsv,
  startTestService,
  STRANGER,
  unknownsCsv,
} from './service.ts';

/** Nobody's last locus is typed. */
const without = (genotypes: readonly string[]): string[] => [...genotypes.slice(0, -1), ''];
const LAST = LOCI.at(-1)!;

const profile = (genotypes: readonly string[]) =>
  profileOf(Object.fromEntries(LOCI.slice(0, -1).map((locus, at) => [locus, genotypes[at]!])));

t.test('what to do next with a candidate, ranked', async (t) => {
  const service = await startTestService(t, { policy: false });
  const { call } = service;
  await putPolicyInForce(call, { ...POLICY, threshold: 100 });
  const families = relativesCsv([
    ['S1', 'F1', 'father', without(FATHER)],
    ['S2', 'F2', 'father', without(FATHER)],
    ['S3', 'F2', 'mother', without(MOTHER)],
    ['S4', 'F3', 'father', STRANGER],
  ]);
  const unknowns = unknownsCsv([
    ['U1', without(CHILD)],
    ['U2', STRANGER],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', families);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknowns);
  await service.searched();
  const { candidates } = (await call('analyst', 'GET', '/v1/candidates')).body;
  const find = (unknown: string, family: string) =>
    candidates.find((one: any) => one.unknown === unknown && one.family === family);
  const path = (candidate: any): string => `/v1/candidates/${candidate.id}/next-steps`;
  const duo = find('U1', 'F1');
  const { status, body } = await call('analyst', 'GET', path(duo));
  t.equal(status, 200);

  t.match(body, {
    candidate: { id: duo.id, unknown: 'U1', family: 'F1', relatives: ['S1'], revision: 1 },
    log10Lr: duo.log10Lr,
    threshold: 100,
    provenance: { frequencyTable: { name: 'test' } },
  });
  t.equal(body.provenance.profiles.length, 2);
  const names = body.steps.map((step: any) => step.kit ?? step.relations.join());
  t.equal(names[0], 'mother', 'whom everybody would ask first');
  t.notOk(names.includes('father'), 'is typed');
  t.ok(names.includes('maternal-uncle,maternal-aunt'), 'one step for both');
  for (const { kind, loci, kit } of body.steps) {
    t.same(loci, kind === 'kit' ? [LAST] : LOCI.slice(0, -1).sort(), kit ?? 'a relative');
  }
  const kit = body.steps.find((step: any) => step.kit === 'GlobalFiler');
  t.ok(kit.notInTable.includes('SE33'), 'left out and named');
  t.same(body.omitted, [{ step: 'AGCU 21+1', reason: 'nothing-new' }]);
  const order = body.steps.map(({ settles }: any) => settles.value);
  t.same(
    order,
    [...order].sort((a, b) => b - a),
  );

  const table = readFrequencyCsv(FREQUENCIES);
  const { params } = (await call('analyst', 'GET', `/v1/candidates/${duo.id}`)).body.provenance.policy; // prettier-ignore
  const people = [
    { id: 'U1', profile: profile(CHILD), kit: null, dropOut: 0 },
    { id: 'S1', profile: profile(FATHER), kit: null, dropOut: 0 },
  ];
  const relatives = [{ id: 'S1', relation: 'father' as const }, { id: 'M', relation: 'mother' as const }]; // prettier-ignore
  const typings = [{ id: 'M', kit: null, dropOut: 0, loci: LOCI.slice(0, -1) as never[] }];
  const question = { people, hypotheses: familyHypotheses('U1', relatives), typings, threshold: 100 }; // prettier-ignore
  const outlook = new RatioForesight(table, params, question).outlook();
  isClose(t, body.log10Lr, outlook.log10LrNow, 'the search and the outlook start from the same');
  const [mother] = body.steps;
  t.same(mother.h1, outlook.h1);
  t.same(mother.h2, outlook.h2);
  isClose(t, mother.expectedGain.value, outlook.h1.expectedLog10Lr!.value - duo.log10Lr, 'gain');
  t.ok(body.power.h1.reaches.value > 0.5 && body.power.h2.reaches.value < 0.001, 'power');

  t.same((await call('analyst', 'GET', path(duo))).body, body, 'the same digits again');
  const demanding = (await call('analyst', 'GET', `${path(duo)}?threshold=1e12`)).body;
  t.equal(demanding.threshold, 1e12);
  t.ok(demanding.steps[0].h1.reaches.value < mother.h1.reaches.value, 'harder to reach');

  const trio = (await call('analyst', 'GET', path(find('U1', 'F2')))).body;
  t.same(trio.candidate.relatives, ['S2', 'S3']);
  const said = trio.steps.map((step: any) => step.kit ?? step.relations.join());
  t.notOk(
    ['father', 'mother'].some((parent) => said.includes(parent)),
    'both are typed',
  );
  const same = (await call('analyst', 'GET', path(find('U2', 'F3')))).body;
  t.same(same.steps, [], 'one person has no further relatives, and no kit has a new locus');
  t.equal(same.omitted.length, 9, 'all kits');

  const missing = '/v1/candidates/00000000-0000-4000-8000-000000000000/next-steps';
  t.match(await call('analyst', 'GET', missing), { status: 404, body: { code: 'NOT_FOUND' } });
  t.match(await call('analyst', 'GET', `${path(duo)}?threshold=0.5`), { status: 400 });
});
