import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import t, { type Test } from 'tap';
import type { WorkJob } from '../../src/casework/searches/dispatcher.ts';
import { SEARCH_QUEUE } from '../../src/casework/searches/request-outbox.ts';
import { SWEEP_QUEUE } from '../../src/casework/sweeps/block-outbox.ts';
import { openQueueBackend } from '../../src/platform/queue.ts';
import { startTestService, type TestService } from '../http/service.ts';
import {
  candidatesOf,
  findingsOf,
  putDemoPolicyInForce,
  spawnWorker,
  uploadDemo,
} from './demo-workers.ts';

/** Under the lower one everybody is swept, after having been searched one by one. */
const [THRESHOLD, LOWER] = [10_000, 10];

type Setting = { readonly processes: number; readonly threads: number };
type Found = {
  readonly searched: string[];
  readonly findings: string[];
  readonly swept: string[];
};

async function findWith(t: Test, service: TestService, setting: Setting): Promise<Found> {
  await forget(service);
  const workers = Array.from({ length: setting.processes }, () =>
    spawnWorker(t, service.loginUrl, undefined, setting.threads),
  );
  await service.searched();
  const searched = await candidatesOf(service);
  const findings = await findingsOf(service);
  await putDemoPolicyInForce(t, service, LOWER);
  await service.searched();
  const swept = await candidatesOf(service);
  await putDemoPolicyInForce(t, service, THRESHOLD);
  await service.searched();
  for (const worker of workers) {
    worker.kill('SIGTERM');
    t.same(await once(worker, 'exit'), [0, null], 'a worker that is told to stop ends well');
  }
  return { searched, findings, swept };
}

/** As if nobody had been searched yet. */
async function forget({ db }: TestService): Promise<void> {
  await db.execute(sql`delete from sweep_candidates`);
  await db.execute(sql`delete from identity_findings`);
  await db.execute(sql`delete from candidate_matches`);
  await db.execute(
    sql`update search_requests set state = 'pending', offered_at = null, attempts = 0`,
  );
}

/** Until it is told to stop: offers all work again and again, and breaks off what is being written. */
function disturb({ db, databaseUrl }: TestService): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const disturbing = (async (): Promise<void> => {
    const queues = await openQueueBackend({ databaseUrl, onError: () => undefined });
    const search = queues.openQueue<WorkJob>(SEARCH_QUEUE);
    const sweep = queues.openQueue<WorkJob>(SWEEP_QUEUE);
    for (let round = 0; !stopping.signal.aborted; round++) {
      const requests = await db.execute<{ id: string }>(
        sql`select id from search_requests order by id`,
      );
      const blocks = await db.execute<{ id: string }>(sql`select id from sweep_blocks order by id`);
      // Every job carries other work than those of the dispatcher do.
      const offers = (rows: readonly { id: string }[], size: number) =>
        Array.from({ length: Math.ceil(rows.length / size) }, (_, place) => ({
          name: 'again',
          data: { ids: rows.slice(place * size, (place + 1) * size).map(({ id }) => Number(id)) },
        }));
      await search.addBulk(offers(requests, 7));
      await sweep.addBulk(offers(blocks, 3));
      // Not for ever: what keeps failing is put aside.
      if (round < 3) {
        await db.execute(sql`
          select pg_cancel_backend(pid) from pg_stat_activity
          where state = 'active' and pid <> pg_backend_pid()
            and (query like '%candidate_matches%' or query like '%search_requests%')`);
      }
      await sleep(700);
    }
    await queues.close();
  })();
  return {
    async stop() {
      stopping.abort();
      await disturbing;
    },
  };
}

async function triedAgain({ db }: TestService): Promise<number> {
  const [row] = await db.execute<{ tried: number }>(sql`
    select (select count(*) from search_requests where attempts > 1)::int
      + (select count(*) from sweep_blocks where attempts > 1)::int as tried`);
  return row!.tried;
}

t.test(
  'any number of threads and processes finds the same, however often it is asked',
  { timeout: 400_000 },
  async (t) => {
    const service = await startTestService(t, { policy: false, search: false });
    await uploadDemo(service);
    await putDemoPolicyInForce(t, service, THRESHOLD);
    const expected = await findWith(t, service, { processes: 1, threads: 1 });
    const { searched, findings, swept } = expected;
    t.ok(findings.length >= 6, `${findings.length} findings: ${findings.join(', ')}`);
    t.ok(searched.length > 5, `${searched.length} candidates`);
    t.ok(swept.length >= searched.length, `${swept.length} candidates above the lower threshold`);
    t.same(await findWith(t, service, { processes: 1, threads: 8 }), expected, 'eight threads');

    const disturbance = disturb(service);
    t.same(
      await findWith(t, service, { processes: 3, threads: 1 }),
      expected,
      'three processes whose jobs come twice and are broken off',
    );
    await disturbance.stop();
    const again = await triedAgain(service);
    t.ok(again > 0, `${again} pieces of work were tried more than once`);
  },
);
