import t from 'tap';
import { type Health, readSigns } from '../../web/src/administration/health-signs.ts';

const JOBS = { waiting: 0, active: 0, delayed: 0, failed: 0, workers: 1 };
const WORK = { pending: 0, failed: 0, oldestAt: null, jobs: JOBS };

const WELL: Health = {
  at: '2026-01-01T12:00:00.000Z',
  process: { version: '1', startedAt: '2026-01-01T00:00:00.000Z', bytes: 1 },
  queues: {
    kind: 'postgres',
    work: [
      { name: 'searches', ...WORK },
      { name: 'sweeps', ...WORK },
    ],
  },
  index: {
    threads: 1,
    unknowns: 2,
    families: 3,
    bytes: 4,
    readAt: '2026-01-01T11:59:58.000Z',
    changedAt: null,
    policyId: '00000000-0000-4000-8000-000000000000',
  },
  database: { bytes: 5, unknowns: 2, families: 3, migrations: { applied: 1, known: 1 } },
  canaries: { planted: 1, found: 1, missed: 0 },
  messages: { waiting: 7, failing: 0, abandoned: 0 },
  alarms: { custody: 0, redraws: 0, breakGlass: 0 },
};

const said = (change: Partial<Health>) =>
  readSigns({ ...WELL, ...change }).map(({ what, level, count }) =>
    [level, what, ...(count === undefined ? [] : [count])].join(' '),
  );

const withWork = (change: object) => ({
  queues: { ...WELL.queues, work: [{ ...WELL.queues.work[0]!, ...change }, WELL.queues.work[1]!] },
});

t.test('where all is well nothing is said', (t) => {
  t.same(said({}), []);
  t.end();
});

t.test('each thing that is wrong is said', (t) => {
  t.same(said(withWork({ jobs: null })), ['bad queueAway']);
  t.same(said(withWork({ jobs: { ...JOBS, workers: 0 } })), ['bad noWorkers']);
  t.same(said(withWork({ failed: 3 })), ['bad failed 3']);
  t.same(said(withWork({ oldestAt: '2026-01-01T11:49:59.000Z' })), ['watch waiting']);
  t.same(said(withWork({ oldestAt: '2026-01-01T11:50:01.000Z' })), [], 'not long yet');
  t.same(said({ index: null }), ['watch notSearching']);
  const index = WELL.index!;
  t.same(said({ index: { ...index, readAt: '2026-01-01T11:58:59.000Z' } }), ['bad indexStale']);
  t.same(said({ index: { ...index, readAt: null, policyId: null } }), ['bad indexStale', 'watch noPolicy']); // prettier-ignore
  t.same(said({ index: { ...index, families: 2 } }), ['watch indexBehind']);
  t.same(said({ database: { ...WELL.database, migrations: { applied: 2, known: 1 } } }), ['watch migrations']); // prettier-ignore
  t.same(said({ canaries: { planted: 0, found: 0, missed: 0 } }), ['watch noCanaries']);
  t.end();
});

t.test('the worst stands first', (t) => {
  const change = {
    ...{ canaries: { planted: 2, found: 1, missed: 1 } },
    messages: { waiting: 1, failing: 1, abandoned: 4 },
    alarms: { custody: 2, redraws: 1, breakGlass: 1 },
  };
  t.same(said(change), [
    'bad canariesMissed 1',
    'bad abandoned 4',
    'watch failing 1',
    'watch breakGlass 1',
    'watch custody 2',
    'watch redraws 1',
  ]);
  t.end();
});
