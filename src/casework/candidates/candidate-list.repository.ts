import { and, asc, desc, eq, gt, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { caseFeatures } from '../../platform/case-tables.ts';
import { type Database, isAnyOf } from '../../platform/database.ts';
import type { RankedPlace } from '../../platform/page-cursor.ts';
import { reviewClaims } from '../../platform/review-tables.ts';
import { candidateMatches, families, samples } from '../../platform/tables.ts';
import type { Agreement } from '../case-features/circumstances.ts';
import {
  type Candidate,
  type CandidateState,
  selectCandidates,
  toCandidates,
} from './candidates.repository.ts';

/** Which candidates, and in what order; an empty list names all. */
export type CandidateFilter = {
  readonly states: readonly CandidateState[];
  readonly relationships: readonly Candidate['relationship'][];
  /** Null: claimed or not. */
  readonly claimedBy: string | null;
  /** Of either side: the first two digits of GB/T 2260. */
  readonly provinces: readonly string[];
  /** The years, both within, in one of which the child went missing; null: open at this end. */
  readonly from: number | null;
  readonly to: number | null;
  /** Whether those of which no province, or no year, is said are left out by a filter that asks for it. */
  readonly hidesUnsaid: boolean;
  readonly sexes: readonly Agreement[];
  readonly births: readonly Agreement[];
  /** The smallest LR first. */
  readonly isAscending: boolean;
  readonly after: RankedPlace | null;
  readonly limit: number;
};

/** What is said of the person's case, and of the family's. */
const person = alias(caseFeatures, 'person');
const child = alias(caseFeatures, 'child');

/** Candidates of a policy, ranked by LR; of lapsed ones those that analysts support. */
export async function listCandidates(
  db: Database,
  policyId: string,
  filter: CandidateFilter,
): Promise<Candidate[]> {
  const { log10Lr, id, lapsedAt, state } = candidateMatches;
  const inOrder = filter.isAscending ? asc : desc;
  const rows = await selectCandidates(db)
    .leftJoin(person, eq(person.caseId, samples.caseId))
    .leftJoin(child, eq(child.caseId, families.caseId))
    .where(
      and(
        eq(candidateMatches.policyId, policyId),
        or(isNull(lapsedAt), eq(state, 'supported')),
        ...ofReview(db, filter),
        ...ofCircumstances(filter),
        isAfter(filter),
      ),
    )
    .orderBy(inOrder(log10Lr), inOrder(id))
    .limit(filter.limit);
  return toCandidates(db, rows);
}

function isAfter({ after, isAscending }: CandidateFilter): SQL | undefined {
  if (!after) return undefined;
  const { log10Lr, id } = candidateMatches;
  const isFurther = isAscending ? gt : lt;
  return or(
    isFurther(log10Lr, after.log10Lr),
    and(eq(log10Lr, after.log10Lr), isFurther(id, after.id)),
  );
}

function ofReview(
  db: Database,
  { states, relationships, claimedBy }: CandidateFilter,
): (SQL | undefined)[] {
  const { state, relationship } = candidateMatches;
  return [
    states.length > 0 ? inArray(state, [...states]) : undefined,
    relationships.length > 0 ? inArray(relationship, [...relationships]) : undefined,
    claimedBy === null ? undefined : isClaimedBy(db, claimedBy),
  ];
}

function isClaimedBy(db: Database, analystId: string): SQL {
  const { candidateId, expiresAt } = reviewClaims;
  const theirs = and(eq(reviewClaims.analystId, analystId), gt(expiresAt, sql`now()`));
  return inArray(candidateMatches.id, db.select({ id: candidateId }).from(reviewClaims).where(theirs)); // prettier-ignore
}

function ofCircumstances(filter: CandidateFilter): (SQL | undefined)[] {
  return [
    isInProvince(filter),
    isOfYears(filter),
    isOneOf(AGREEMENT_OF_SEX, filter.sexes),
    isOneOf(AGREEMENT_OF_BIRTH, filter.births),
  ];
}

function isInProvince({ provinces, hidesUnsaid }: CandidateFilter): SQL | undefined {
  if (provinces.length === 0) return undefined;
  const [found, missing] = [person.division, child.division];
  return or(
    isAnyOf(sql`left(${found}, 2)`, provinces, 'text'),
    isAnyOf(sql`left(${missing}, 2)`, provinces, 'text'),
    hidesUnsaid ? undefined : and(isNull(found), isNull(missing)),
  );
}

function isOfYears({ from, to, hidesUnsaid }: CandidateFilter): SQL | undefined {
  if (from === null && to === null) return undefined;
  const { happenedEarliest, happenedLatest } = child;
  const overlaps = and(
    from === null ? undefined : sql`${happenedLatest} >= make_date(${from}, 1, 1)`,
    to === null ? undefined : sql`${happenedEarliest} <= make_date(${to}, 12, 31)`,
  );
  return hidesUnsaid ? overlaps : or(overlaps, isNull(happenedEarliest));
}

function isOneOf(agreement: SQL, wanted: readonly Agreement[]): SQL | undefined {
  return wanted.length > 0 ? isAnyOf(agreement, wanted, 'text') : undefined;
}

/** As `compareFeatures` has it. */
const AGREEMENT_OF_SEX = sql`case
  when coalesce(${child.sex}, 'unknown') = 'unknown' then 'unknown'
  when coalesce(${person.sex}, 'unknown') = 'unknown' and ${samples.sex} = 'unknown' then 'unknown'
  when ${child.sex} = ${samples.sex} and coalesce(${person.sex}, 'unknown') in ('unknown', ${child.sex}) then 'agrees'
  when ${child.sex} = ${person.sex} and ${samples.sex} = 'unknown' then 'agrees'
  else 'contradicts' end`;

const AGREEMENT_OF_BIRTH = sql`case
  when ${person.bornEarliest} is null or ${child.bornEarliest} is null then 'unknown'
  when ${person.bornEarliest} <= ${child.bornLatest} and ${child.bornEarliest} <= ${person.bornLatest} then 'agrees'
  else 'contradicts' end`;
