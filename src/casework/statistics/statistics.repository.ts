import { sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import {
  candidateMatches,
  cases,
  profiles,
  samples,
  searchRequests,
  tombstones,
} from '../../platform/tables.ts';
import type { CaseOutcome } from './case-outcome.ts';
import { reunions } from '../../platform/reunion-tables.ts';
import { reviewDecisions } from '../../platform/review-tables.ts';

/** Whole days in UTC, both within. */
export type Period = { readonly from: string; readonly to: string };

const within = (column: unknown, { from, to }: Period) =>
  sql`${column} >= ${from}::date at time zone 'UTC' and ${column} < (${to}::date + 1) at time zone 'UTC'`;

/** Cases that were opened in a period, by kind and by where they stand today. */
export function countCases(
  db: Database,
  period: Period,
): Promise<{ kind: 'missing-child' | 'unknown-origin'; status: string; count: number }[]> {
  return db.execute(sql`
    select ${cases.kind} as kind, ${cases.status} as status, count(*)::int as count
    from ${cases} where ${within(cases.openedAt, period)} group by 1, 2 order by 1, 2`);
}

export type ProvinceMonth = {
  province: string;
  month: string;
  cases: number;
  relatives: number;
  unknowns: number;
  reunited: number;
};

/** What each province received in each month: the place is that of the case. */
export function countByProvince(db: Database, period: Period): Promise<ProvinceMonth[]> {
  const month = (column: unknown) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM')`;
  return db.execute(sql`
    with happened as (
      select division, ${month(cases.openedAt)} as month, 'case' as what
      from ${cases} where ${within(cases.openedAt, period)}
      union all
      select division, ${month(samples.createdAt)},
        case when ${samples.familyId} is null then 'unknown' else 'relative' end
      from ${samples} join ${cases} on ${cases.id} = ${samples.caseId}
      where ${within(samples.createdAt, period)}
      union all
      select division, ${month(cases.openedAt)}, 'reunited'
      from ${cases} where ${within(cases.openedAt, period)} and ${cases.status} = 'reunited')
    select left(division, 2) as province, month,
      count(*) filter (where what = 'case')::int as cases,
      count(*) filter (where what = 'relative')::int as relatives,
      count(*) filter (where what = 'unknown')::int as unknowns,
      count(*) filter (where what = 'reunited')::int as reunited
    from happened group by 1, 2 order by 1, 2`);
}

/** Candidates that were found in a period, by where they stand today. */
export function countCandidates(
  db: Database,
  period: Period,
): Promise<{ state: string; count: number }[]> {
  return db.execute(sql`
    select ${candidateMatches.state} as state, count(*)::int as count
    from ${candidateMatches} where ${within(candidateMatches.createdAt, period)} group by 1 order by 1`);
}

/** What became of cases that were opened in a period, as far as it tells why they are no longer looked for. */
export function countCaseOutcomes(
  db: Database,
  period: Period,
): Promise<{ kind: 'missing-child' | 'unknown-origin'; outcome: CaseOutcome; count: number }[]> {
  // A case is withdrawn with the last of its samples.
  return db.execute(sql`
    select ${cases.kind} as kind,
      case when ${cases.status} in ('reunited', 'contact-declined') then ${cases.status}
        when ${cases.status} = 'withdrawn' then (
          select t.cause from ${tombstones} t where t.case_id = ${cases.id}
          order by t.withdrawn_at desc, t.sample_id limit 1)
        else 'open' end as outcome,
      count(*)::int as count
    from ${cases} where ${within(cases.openedAt, period)} group by 1, 2 order by 1, 2`);
}

/**
 * Candidates that were found in a period and are settled as something else than supported, by the cause that those
 * who settled it so named.
 */
export function countCauses(
  db: Database,
  period: Period,
): Promise<{ state: string; cause: string; count: number }[]> {
  return db.execute(sql`
    select m.state, case said.causes when 0 then 'not-said' when 1 then said.cause else 'differing' end as cause,
      count(*)::int as count
    from ${candidateMatches} m
    cross join lateral (
      select count(distinct d.cause)::int as causes, min(d.cause) as cause from ${reviewDecisions} d
      where d.candidate_id = m.id and d.round = m.round and d.verdict = m.state) said
    where m.state in ('excluded', 'inconclusive', 'more-loci') and ${within(sql`m.created_at`, period)}
    group by 1, 2 order by 1, 2`);
}

/** Samples that were withdrawn in a period, and the candidates that went with them. */
export function countWithdrawals(
  db: Database,
  period: Period,
): Promise<{ cause: string; count: number; candidates: number }[]> {
  return db.execute(sql`
    select ${tombstones.cause} as cause, count(*)::int as count, sum(${tombstones.candidates})::int as candidates
    from ${tombstones} where ${within(tombstones.withdrawnAt, period)} group by 1 order by 1`);
}

/** Rounds of review whose first two signatures were given in a period. */
export async function countRounds(
  db: Database,
  period: Period,
): Promise<{ signed: number; disputed: number }> {
  const [row] = await db.execute<{ signed: number; disputed: number }>(sql`
    select count(*)::int as signed, count(*) filter (where one.verdict <> two.verdict)::int as disputed
    from ${reviewDecisions} one
    join ${reviewDecisions} two using (candidate_id, round)
    where one.ordinal = 1 and two.ordinal = 2 and ${within(sql`two.decided_at`, period)}`);
  return row ?? { signed: 0, disputed: 0 };
}

/** Reunions that were begun in a period, by where they stand today. */
export function countReunions(
  db: Database,
  period: Period,
): Promise<{ state: string; count: number }[]> {
  return db.execute(sql`
    select ${reunions.state} as state, count(*)::int as count
    from ${reunions} where ${within(reunions.startedAt, period)} group by 1 order by 1`);
}

/** Over how many, and the median and the slowest tenth and hundredth, in seconds. */
export type Spread = { count: number; p50: number | null; p90: number | null; p99: number | null };

/** From the storing of a profile to the end of its first search, for profiles stored in a period. */
export async function timeToSearch(db: Database, period: Period): Promise<Spread> {
  return readSpread(
    await db.execute<Spread>(sql`
      with times as (
        select extract(epoch from min(${searchRequests.finishedAt}) - ${profiles.createdAt}) as s
        from ${profiles} join ${searchRequests} on ${searchRequests.profileId} = ${profiles.id}
        where ${searchRequests.state} = 'done' and ${within(profiles.createdAt, period)}
        group by ${profiles.id})
      ${SPREAD}`),
  );
}

/** From the finding of a candidate to the signature that settled its first round, for those found in a period. */
export async function timeToVerdict(db: Database, period: Period): Promise<Spread> {
  return readSpread(
    await db.execute<Spread>(sql`
      with settled as (
        select candidate_id, min(decided_at) filter (where ordinal = 2 and agrees or ordinal = 3) as at
        from (select d.*, verdict = first_value(verdict) over (partition by candidate_id order by ordinal) as agrees
              from ${reviewDecisions} d where round = 1) d
        group by 1),
      times as (
        select extract(epoch from at - ${candidateMatches.createdAt}) as s
        from settled join ${candidateMatches} on ${candidateMatches.id} = candidate_id
        where at is not null and ${within(candidateMatches.createdAt, period)})
      ${SPREAD}`),
  );
}

const SPREAD = sql`
  select count(*)::int as count, percentile_cont(0.5) within group (order by s)::float8 as p50,
    percentile_cont(0.9) within group (order by s)::float8 as p90,
    percentile_cont(0.99) within group (order by s)::float8 as p99
  from times`;

function readSpread([row]: readonly Spread[]): Spread {
  return row ?? { count: 0, p50: null, p90: null, p99: null };
}
