import { and, asc, eq, sql } from 'drizzle-orm';
import { asArray, type Database, isAnyOf } from '../../platform/database.ts';
import { caseEvents, cases, families, samples } from '../../platform/tables.ts';
import type { CaseFindings, CaseStatus } from './case-status.ts';

export type NewCase = {
  id: string;
  collectionPointId: string;
  number: string;
  kind: 'missing-child' | 'unknown-origin';
  division: string;
};

export type CaseFile = {
  number: string;
  kind: NewCase['kind'];
  status: CaseStatus;
  openedAt: Date;
  history: { at: Date; status: CaseStatus }[];
};

/** Opens cases, each with its first event. */
export async function insertCases(db: Database, opened: readonly NewCase[]): Promise<void> {
  if (opened.length === 0) return;
  const ids = asArray(opened.map(({ id }) => id), 'uuid'); // prettier-ignore
  await db.execute(sql`
    insert into ${cases} (id, collection_point_id, number, kind, division)
    select * from unnest(${ids},
      ${asArray(opened.map(({ collectionPointId }) => collectionPointId), 'uuid')},
      ${asArray(opened.map(({ number }) => number), 'text')},
      ${asArray(opened.map(({ kind }) => kind), 'text')},
      ${asArray(opened.map(({ division }) => division), 'text')})`); // prettier-ignore
  await db.execute(sql`
    insert into ${caseEvents} (case_id, status) select id, 'registered' from unnest(${ids}) id`);
}

/** A case by the number that police know, if it lies in their jurisdiction. */
export async function findCase(
  db: Database,
  number: string,
  jurisdiction: string,
): Promise<CaseFile | null> {
  const [row] = await db
    .select()
    .from(cases)
    .where(and(eq(cases.number, number), sql`starts_with(${cases.division}, ${jurisdiction})`));
  if (!row) return null;
  const history = await db
    .select({ at: caseEvents.at, status: caseEvents.status })
    .from(caseEvents)
    .where(eq(caseEvents.caseId, row.id))
    .orderBy(asc(caseEvents.id));
  const { kind, status, openedAt } = row;
  return { number, kind, status, openedAt, history };
}

export async function findCaseId(db: Database, number: string): Promise<string | null> {
  const [row] = await db.select({ id: cases.id }).from(cases).where(eq(cases.number, number));
  return row?.id ?? null;
}

/**
 * Locks the cases, in one order for everybody, and counts their candidates: open ones under the
 * policy in force, supported ones under any, because a new policy takes back no analyst's word.
 */
export async function lockAndCountFindings(
  db: Database,
  caseIds: readonly string[],
): Promise<Map<string, CaseFindings & { status: CaseStatus }>> {
  const wanted = [...new Set(caseIds)];
  if (wanted.length === 0) return new Map();
  await db
    .select({ id: cases.id })
    .from(cases)
    .where(isAnyOf(cases.id, wanted, 'uuid'))
    .orderBy(asc(cases.id))
    .for('no key update');
  const rows = await db.execute<{
    id: string;
    status: CaseStatus;
    has_samples: boolean;
    searched: boolean;
    open: number;
    supported: number;
    reunions: CaseFindings['reunions'];
  }>(sql`
    with policy as (select id from policies where active),
    people as (select id, family_id, case_id from samples where ${isAnyOf(samples.caseId, wanted, 'uuid')}),
    candidates as (
      select p.case_id, m.state, m.policy_id, m.lapsed_at
      from people p
      join candidate_matches m on m.unknown_sample_id = p.id
      where p.family_id is null
      union all
      select families.case_id, m.state, m.policy_id, m.lapsed_at
      from ${families}
      join candidate_matches m on m.family_id = families.id
      where ${isAnyOf(families.caseId, wanted, 'uuid')})
    select cases.id, cases.status,
      exists (select 1 from people p where p.case_id = cases.id) as has_samples,
      exists (select 1 from people p
              join profiles on profiles.sample_id = p.id
              join search_requests r on r.profile_id = profiles.id
              where p.case_id = cases.id and r.state = 'done') as searched,
      (select count(*)::int from candidates n where n.case_id = cases.id
        and n.state not in ('supported', 'excluded') and n.lapsed_at is null
        and n.policy_id = (select id from policy)) as open,
      (select count(*)::int from candidates n where n.case_id = cases.id
        and n.state = 'supported') as supported,
      array(select distinct r.state from reunions r
            where cases.id in (r.unknown_case_id, r.family_case_id)) as reunions
    from ${cases}
    where ${isAnyOf(cases.id, wanted, 'uuid')}`);
  return new Map(
    rows.map(({ id, status, has_samples: hasSamples, searched, open, supported, reunions }) => [
      id,
      {
        status,
        hasSamples,
        searched,
        openCandidates: open,
        supportedCandidates: supported,
        reunions,
      },
    ]),
  );
}

/** A case as those are told who watch it. */
export type MovedCase = { readonly number: string; readonly division: string };

/**
 * Moves a case to a status and writes it into its history.
 * @returns null when it is there already
 */
export async function moveCase(
  db: Database,
  caseId: string,
  status: CaseStatus,
): Promise<MovedCase | null> {
  const [moved] = await db.execute<MovedCase>(sql`
    with moved as (
      update ${cases} set status = ${status} where id = ${caseId} and status <> ${status}
      returning id, number, division),
    event as (
      insert into ${caseEvents} (case_id, status) select id, ${status} from moved)
    select number, division from moved`);
  return moved ?? null;
}
