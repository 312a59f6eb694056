import { readMigrationFiles } from 'drizzle-orm/migrator';
import { type Database, migrationsFolder } from '../../platform/database.ts';
import { VERSION } from '../../platform/provenance.ts';
import type { BreakGlassService } from '../break-glass/break-glass.service.ts';
import { countSides } from '../profiles/profiles.service.ts';
import type { SearchStanding } from '../searches/search-standing.ts';
import type { StatisticsService } from '../statistics/statistics.service.ts';
import {
  countCustody,
  countMessages,
  countMigrations,
  countWork,
  measureDatabase,
} from './health.repository.ts';
import { type QueueSource, readStanding } from './queue-standing.ts';

export type HealthService = ReturnType<typeof makeHealthService>;

type Dependencies = {
  readonly laboratory: Database;
  readonly engine: Database;
  readonly breakGlass: Pick<BreakGlassService, 'list'>;
  readonly statistics: Pick<StatisticsService, 'listCanaries'>;
  /** Asked when somebody wants to know, so that nothing is opened to describe the routes. */
  readonly openQueues: () => QueueSource;
  /** Null where this process does not search. */
  readonly readSearch: () => SearchStanding | null;
};

/** How the service stands: numbers of work, memory and alarms, and nothing of anybody. */
export function makeHealthService({
  laboratory,
  engine,
  breakGlass,
  statistics,
  openQueues,
  readSearch,
}: Dependencies) {
  const startedAt = new Date();
  let opened: QueueSource | null = null;
  let known: number | null = null;

  async function readQueues() {
    const { kind, searches, sweeps } = (opened ??= openQueues());
    const work = await countWork(engine);
    const [searchJobs, sweepJobs] = await Promise.all([readStanding(searches), readStanding(sweeps)]); // prettier-ignore
    return {
      kind,
      work: [
        { name: 'searches' as const, ...work.searches, jobs: searchJobs },
        { name: 'sweeps' as const, ...work.sweeps, jobs: sweepJobs },
      ],
    };
  }

  async function readDatabase() {
    const { unknowns, families } = await countSides(laboratory);
    const bytes = await measureDatabase(laboratory);
    known ??= readMigrationFiles({ migrationsFolder: migrationsFolder() }).length;
    return { bytes, unknowns, families, migrations: { applied: await countMigrations(engine), known } }; // prettier-ignore
  }

  return {
    async read() {
      const [queues, database, canaries, messages, custody, openings] = await Promise.all([
        readQueues(),
        readDatabase(),
        statistics.listCanaries(),
        countMessages(laboratory),
        countCustody(laboratory),
        breakGlass.list('unreviewed'),
      ]);
      const withOutcome = (outcome: boolean): number =>
        canaries.filter(({ found }) => found === outcome).length;
      return {
        at: new Date(),
        process: { version: VERSION, startedAt, bytes: process.memoryUsage.rss() },
        ...{ queues, database, messages },
        index: readSearch(),
        canaries: {
          planted: canaries.length,
          found: withOutcome(true),
          missed: withOutcome(false),
        },
        alarms: { ...custody, breakGlass: openings.length },
      };
    },
  };
}
