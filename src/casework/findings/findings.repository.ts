import { and, asc, count, desc, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { alias, type PgColumn } from 'drizzle-orm/pg-core';
import type { Relation } from '../../formats/relation.ts';
import { type Database, isAnyOf, onlyRow } from '../../platform/database.ts';
import { type FindingVerdict, identityFindings } from '../../platform/finding-tables.ts';
import {
  collectionPoints,
  families,
  profiles,
  samples,
  staffProfiles,
} from '../../platform/tables.ts';

export type FindingRow = typeof identityFindings.$inferSelect;
/** A sample, and the other sample or the staff whose genotypes it shows. */
export type FindingPair = Pick<FindingRow, 'sampleId' | 'otherSampleId' | 'staffProfileId'>;
export type NewFinding = FindingPair & Pick<FindingRow, 'lociCompared' | 'lociDiffering'>;

/** A sample of a finding, as laboratories know it. */
export type FoundSample = {
  readonly code: string;
  readonly collectionPoint: string;
  /** Null of a person of unknown origin. */
  readonly family: string | null;
  readonly relation: Relation | null;
};

/** A finding with the names of its two sides. */
export type Finding = FindingRow & {
  readonly samples: readonly FoundSample[];
  /** The code of the staff; null where two samples show one person. */
  readonly staff: string | null;
};

export type FindingFilter = {
  readonly state: 'open' | 'settled';
  /** All where none is named. */
  readonly kind?: 'same-person' | 'contamination' | undefined;
};

/** The findings of samples, whatever was said of them. */
export async function findStandingOf(
  tx: Database,
  sampleIds: readonly string[],
): Promise<(FindingPair & { readonly id: string })[]> {
  const { id, sampleId, otherSampleId, staffProfileId } = identityFindings;
  return tx
    .select({ id, sampleId, otherSampleId, staffProfileId })
    .from(identityFindings)
    .where(or(isAnyOf(sampleId, sampleIds, 'uuid'), isAnyOf(otherSampleId, sampleIds, 'uuid')))
    .orderBy(asc(id));
}

/**
 * Writes findings. A pair that is there with the same counts stays as it is; other counts are another
 * version, and open again what was settled as different people; what was said of it then is kept.
 */
export async function keepFindings(tx: Database, found: readonly NewFinding[]): Promise<void> {
  const { sampleId, otherSampleId, staffProfileId } = identityFindings;
  const ofSamples = found.filter((one) => one.otherSampleId !== null);
  const ofStaff = found.filter((one) => one.otherSampleId === null);
  await keepSome(tx, ofSamples, [sampleId, otherSampleId]);
  await keepSome(tx, ofStaff, [sampleId, staffProfileId]);
}

async function keepSome(tx: Database, found: NewFinding[], target: PgColumn[]): Promise<void> {
  if (found.length === 0) return;
  const { lociCompared, lociDiffering, version, verdict, reason, settledBy, settledAt, earlier } = identityFindings; // prettier-ignore
  const isOpened = sql`${verdict} = 'different-people'`;
  const unlessOpened = (column: PgColumn): SQL =>
    sql`case when ${isOpened} then null else ${column} end`;
  const said = sql`jsonb_build_object(
    'verdict', ${verdict}, 'reason', ${reason}, 'settledBy', ${settledBy},
    'settledAt', to_char(${settledAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'lociCompared', ${lociCompared}, 'lociDiffering', ${lociDiffering})`;
  await tx
    .insert(identityFindings)
    .values(found)
    .onConflictDoUpdate({
      target,
      set: {
        lociCompared: sql`excluded.loci_compared`,
        lociDiffering: sql`excluded.loci_differing`,
        version: sql`${version} + 1`,
        verdict: unlessOpened(verdict),
        reason: unlessOpened(reason),
        settledBy: unlessOpened(settledBy),
        settledAt: unlessOpened(settledAt),
        earlier: sql`case when ${isOpened} then ${earlier} || ${said} else ${earlier} end`,
      },
      setWhere: sql`(${lociCompared}, ${lociDiffering}) is distinct from (excluded.loci_compared, excluded.loci_differing)`,
    });
}

/** Removes what nobody has settled; what analysts said of the others stays. */
export async function dropOpenFindings(tx: Database, ids: readonly string[]): Promise<void> {
  const { id, settledAt } = identityFindings;
  for (const one of ids) {
    await tx.delete(identityFindings).where(and(eq(id, one), isNull(settledAt)));
  }
}

const [otherSamples, otherFamilies, otherPoints] = [
  alias(samples, 'other_samples'),
  alias(families, 'other_families'),
  alias(collectionPoints, 'other_points'),
];

type SampleTables = {
  readonly sample: typeof samples | typeof otherSamples;
  readonly family: typeof families | typeof otherFamilies;
  readonly point: typeof collectionPoints | typeof otherPoints;
};

const columnsOf = ({ sample, family, point }: SampleTables) => ({
  code: sample.code,
  collectionPoint: point.code,
  family: family.code,
  relation: sample.relation,
});

function select(db: Database) {
  return db
    .select({
      finding: identityFindings,
      sample: columnsOf({ sample: samples, family: families, point: collectionPoints }),
      other: columnsOf({ sample: otherSamples, family: otherFamilies, point: otherPoints }),
      staff: staffProfiles.code,
    })
    .from(identityFindings)
    .innerJoin(samples, eq(samples.id, identityFindings.sampleId))
    .innerJoin(collectionPoints, eq(collectionPoints.id, samples.collectionPointId))
    .leftJoin(families, eq(families.id, samples.familyId))
    .leftJoin(otherSamples, eq(otherSamples.id, identityFindings.otherSampleId))
    .leftJoin(otherPoints, eq(otherPoints.id, otherSamples.collectionPointId))
    .leftJoin(otherFamilies, eq(otherFamilies.id, otherSamples.familyId))
    .leftJoin(staffProfiles, eq(staffProfiles.id, identityFindings.staffProfileId))
    .$dynamic();
}

type Selected = Awaited<ReturnType<typeof select>>[number];

function toFinding({ finding, sample, other, staff }: Selected): Finding {
  const people = finding.otherSampleId === null ? [sample] : [sample, other];
  return { ...finding, samples: people as FoundSample[], staff };
}

function meets({ state, kind }: FindingFilter): SQL | undefined {
  const { settledAt, staffProfileId } = identityFindings;
  const isOfKind = kind === 'contamination' ? isNotNull(staffProfileId) : isNull(staffProfileId);
  return and(
    state === 'open' ? isNull(settledAt) : isNotNull(settledAt),
    kind === undefined ? undefined : isOfKind,
  );
}

/** Open ones the oldest first, settled ones the newest. */
export async function listFindings(
  db: Database,
  filter: FindingFilter,
  most: number,
): Promise<{ total: number; findings: Finding[] }> {
  const { foundAt, settledAt, id } = identityFindings;
  const order = filter.state === 'open' ? [asc(foundAt), asc(id)] : [desc(settledAt), desc(id)];
  const rows = await select(db).where(meets(filter)).orderBy(...order).limit(most); // prettier-ignore
  const counted = await db.select({ total: count() }).from(identityFindings).where(meets(filter));
  return { total: onlyRow(counted).total, findings: rows.map(toFinding) };
}

export async function findFinding(db: Database, id: string): Promise<Finding | null> {
  const [row] = await select(db).where(eq(identityFindings.id, id));
  return row ? toFinding(row) : null;
}

/** Says what a finding was. @returns false when it has another version by now */
export async function settleFinding(
  db: Database,
  { id, version }: { id: string; version: number },
  { verdict, reason, settledBy }: { verdict: FindingVerdict; reason: string; settledBy: string },
): Promise<boolean> {
  const settled = await db
    .update(identityFindings)
    .set({ verdict, reason, settledBy, settledAt: sql`now()`, version: version + 1 })
    .where(and(eq(identityFindings.id, id), eq(identityFindings.version, version)))
    .returning({ id: identityFindings.id });
  return settled.length > 0;
}

/** Open findings of people, by their profiles. */
export async function findOpenOf(
  db: Database,
  profileIds: readonly string[],
): Promise<{ profileId: string; findingId: string }[]> {
  if (profileIds.length === 0) return [];
  const { id, sampleId, otherSampleId, settledAt, foundAt } = identityFindings;
  return db
    .select({ profileId: profiles.id, findingId: id })
    .from(profiles)
    .innerJoin(
      identityFindings,
      or(eq(sampleId, profiles.sampleId), eq(otherSampleId, profiles.sampleId)),
    )
    .where(and(isAnyOf(profiles.id, profileIds, 'uuid'), isNull(settledAt)))
    .orderBy(asc(foundAt), asc(id));
}

export async function deleteFindingsOf(tx: Database, sampleId: string): Promise<void> {
  await tx
    .delete(identityFindings)
    .where(
      or(eq(identityFindings.sampleId, sampleId), eq(identityFindings.otherSampleId, sampleId)),
    );
}

export async function deleteFindingsOfStaff(tx: Database, staffProfileId: string): Promise<void> {
  await tx.delete(identityFindings).where(eq(identityFindings.staffProfileId, staffProfileId));
}
