import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import {
  type CanaryName,
  type CanaryStanding,
  deleteCanary,
  insertCanary,
  listCanaries,
} from './canaries.repository.ts';
import {
  countByProvince,
  countCandidates,
  countCaseOutcomes,
  countCases,
  countCauses,
  countReunions,
  countRounds,
  countWithdrawals,
  type Period,
  timeToSearch,
  timeToVerdict,
} from './statistics.repository.ts';

export { deleteCanariesOf } from './canaries.repository.ts';
export type { CanaryStanding, Period };

/** A part of a whole, both counted. */
export type Share = { readonly count: number; readonly of: number };

export type StatisticsService = ReturnType<typeof makeStatisticsService>;

/** Counts with their denominators; nothing of any person. */
export function makeStatisticsService({ db }: { db: Database }) {
  return {
    /** What came in during a period, and what has become of it. */
    async read(period: Period) {
      const [cases, provinces, candidates, rounds, reunions, search, verdict, canaries, outcomes] =
        await Promise.all([
          countCases(db, period),
          countByProvince(db, period),
          countCandidates(db, period),
          countRounds(db, period),
          countReunions(db, period),
          timeToSearch(db, period),
          timeToVerdict(db, period),
          listCanaries(db),
          readOutcomes(db, period),
        ]);
      return {
        ...period,
        cases: withinEach(cases, ({ kind }) => kind),
        provinces,
        candidates: withinEach(candidates, () => ''),
        disputed: { count: rounds.disputed, of: rounds.signed },
        reunions: withinEach(reunions, () => ''),
        secondsToSearch: search,
        secondsToVerdict: verdict,
        recall: recallOf(canaries),
        outcomes,
      };
    },

    /**
     * Plants a made-up pair that the search must find; planted again it is the same.
     * @throws HomewardError NOT_FOUND
     */
    async plant(name: CanaryName, plantedBy: string): Promise<string> {
      const id = await insertCanary(db, name, plantedBy);
      if (id === null) throw new HomewardError('NOT_FOUND', 'There is no such pair.');
      return id;
    },

    listCanaries: (): Promise<CanaryStanding[]> => listCanaries(db),

    /** @throws HomewardError NOT_FOUND */
    async remove(id: string): Promise<void> {
      if (!(await deleteCanary(db, id))) throw new HomewardError('NOT_FOUND');
    },
  };
}

/** Why cases, candidates and samples came to an end, as far as it is recorded. */
async function readOutcomes(db: Database, period: Period) {
  const cases = await countCaseOutcomes(db, period);
  const candidates = await countCauses(db, period);
  const withdrawals = await countWithdrawals(db, period);
  return {
    cases: withinEach(cases, ({ kind }) => kind),
    candidates: withinEach(candidates, ({ state }) => state),
    withdrawals: withinEach(withdrawals, () => ''),
  };
}

/** Counts, each with the sum of its group. */
function withinEach<Row extends { readonly count: number }>(
  rows: readonly Row[],
  groupOf: (row: Row) => string,
): (Row & Share)[] {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(groupOf(row), (sums.get(groupOf(row)) ?? 0) + row.count);
  return rows.map((row) => ({ ...row, of: sums.get(groupOf(row)) ?? 0 }));
}

/** Of the canaries that have been searched. */
export function recallOf(canaries: readonly Pick<CanaryStanding, 'found'>[]): Share {
  const searched = canaries.filter(({ found }) => found !== null);
  return { count: searched.filter(({ found }) => found).length, of: searched.length };
}
