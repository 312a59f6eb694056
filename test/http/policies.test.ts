import { eq } from 'drizzle-orm';
import t from 'tap';
import { policies } from '../../src/platform/tables.ts';
import { POLICY, putPolicyInForce, startTestService } from './service.ts';

t.test('a policy that version 0.1.0 stored stays in force when its file comes again', async (t) => {
  const service = await startTestService(t, { search: false });
  const { call, db } = service;
  const before = (await call('analyst', 'GET', '/v1/policies')).body.policies[0];
  // As that version wrote it: `silent` in place of `silentAlleles`, and a hash over that.
  const { silentAlleles: _later, ...params } = before.document.params;
  const document = { ...before.document, params: { ...params, silent: false } };
  await db
    .update(policies)
    .set({ document, contentHash: 'as 0.1.0 had it' })
    .where(eq(policies.id, before.id));

  const again = await putPolicyInForce(call);
  t.match(again, { status: 200, body: { id: before.id, contentHash: 'as 0.1.0 had it' } });
  t.same(again.body.document, before.document, 'read as this version says it');
  const file = { ...POLICY, params: { ...POLICY.params, theta: 0, silent: false } };
  t.equal((await putPolicyInForce(call, file)).status, 200, 'the file of 0.1.0 in full too');
  t.equal((await call('analyst', 'GET', '/v1/policies')).body.policies.length, 1);

  const changed = await putPolicyInForce(call, { ...POLICY, threshold: 2000 });
  t.match(changed, { status: 201, body: { active: true } }, 'another threshold is another policy');
});

t.test('what the search cannot compute is refused and changes nothing', async (t) => {
  const service = await startTestService(t, { search: false });
  const before = (await service.call('analyst', 'GET', '/v1/policies')).body;
  const silentAlleles = [{ locus: 'TH01', frequency: 0.01 }];
  const document = { params: { ...POLICY.params, theta: 0.01, silentAlleles } };
  t.match(await putPolicyInForce(service.call, document), {
    status: 422,
    body: {
      code: 'POLICY_INVALID',
      detail: /likelihood-ratios/,
      faults: [{ field: 'params.theta' }],
    },
  });
  t.same((await service.call('analyst', 'GET', '/v1/policies')).body, before);
});
