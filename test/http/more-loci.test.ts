import t from 'tap';
import { toClosedForm } from '../../src/casework/policies/policy-fit.ts';
import { readPolicyDocument } from '../../src/casework/policies/policy.schema.ts';
import { replayReport } from '../../src/casework/reports/report-replay.ts';
import { reportDocument } from '../../src/casework/reports/report.schema.ts';
import { type Locus, LocusModels } from '../../src/kinship/index.ts';
import { judge } from '../../src/search/index.ts';
import { putDemoPolicyInForce } from '../faults/demo-workers.ts';
import { readText } from '../package.ts';
import { readTables, until } from '../servers.ts';
import { childOf, draw, LOCI, profileOf, type Sample, TABLE, typedAt } from './people-of-24-loci.ts'; // prettier-ignore
import { startTestService } from './service.ts';
import { settle } from './signatures.ts';

/** Low enough for many a chance candidate at three loci. */
const THRESHOLD = 10;
const FIRST_KIT = LOCI.slice(0, 15);
const SECOND_KIT = LOCI.slice(15);

const service = await startTestService(t, { policy: false });
const { call, db } = service;
await putDemoPolicyInForce(t, service, THRESHOLD);

type Trio = { readonly child: Sample; readonly parents: readonly [Sample, Sample] };

function drawTrio(name: string): Trio {
  const [father, mother] = [draw(), draw()];
  const ofFamily = (relation: string, person: Sample['person']): Sample => ({ code: `${name}-${relation}`, family: name, relation, person }); // prettier-ignore
  return {
    child: { code: `${name}-child`, person: childOf(father, mother) },
    parents: [ofFamily('father', father), ofFamily('mother', mother)],
  };
}

function send(samples: readonly Sample[], loci: readonly Locus[]) {
  const side = samples[0]?.family === undefined ? 'unknowns' : 'relatives';
  return call('collection-point', 'POST', `/v1/batches?side=${side}`, typedAt(loci, samples));
}

/** Standing candidates of the policy in force whose people are of these families. */
async function candidatesOf(prefix: string): Promise<any[]> {
  const { body } = await call('analyst', 'GET', '/v1/candidates?limit=500');
  return body.candidates.filter(({ unknown, family }: any) => unknown.startsWith(prefix) && family.startsWith(prefix)); // prettier-ignore
}

const say = ({ unknown, family, relationship, log10Lr }: any): string =>
  `${unknown} ${family} ${relationship} ${log10Lr.toFixed(9)}`;

/** What the candidates of everybody with everybody are, all loci of all known at once. */
function judgeAll(trios: readonly Trio[]): string[] {
  const document = readPolicyDocument({ ...JSON.parse(readText('fixtures/demo/policy.json')), threshold: THRESHOLD }); // prettier-ignore
  const models = new LocusModels(TABLE, toClosedForm(document));
  const family = ({ parents: [father, mother] }: Trio) =>
    [
      { relation: 'father', profile: profileOf(father.person) },
      { relation: 'mother', profile: profileOf(mother.person) },
    ] as const;
  return trios.flatMap(({ child }) =>
    trios.flatMap((trio) => {
      const judged = judge(models, profileOf(child.person), family(trio), THRESHOLD);
      if (judged?.comparison.lr.kind !== 'finite') return [];
      const { log10Lr } = judged.comparison.lr;
      return [say({ unknown: child.code, family: trio.parents[0].family, relationship: judged.kind, log10Lr })]; // prettier-ignore
    }),
  );
}

t.test('loci that come while everybody is searched make the candidates of all loci', async (t) => {
  const trios = Array.from({ length: 7 }, (_, number) => drawTrio(`R${number}`));
  const [children, parents] = [trios.map(({ child }) => child), trios.flatMap((trio) => trio.parents)]; // prettier-ignore
  for (const samples of [children, parents]) await send(samples, LOCI.slice(0, 3));
  await service.searched();
  const byChance = (await candidatesOf('R')).length - trios.length;
  t.ok(byChance > 2, `${byChance} candidates by chance at 3 loci`);

  let pending = 0;
  // Both sides at a time, child by child and couple by couple: more loci, and later all.
  await Promise.all(
    [children.map((child) => [child]), trios.map((trio) => trio.parents)].map(async (batches) => {
      for (const loci of [LOCI.slice(1, 12), LOCI.slice(8)]) {
        for (const samples of batches) {
          t.match((await send(samples, loci)).body, { extended: samples.length, refused: 0 });
          const { body } = await call('analyst', 'GET', '/v1/searches/progress');
          if (body.pending > 1) pending++;
        }
      }
    }),
  );
  t.ok(pending > 0, `${pending} came while others were still searched`);
  await service.searched();
  const found = await candidatesOf('R');
  t.strictSame(found.map(say).sort(), judgeAll(trios).sort());
  t.ok(found.every(({ lociCompared }) => lociCompared === 24));
});

t.test('more loci of a child whose candidate is about to be written', async (t) => {
  const trio = drawTrio('G');
  await send(trio.parents, LOCI);
  await service.searched();
  // Candidates are written where this lock is held: the search has scanned and judged by then.
  const gate = await db.$client.reserve();
  await gate`begin`;
  await gate`lock table candidate_matches in share mode`;
  await send([trio.child], FIRST_KIT);
  const waiting = async (): Promise<number> => {
    const [row] = await db.$client<{ count: number }[]>`
      select count(*)::int from pg_stat_activity where wait_event_type = 'Lock'`;
    return row!.count;
  };
  await until(async () => (await waiting()) > 0);
  const extended = send([trio.child], SECOND_KIT);
  await until(async () => (await waiting()) >= 2);
  await gate`commit`;
  gate.release();
  t.match((await extended).body, { extended: 1 });
  await service.searched();
  const [candidate, ...others] = await candidatesOf('G');
  t.match(candidate, { lociCompared: 24, revision: 2 }, 'written with 15 first, then with 24');
  t.same([[say(candidate)], others], [judgeAll([trio]), []]);
});

t.test('a second kit, from the upload to the withdrawal', async (t) => {
  const trio = drawTrio('S');
  const { child, parents } = trio;
  await send(parents, FIRST_KIT);
  const accepted = await send([child], FIRST_KIT);
  await service.searched();
  const [first] = await candidatesOf('S');
  t.match(first, { lociCompared: 15, revision: 1, round: 1 });
  t.equal((await settle(service, first.id, 'more-loci')).status, 201);
  const read = async (id = first.id) => (await call('analyst', 'GET', `/v1/candidates/${id}`)).body;

  await t.test('where nobody else was typed, the candidate stays as it was settled', async (t) => {
    const { body } = await send([child], SECOND_KIT);
    t.match(body, { accepted: 0, extended: 1, unchanged: 0, refused: 0 });
    const [{ outcome, caseId, notes }] = body.rows;
    t.equal(outcome, 'extended');
    t.equal(caseId, accepted.body.rows[0].caseId);
    t.same(notes.map(({ field }: any) => field), SECOND_KIT, 'which loci are new'); // prettier-ignore
    await service.searched();
    const { log10Lr } = first;
    t.match(await read(), { revision: 2, round: 1, state: 'more-loci', lociCompared: 15, log10Lr });
  });

  await t.test('where the LR is another, it is open again, and says what it was', async (t) => {
    t.match((await send(parents, LOCI)).body, { extended: 2 });
    await service.searched();
    const detail = await read();
    t.match(detail, { revision: 3, round: 2, state: 'proposed', lociCompared: 24 });
    t.match(detail.before, { round: 1, state: 'more-loci', log10Lr: first.log10Lr });
    t.ok(detail.log10Lr - first.log10Lr > 3);
    const genotypes = ({ code: id, person }: Sample) => ({ id, genotypes: Object.fromEntries(person) }); // prettier-ignore
    const { params } = JSON.parse(readText('fixtures/demo/policy.json'));
    const asked = await call('analyst', 'POST', '/v1/likelihood-ratios', {
      people: [child, ...parents].map(genotypes),
      question: { kind: 'family', person: child.code, relatives: parents.map(({ code: id, relation }) => ({ id, relation })) }, // prettier-ignore
      parameters: params,
    });
    const [lr] = asked.body.populations[0].lrs;
    t.ok(Math.abs(lr.log10Lr - detail.log10Lr) < 1e-9, `${lr.log10Lr} is ${detail.log10Lr}`);
  });

  await t.test('sent again, in part or whole, nothing changes', async (t) => {
    for (const loci of [LOCI, FIRST_KIT, SECOND_KIT.slice(3)]) {
      const key = { 'idempotency-key': `again-${loci.length}` };
      const again = await call('collection-point', 'POST', '/v1/batches?side=unknowns', typedAt(loci, [child]), key); // prettier-ignore
      t.match(again.body, { extended: 0, unchanged: 1 });
    }
    t.match(await read(), { revision: 3, round: 2 });
  });

  await t.test('who was typed otherwise is refused with the loci, and stays', async (t) => {
    const countProfiles = async (): Promise<unknown> => (await db.$client`select count(*) from profiles`)[0]!; // prettier-ignore
    const before = await countProfiles();
    const [one, other] = [LOCI[1]!, LOCI[17]!];
    const person = new Map([...child.person, [one, ['77', '88.1']], [other, ['77', '88.1']]] as const); // prettier-ignore
    const { body } = await send([{ ...child, person }], LOCI);
    t.match(body, { extended: 0, refused: 1 });
    t.match(body.rows[0].faults, [
      { field: one, code: 'TYPINGS_DISAGREE', message: /type it again/ },
      { field: other, code: 'TYPINGS_DISAGREE' },
    ]);
    t.same(await countProfiles(), before);
    // A duration in the log stands behind a colon.
    t.notMatch(JSON.stringify([body, service.logged]), /(?<![\d:])88\.1(?!\d)/);
  });

  await t.test('what was computed before is computed again of what was typed then', async (t) => {
    await putDemoPolicyInForce(t, service, THRESHOLD + 1);
    const further = 'TPOX' as Locus;
    const everybody = [child, ...parents].map((sample) => ({ ...sample, person: new Map([[further, ['8', '11'] as const]]) })); // prettier-ignore
    for (const samples of [everybody.slice(0, 1), everybody.slice(1)]) {
      const { body } = await send(samples, [further]);
      t.match(body, { extended: samples.length, refused: 0 });
    }
    await service.searched();
    const [now] = await candidatesOf('S');
    t.not(now.id, first.id);
    const reports = { [first.id]: 24, [now.id]: 25 };
    for (const [id, lociCompared] of Object.entries(reports)) {
      t.match(await read(id), { lociCompared });
      const report = await call('analyst', 'GET', `/v1/candidates/${id}/report?format=json`);
      const replay = replayReport(reportDocument.parse(report.body));
      t.match(replay, { differences: [], altered: [], failure: null });
    }
  });

  await t.test('a withdrawal takes every profile of the person', async (t) => {
    const rows = await db.$client<{ id: string; genotypes: string }[]>`
      select p.id, encode(p.genotypes, 'hex') as genotypes
      from profiles p join samples s on s.id = p.sample_id where s.code = 'S-father'`;
    t.equal(rows.length, 3);
    const { body } = await call('collection-point', 'POST', '/v1/samples/S-father/withdrawal');
    t.match(body, { candidatesRemoved: 2 });
    const left = [...(await readTables(db.$client))].flatMap(
      ([table, lines]) =>
      lines.filter((line) => rows.some(({ id, genotypes }) => line.includes(id) || line.includes(genotypes))).map(() => table), // prettier-ignore
    );
    t.strictSame(left.filter((table) => table !== 'public.audit_entries'), []); // prettier-ignore
    await service.searched();
    t.match(await candidatesOf('S'), [{ unknown: 'S-child', relationship: 'mother' }]);
  });
});
