import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { startTestService, type TestService } from '../http/service.ts';
import { candidatesOf, findingsOf, putDemoPolicyInForce, uploadDemo } from './demo-workers.ts';

/** Without the revisions, which count what happened on the way. */
const outcomeOf = async (service: TestService): Promise<string[]> =>
  (await candidatesOf(service)).map((candidate) => candidate.replace(/ \d+$/, '')).sort();

async function start(t: Test): Promise<TestService> {
  const service = await startTestService(t, { policy: false });
  await putDemoPolicyInForce(t, service);
  return service;
}

/** As many have asked to leave when the search may write. */
const SENT_WHILE_HELD = 4;

/** Nobody writes a candidate until it is called: the search is under way, however fast the machine. */
async function holdCandidates(t: Test, service: TestService): Promise<() => Promise<void>> {
  const holder = await service.db.$client.reserve();
  await holder`begin`;
  await holder`lock table candidate_matches in share mode`;
  let isHeld = true;
  const letGo = async (): Promise<void> => {
    if (!isHeld) return;
    isHeld = false;
    await holder`commit`;
    holder.release();
  };
  t.teardown(letGo);
  return letGo;
}

/** Every fourth sample, on both sides. */
const isLeaving = (sample: string): boolean => Number(sample.replaceAll(/\D/g, '')) % 4 === 0;

t.test(
  'who is withdrawn while everybody is searched was never there',
  { timeout: 120_000 },
  async (t) => {
    const service = await start(t);
    const letGo = await holdCandidates(t, service);
    await uploadDemo(service);
    const rows = await service.db.$client<
      { code: string }[]
    >`select code from samples order by md5(code)`;
    const leaving = rows.map(({ code }) => code).filter(isLeaving);
    let pending = 0;
    await Promise.all(
      leaving.map(async (code, place) => {
        await sleep(place * 40);
        const { body } = await service.call('analyst', 'GET', '/v1/searches/progress');
        if (body.pending > 0) pending++;
        if (place === SENT_WHILE_HELD) await letGo();
        const answer = await service.call(
          'collection-point',
          'POST',
          `/v1/samples/${code}/withdrawal`,
        );
        t.equal(answer.status, 201);
      }),
    );
    t.ok(
      pending > SENT_WHILE_HELD,
      `${pending} of ${leaving.length} left while others were still searched`,
    );
    await service.searched();
    const found = await outcomeOf(service);

    const other = await start(t);
    await uploadDemo(other, isLeaving);
    await other.searched();
    t.strictSame(found, await outcomeOf(other));
    const findings = await findingsOf(service);
    t.strictSame(findings, await findingsOf(other));
    t.ok(findings.length > 2 && findings.length < 6, `${findings.length} findings are left`);
    t.ok(found.length > 10, `${found.length} candidates are left`);
    t.notOk(
      found.some((candidate) => leaving.some((code) => candidate.split(/[ +]/).includes(code))),
    );
  },
);
