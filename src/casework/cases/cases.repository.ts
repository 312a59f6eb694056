import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { caseEvents, cases } from '../../platform/tables.ts';
import type { CaseFindings, CaseStatus } from './case-status.ts';

export type NewCase = {
  id: string;
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
  await db.insert(cases).values([...opened]);
  const events = opened.map(({ id }) => ({ caseId: id, status: 'registered' as const }));
  await db.insert(caseEvents).values(events);
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

/** Locks the cases, in one order for everybody, and counts what their candidates under the active policy say. */
export async function lockAndCountFindings(
  db: Database,
  caseIds: readonly string[],
): Promise<Map<string, CaseFindings & { status: CaseStatus }>> {
  const wanted = [...new Set(caseIds)];
  if (wanted.length === 0) return new Map();
  await db
    .select({ id: cases.id })
    .from(cases)
    .where(inArray(cases.id, wanted))
    .orderBy(asc(cases.id))
    .for('no key update');
  const rows = await db.execute<{
    id: string;
    status: CaseStatus;
    searched: boolean;
    open: number;
    supported: number;
  }>(sql`
    select c.id, c.status,
      exists (select 1 from samples s join profiles p on p.sample_id = s.id
              join search_requests r on r.profile_id = p.id
              where s.case_id = c.id and r.state = 'done') as searched,
      count(m.id) filter (where m.state in ('proposed', 'inconclusive', 'more-loci'))::int as open,
      count(m.id) filter (where m.state = 'supported')::int as supported
    from cases c
    left join samples u on u.case_id = c.id and u.family_id is null
    left join families f on f.case_id = c.id
    left join candidate_matches m
      on (m.unknown_sample_id = u.id or m.family_id = f.id)
      and m.policy_id = (select id from policies where active)
    where c.id in ${wanted}
    group by c.id`);
  return new Map(
    rows.map(({ id, status, searched, open, supported }) => [
      id,
      { status, searched, openCandidates: open, supportedCandidates: supported },
    ]),
  );
}

/** Moves a case to a status and writes it into its history; nothing when it is there already. */
export async function moveCase(db: Database, caseId: string, status: CaseStatus): Promise<void> {
  const moved = await db
    .update(cases)
    .set({ status })
    .where(and(eq(cases.id, caseId), ne(cases.status, status)))
    .returning({ id: cases.id });
  if (moved.length > 0) await db.insert(caseEvents).values({ caseId, status });
}
