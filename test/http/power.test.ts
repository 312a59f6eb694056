import t from 'tap';
import { readFrequencyCsv } from '../../src/formats/frequency-csv.ts';
import {
  computePower,
  type Locus,
  relationshipHypothesis,
  unrelatedHypothesis,
} from '../../src/kinship/index.ts';
import { FREQUENCIES, LOCI, POLICY, putPolicyInForce, startTestService } from './service.ts';

const ROUTE = '/v1/power';

t.test('what the LR of a relationship comes to, by the policy in force', async (t) => {
  const service = await startTestService(t, { policy: false, search: false });
  const { call } = service;
  const ask = (query: string) => call('analyst', 'GET', `${ROUTE}?relationship=${query}`);
  const without = await ask('full-siblings');
  t.match(without, { status: 422, body: { code: 'CALCULATION_INVALID' } }, 'no policy is in force');
  await putPolicyInForce(call, POLICY);

  const { status, body } = await ask('full-siblings');
  t.equal(status, 200);
  const table = readFrequencyCsv(FREQUENCIES);
  const [policy] = (await call('analyst', 'GET', '/v1/policies')).body.policies;
  const design = {
    hypotheses: {
      h1: relationshipHypothesis('full-siblings', 'A', 'B'),
      h2: unrelatedHypothesis('A', 'B'),
    },
    people: ['A', 'B'].map((id) => ({ id, dropOut: 0 })),
    loci: [...table.keys()],
    threshold: POLICY.threshold,
  };
  const power = computePower(table, policy.document.params, design);
  t.match(body, {
    relationship: 'full-siblings',
    hypotheses: { h1: 'A and B are full siblings', h2: 'A and B are unrelated' },
    kit: null,
    threshold: POLICY.threshold,
    notInTable: [],
    provenance: { policyHash: policy.contentHash, frequencyTable: { name: 'test' } },
  });
  t.same(body.h1.expectedLog10Lr, power.h1.expectedLog10Lr, 'computed in a thread as here');
  t.same(body.histogram, power.histogram);
  t.same(
    body.steps.map(({ expectedByChance: _, ...step }: any) => step),
    power.steps,
  );
  t.equal(body.steps.length, LOCI.length);
  const last = body.steps.at(-1);
  body.pairs.forEach((pairs: number, place: number) => {
    t.equal(last.expectedByChance[place], pairs * last.chance.value, `${pairs} pairs`);
  });
  t.same([body.pairs[0], body.pairs.at(-1)], [1e3, 1e15]);
  t.same((await ask('full-siblings')).body, body, 'the same digits again');

  const demanding = (await ask('full-siblings&threshold=1e6&loci=3')).body;
  t.equal(demanding.threshold, 1e6);
  t.same(
    demanding.steps.map(({ locus }: any) => locus),
    design.loci.slice(0, 3),
  );
  t.ok(demanding.steps[2].recall.value < body.steps[2].recall.value, 'harder to reach');

  const parents = (await ask('both-parents&loci=2')).body;
  t.ok(parents.h1.expectedLog10Lr.value > 0 && parents.h2.expectedLog10Lr.value < 0);
  t.match(parents.hypotheses, { h1: /father .* mother of child/ });
});

t.test('kits, their loci, and what is not there', async (t) => {
  const service = await startTestService(t, { search: false });
  const { call } = service;
  const { kits } = (await call('analyst', 'GET', '/v1/kits')).body;
  const globalFiler = kits.find(({ name }: any) => name === 'GlobalFiler');
  t.match(globalFiler, { maker: 'Thermo Fisher Scientific' });
  t.ok(globalFiler.loci.includes('SE33'));
  const { body } = await call('analyst', 'GET', `${ROUTE}?relationship=parent-child&kit=GlobalFiler`); // prettier-ignore
  t.equal(body.kit, 'GlobalFiler');
  t.same(
    body.steps.map(({ locus }: any) => locus),
    globalFiler.loci.filter((locus: Locus) => LOCI.includes(locus)),
    'in the order of the kit, as far as the table goes',
  );
  t.ok(body.notInTable.includes('SE33'), 'left out and named');
  const refused = [
    ['kit=nothing', 422, 'CALCULATION_INVALID'],
    ['kit=AGCU%2021%2B1', 422, 'CALCULATION_INVALID'],
    ['threshold=0.5', 400, 'REQUEST_INVALID'],
    ['loci=0', 400, 'REQUEST_INVALID'],
  ] as const;
  for (const [query, status, code] of refused) {
    const answer = await call('analyst', 'GET', `${ROUTE}?relationship=parent-child&${query}`);
    t.match(answer, { status, body: { code } }, query);
  }
  const nobody = await call('analyst', 'GET', `${ROUTE}?relationship=strangers`);
  t.match(nobody, { status: 400 });
  for (const role of ['police', 'collection-point', 'admin'] as const) {
    t.equal((await call(role, 'GET', `${ROUTE}?relationship=parent-child`)).status, 403, role);
  }
});
