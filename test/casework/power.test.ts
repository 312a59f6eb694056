import t from 'tap';
import { makePowerService } from '../../src/casework/power/power.service.ts';
import { type PowerTask, runPowerTask } from '../../src/casework/power/power-task.ts';
import type { ReadyPolicy } from '../../src/casework/policies/policies.service.ts';
import { D3, parametersOf, tableOf } from '../kinship/small-table.ts';

/** A policy over one locus; of it only what power needs. */
function policyOf(id: string, changes: object = {}): ReadyPolicy {
  const params = { ...parametersOf(), silentAlleles: [], ...changes };
  return {
    ...{ id, name: id, contentHash: id, frequencyTableId: id, tableName: 'small', tableHash: 'h' },
    document: { params, threshold: 2, dropOut: 0, priorInDatabase: 0.5 },
    table: new Map([[D3, tableOf({ 8: 0.3, 9: 0.7 })]]),
  } as ReadyPolicy;
}

function startPower(active: { policy: ReadyPolicy | null }) {
  let ran = 0;
  const pool = {
    size: 1,
    run: (task: unknown): Promise<never> => {
      ran++;
      return Promise.resolve(runPowerTask(task as PowerTask) as never);
    },
    close: () => Promise.resolve(),
  };
  const policies = { findActive: () => Promise.resolve(active.policy) };
  const service = makePowerService({ policies, kits: [], pool });
  return { service, ran: () => ran };
}

t.test('the same question is computed once, under each policy', async (t) => {
  const active = { policy: policyOf('first') as ReadyPolicy | null };
  const { service, ran } = startPower(active);
  const ask = (threshold?: number) =>
    service.foresee({
      relationship: 'parent-child',
      ...(threshold !== undefined && { threshold }),
    });
  const [one, other] = await Promise.all([ask(), ask()]);
  t.same(one, other);
  t.equal(ran(), 1, 'asked twice at once');
  await ask(5);
  t.equal(ran(), 2, 'another threshold');
  active.policy = policyOf('second');
  t.equal((await ask()).provenance.policyId, 'second');
  t.equal(ran(), 3);
  active.policy = null;
  await t.rejects(ask(), { code: 'CALCULATION_INVALID' });
});

t.test('what was refused is said, and asked again', async (t) => {
  const observed = { rule: 'fixed', frequency: 0.01, appliesTo: 'observed' };
  const { service, ran } = startPower({ policy: policyOf('p', { minimumFrequency: observed }) });
  const ask = () => service.foresee({ relationship: 'full-siblings' });
  await t.rejects(ask(), { code: 'CALCULATION_INVALID', message: /depend on who is compared/ });
  await t.rejects(ask());
  t.equal(ran(), 2);
  service.stop();
  await t.rejects(ask(), { code: 'SERVICE_STOPPING' });
});
