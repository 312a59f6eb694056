import { sql } from 'drizzle-orm';
import type { RecordKeys } from '../../platform/crypto/record-keys.ts';
import { type Database, lockByName } from '../../platform/database.ts';
import type { PageEntry } from './genotype-page.ts';
import { insertPages } from './genotype-pages.repository.ts';
import { sealPacked } from './sealed-genotypes.ts';

const ROWS_A_TRANSACTION = 2_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * What rows go by. A family goes together, as intake has it: on pages apart, its members would be
 * arranged for the search once for every page.
 */
const ORDERS = {
  relatives: { isMeant: sql`s.family_id is not null`, place: sql`s.family_id` },
  unknowns: { isMeant: sql`s.family_id is null`, place: sql`p.id` },
} as const;

type Order = (typeof ORDERS)[keyof typeof ORDERS];

/**
 * Seals profiles that releases up to 0.4.0 stored in clear. Several processes may do so at once: one
 * works, the others wait, so that nobody reads before all are sealed. Broken off, it goes on with the
 * next start.
 */
export async function sealClearProfiles({
  db,
  recordKeys,
}: {
  db: Database;
  recordKeys: RecordKeys;
}): Promise<void> {
  for (const order of Object.values(ORDERS)) {
    // From place to place: what was sealed would be passed over again and again.
    for (let last: string | undefined = FIRST_ID; last !== undefined;) {
      last = await sealSome(db, recordKeys, order, last);
    }
  }
}

/** @returns the place to go on from */
function sealSome(
  db: Database,
  recordKeys: RecordKeys,
  { isMeant, place }: Order,
  from: string,
): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    await lockByName(tx, 'clear profiles');
    const rows = await tx.execute<{ place: string } & PageEntry>(sql`
      select ${place} as place, p.sample_id as "sampleId", s.family_id as "familyId", s.relation,
        p.genotypes as packed
      from profiles p join samples s on s.id = p.sample_id
      where p.key_page_id is null and ${isMeant} and ${place} >= ${from}
      order by ${place} limit ${ROWS_A_TRANSACTION}`);
    const keys = await recordKeys.make(tx, rows.length);
    const people = keys.flatMap((recordKey, place) => {
      const entry = rows[place];
      return entry ? [{ recordKey, entry }] : [];
    });
    const sealed = people.map(({ recordKey, entry }) =>
      sealPacked(entry.sampleId, entry.packed, recordKey),
    );
    await insertPages(tx, people);
    await tx.execute(sql`
      update profiles p
      set genotypes = decode(s.genotypes, 'hex'), key_page_id = s.key_page_id, key_slot = s.key_slot
      from unnest(
        ${sql.param(sealed.map(({ sampleId }) => sampleId))}::uuid[],
        ${sql.param(sealed.map(({ genotypes }) => Buffer.from(genotypes).toString('hex')))}::text[],
        ${sql.param(sealed.map(({ keyPageId }) => keyPageId))}::uuid[],
        ${sql.param(sealed.map(({ keySlot }) => keySlot))}::smallint[]
      ) as s (sample_id, genotypes, key_page_id, key_slot)
      where p.sample_id = s.sample_id`);
    return rows.at(ROWS_A_TRANSACTION - 1)?.place;
  });
}
