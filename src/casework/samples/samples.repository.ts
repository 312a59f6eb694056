import { and, desc, eq, isNotNull, isNull, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Relation } from '../../formats/relation.ts';
import { barcodes } from '../../platform/custody-tables.ts';
import { type Database, isAnyOf } from '../../platform/database.ts';
import { cases, families, profiles, samples, tombstones } from '../../platform/tables.ts';
import { consents, identities } from '../../platform/vault-tables.ts';
import type { SealedGenotypes } from '../profiles/sealed-genotypes.ts';

export type SampleState = 'awaited' | 'typed' | 'withdrawn';

/** Which codes are wanted, in their order. */
export type CodeRange = {
  readonly state: SampleState | null;
  /** '' for any. */
  readonly prefix: string;
  /** The last code of the page before. */
  readonly after: string | null;
  readonly limit: number;
};

/** A sample whose profile is there, with its genotypes sealed. */
export type TypedRow = SealedGenotypes & {
  readonly code: string;
  readonly relation: Relation | null;
  readonly family: string | null;
  readonly caseNumber: string | null;
  readonly isIdentified: boolean;
  readonly typedAt: Date;
};

/**
 * Codes of a collection point under which anything is known, in the order of the database. Each table is asked for no
 * more than a page: all of them are indexed by collection point and code.
 */
export async function findCodes(
  db: Database,
  collectionPointId: string,
  range: CodeRange,
): Promise<string[]> {
  const rows = await db.execute<{ code: string }>(sql`
    select code from (${sql.join(sourcesOf(collectionPointId, range), sql` union `)}) known
    order by code limit ${range.limit}`);
  return rows.map(({ code }) => code);
}

function sourcesOf(collectionPointId: string, range: CodeRange): SQL[] {
  const { state, prefix, after, limit } = range;
  const pageOf = (table: SQL, column: SQL, rest = sql``): SQL => sql`
    (select distinct ${column} as code from ${table} k
    where k.collection_point_id = ${collectionPointId}::uuid and starts_with(${column}, ${prefix})
      and (${after}::text is null or ${column} > ${after}::text) ${rest}
    order by 1 limit ${limit})`;
  const notThere = sql`and not exists (select from ${samples} s where s.collection_point_id = k.collection_point_id
      and s.code = k.sample_code)
    and not exists (select from ${tombstones} t where t.collection_point_id = k.collection_point_id
      and t.code = k.sample_code)`;
  const typed = pageOf(sql`${samples}`, sql`k.code`);
  const withdrawn = pageOf(sql`${tombstones}`, sql`k.code`);
  const awaited = [
    pageOf(sql`${consents}`, sql`k.sample_code`, notThere),
    pageOf(sql`${barcodes}`, sql`k.sample_code`, notThere),
  ];
  const byState = { typed: [typed], withdrawn: [withdrawn], awaited };
  return state === null ? [typed, withdrawn, ...awaited] : byState[state];
}

/** Those of a collection point's codes whose profiles are there. */
export async function findTyped(
  db: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<TypedRow[]> {
  const isOwn = eq(families.collectionPointId, collectionPointId);
  return db
    .select({
      sampleId: samples.id,
      code: samples.code,
      relation: samples.relation,
      family: sql<string | null>`case when ${isOwn} then ${families.code} end`,
      caseNumber: cases.number,
      isIdentified: sql<boolean>`${identities.sampleId} is not null`,
      typedAt: profiles.createdAt,
      genotypes: profiles.genotypes,
      keyPageId: profiles.keyPageId,
      keySlot: profiles.keySlot,
    })
    .from(samples)
    .innerJoin(profiles, eq(profiles.sampleId, samples.id))
    .leftJoin(families, eq(families.id, samples.familyId))
    .leftJoin(cases, eq(cases.id, samples.caseId))
    .leftJoin(identities, eq(identities.sampleId, samples.id))
    .where(
      and(
        eq(samples.collectionPointId, collectionPointId),
        isAnyOf(samples.code, codes, 'text'),
        isNull(profiles.supersededBy),
      ),
    );
}

export type WithdrawnRow = {
  readonly code: string;
  readonly caseNumber: string | null;
  readonly withdrawnAt: Date;
};

/** Those of a collection point's codes whose samples were withdrawn. */
export async function findWithdrawn(
  db: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<WithdrawnRow[]> {
  return db
    .select({
      code: tombstones.code,
      caseNumber: cases.number,
      withdrawnAt: tombstones.withdrawnAt,
    })
    .from(tombstones)
    .leftJoin(cases, eq(cases.id, tombstones.caseId))
    .where(
      and(
        eq(tombstones.collectionPointId, collectionPointId),
        isAnyOf(tombstones.code, codes, 'text'),
      ),
    );
}

export type TubeRow = Pick<
  typeof barcodes.$inferSelect,
  'barcode' | 'sampleCode' | 'state' | 'since' | 'drawnAt' | 'typedAt'
> & { readonly isReplaced: boolean };

/** The tubes of a collection point's codes, those that were drawn last first. */
export async function findTubes(
  db: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<TubeRow[]> {
  const next = alias(barcodes, 'next');
  const { barcode, sampleCode, state, since, drawnAt, typedAt } = barcodes;
  return db
    .select({
      ...{ barcode, sampleCode, state, since, drawnAt, typedAt },
      isReplaced: sql<boolean>`${next.barcode} is not null`,
    })
    .from(barcodes)
    .leftJoin(next, eq(next.replaces, barcodes.barcode))
    .where(
      and(
        eq(barcodes.collectionPointId, collectionPointId),
        isAnyOf(barcodes.sampleCode, codes, 'text'),
        isNotNull(barcodes.drawnAt),
      ),
    )
    .orderBy(desc(barcodes.drawnAt), desc(barcodes.barcode));
}
